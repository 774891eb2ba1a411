import { endAttempt, note, started } from './attempt.ts'
import type { PhoneCall } from './call.ts'
import type { AttemptOutcome, CallDecision, CallFacts } from './call-decision.ts'
import type { CallEvent, DialResult } from './call-event.ts'
import { ended, isConnected } from './inward-end.ts'
import { chooseByItself, oweFromArrival, oweIfNot } from './owed-call.ts'
import { because, decision, type Situation, situationOf } from './situation.ts'

/**
 * Calls that a telephone system only tells us of: nobody hears us, nothing can be asked. Who rings is owed a call until
 * the system says that an agent of ours picked up, which is proof enough, for agents are people at their own desks.
 */

/** Pure; every event may come at every step, more than once, or never. */
export function decideObserved(call: PhoneCall, event: CallEvent, facts: CallFacts): CallDecision {
  const s = situationOf(call, facts)
  return call.direction === 'in' ? incoming(s, event) : outgoing(s, event)
}

function incoming(s: Situation, event: CallEvent): CallDecision {
  const { call } = s
  switch (event.kind) {
    case 'arrived':
      return call.step === 'arrived' && call.state === 'open'
        ? observed(oweFromArrival(s))
        : observed(because(s, 'the call is known already'))
    case 'picked-up':
      return pickedUp(s, event)
    case 'ended':
    case 'settle': {
      if (call.state === 'ended') return observed(because(s, 'the call has ended already'))
      const known = call.step === 'arrived' && call.number !== null ? oweFromArrival(s) : s
      const connected = isConnected(call)
      const decided = ended(connected ? known : oweIfNot(chooseByItself(known, 'hang-up')), connected)
      return { ...decided, step: 'observed' }
    }
    default:
      return observed(s)
  }
}

function pickedUp(s: Situation, { user, mailbox }: CallEvent & { readonly kind: 'picked-up' }): CallDecision {
  if (mailbox) return observed(because(s, 'a mailbox picked up'))
  if (user === null) return observed(because(s, 'it is not said that an agent of ours picked up'))
  if (isConnected(s.call)) return observed(because(s, 'they have spoken already'))
  // Whoever is spoken with is owed nothing more, whichever ticket it turns out to be about.
  const settled: Situation = { ...s, ticket: { ...s.ticket, owed: true } }
  const chosen = s.call.state === 'open' ? chooseByItself(settled, 'hang-up') : s
  const connected = because(chosen, `${user} picked up`, { kind: 'connected', agent: user })
  return { ...observed(connected), outcome: 'connected' }
}

/** An agent rings somebody by hand: a try to reach a customer, if one is owed a call on that number. */
function outgoing(s: Situation, event: CallEvent): CallDecision {
  const { attempt } = s.memory
  switch (event.kind) {
    case 'arrived':
      return observed(started(s))
    case 'picked-up': {
      if (attempt?.ended || attempt?.pickedUp === 'person') return observed(s)
      const pickedUp = event.mailbox ? 'mailbox' : 'person'
      const rang = attempt?.rang
        ? because(s, `a ${pickedUp} picked up`)
        : because(s, `a ${pickedUp} picked up`, { kind: 'attempt-rang' })
      return observed(note(rang, { pickedUp, rang: true }))
    }
    case 'ended':
      return attemptEnded(s, event.result, event.seconds, event.unknownNumber)
    case 'settle':
      // Nobody knows whether a telephone rang: that counts for nothing.
      return attemptEnded(s, 'cancelled', null, false)
    default:
      return observed(s)
  }
}

function attemptEnded(
  s: Situation,
  result: DialResult,
  seconds: number | null,
  unknownNumber: boolean,
): CallDecision {
  const outcome = outcomeOf(s, result, seconds)
  return over(endAttempt(s, outcome, `the try ended as ${outcome}`, { seconds, unknownNumber }))
}

function outcomeOf({ memory }: Situation, result: DialResult, seconds: number | null): AttemptOutcome {
  const pickedUp = memory.attempt?.pickedUp
  if (pickedUp === 'mailbox') return 'mailbox'
  if (pickedUp === 'person' && seconds !== 0) return 'answered'
  return result === 'completed' ? 'no-answer' : result
}

function observed(s: Situation): CallDecision {
  return decision(s, 'observed', null)
}

function over(s: Situation): CallDecision {
  return decision(s, 'observed', null, { state: 'ended' })
}
