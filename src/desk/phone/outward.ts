import { byLength, customerLeg, customerRings, endAttempt, isOver, note, started } from './attempt.ts'
import type { CallLeg, PhoneCall } from './call.ts'
import type { AttemptOutcome, CallDecision, CallEffect, CallFacts } from './call-decision.ts'
import type { CallEvent, DialResult } from './call-event.ts'
import type { Instruction } from './instruction.ts'
import { callbackOffer } from './offer.ts'
import {
  because,
  decision,
  remember,
  type Situation,
  say,
  situationOf,
  tell,
  unanswered,
} from './situation.ts'
import { type PhraseId, phrase } from './speech/phrases.ts'

/**
 * A callback: the call itself is the agent's telephone, the customer is rung from it. Every such call ends its attempt
 * exactly once, whatever is told, forgotten or told in the wrong order: an attempt without an end blocks the next one,
 * and one with two ends counts the customer as reached who was not.
 */

const hangUp: Instruction = { do: 'hang-up' }
const questionSeconds = 8
const mostTries = 2

/** Pure; every event may come at every step, more than once, or never. */
export function decideOutward(call: PhoneCall, event: CallEvent, facts: CallFacts): CallDecision {
  const s = situationOf(call, facts)
  switch (event.kind) {
    case 'progress':
      return unanswered(started(s))
    case 'leg-answered':
      return event.legId === 'agent'
        ? agentThere(s, event.mailbox)
        : unanswered(customerRings(s, event.legId))
    case 'leg-progress':
      return customerProgress(s, event)
    case 'keys':
      return keys(s, event.digits)
    case 'leg-ended':
      return customerGone(s, event)
    case 'ended':
      return agentGone(s, false)
    case 'settle':
      return agentGone(s, true)
    case 'arrived':
    case 'picked-up':
    case 'recorded':
    case 'recording':
      return unanswered(s)
  }
}

function agentThere(s: Situation, mailbox: boolean): CallDecision {
  if (isOver(s)) return farewell(s, 'callback-over')
  if (isBeyondOffer(s.call)) return unanswered(because(s, 'the agent has answered already'))
  if (mailbox) return farewell(endAttempt(started(s), 'not-taken', "the agent's mailbox picked up"))
  if (s.facts.callback === null) return farewell(withdrawn(started(s)), 'callback-over')
  return question(because(started(s), 'the agent hears what it is about'), 'offer')
}

function keys(s: Situation, digits: string): CallDecision {
  if (isOver(s)) return farewell(s, 'callback-over')
  if (s.call.step === 'result') return result(s, digits)
  if (isBeyondOffer(s.call)) return unanswered(because(s, 'nothing was asked'))
  if (digits !== '1')
    return farewell(
      endAttempt(started(s), 'not-taken', digits === '' ? 'nobody pressed a key' : 'the agent declines'),
    )
  return ringCustomer(started(s))
}

function ringCustomer(s: Situation): CallDecision {
  const { callback, line, freshLegId: legId } = s.facts
  if (callback === null) return farewell(withdrawn(s), 'callback-over')
  const { number } = callback
  const ringing = because(
    s,
    'the agent accepts, and the customer is rung',
    { kind: 'attempt-accepted' },
    { kind: 'ring', legId, party: 'customer', agent: null, number },
  )
  return tell(say(ringing, phrase(s.language, 'calling-customer')), 'customer', {
    do: 'ring',
    legId,
    party: 'customer',
    number,
    callerId: line.number,
    ringSeconds: customerRingSeconds,
    mostMinutes: line.mostMinutes,
    record: false,
    language: s.language,
  })
}

/** People need longer to their telephone than agents, who wait for it. */
const customerRingSeconds = 30

function customerProgress(s: Situation, event: CallEvent & { readonly kind: 'leg-progress' }): CallDecision {
  if (event.state === 'ended') return unanswered(s)
  const rings = customerRings(s, event.legId)
  const leg = customerLeg(s, event.legId)
  const answered = event.state === 'answered' && leg?.state === 'ringing'
  return unanswered(
    answered ? because(rings, 'the customer picked up', { kind: 'leg-answered', legId: leg.id }) : rings,
  )
}

/** A dial to the customer is over: the agent says how a conversation went, and hears why there was none. */
function customerGone(s: Situation, event: CallEvent & { readonly kind: 'leg-ended' }): CallDecision {
  const leg = customerLeg(s, event.legId)
  if (!leg)
    return isOver(s) ? farewell(s, 'result-noted') : unanswered(because(s, 'no telephone of this call'))
  const { result: told, bridged, seconds } = event
  const outcome = bridged ? 'bridged' : legOutcomes[told]
  const effects: CallEffect[] =
    leg.state === 'ended' ? [] : [{ kind: 'leg-ended', legId: leg.id, outcome, seconds }]
  const known = because(s, bridged ? 'the customer was on the line' : `the customer: ${told}`, ...effects)
  if (isOver(known)) return unanswered(known)
  if (!bridged)
    return farewell(
      endAttempt(known, attemptOutcomes[told], 'they were never joined', {
        unknownNumber: told === 'failed',
      }),
      sayings[attemptOutcomes[told]] ?? 'customer-failed',
    )
  const spoke = note(customerRings(known, leg.id), { bridgedSeconds: seconds })
  if (s.call.state === 'ended') return over(byLength(spoke))
  return s.call.step === 'result' ? unanswered(spoke) : question(remember(spoke, { tries: 0 }), 'result')
}

/** Of a mailbox the provider says that it was reached: only the agent knows what it was. */
function result(s: Situation, digits: string): CallDecision {
  const seconds = s.memory.attempt?.bridgedSeconds ?? null
  const said = results[digits]
  if (said)
    return farewell(endAttempt(s, said, 'the agent says so', { seconds, confirmed: true }), 'result-noted')
  const tries = (s.memory.tries ?? 0) + 1
  if (digits !== '' && tries < mostTries)
    return question(remember(because(s, 'no usable key'), { tries }), 'result')
  return farewell(byLength(s), 'result-noted')
}

/** The agent hung up, or (`settled`) nobody ever told us and we wait no longer. */
function agentGone(s: Situation, settled: boolean): CallDecision {
  const known = because(s, settled ? 'its end was never told' : 'the call is over')
  if (isOver(s)) return over(known)
  if (s.memory.attempt?.bridgedSeconds !== undefined) return over(byLength(known))
  if (!isBeyondOffer(s.call)) return over(endAttempt(known, 'not-taken', 'the agent did not take it'))
  const [leg] = s.call.legs.filter(({ party, state }) => party === 'customer' && state !== 'ended')
  // They may have spoken: the end of that leg says so, and it may still be on its way.
  if (leg?.state === 'answered' && !settled) return over(because(known, 'the customer had picked up'))
  const stopped: Situation = leg
    ? because(known, 'the dial stops', {
        kind: 'leg-ended',
        legId: leg.id,
        outcome: 'cancelled',
        seconds: null,
      })
    : known
  const outcome = leg?.state === 'answered' ? 'no-answer' : 'cancelled'
  return over(endAttempt(stopped, outcome, 'the agent hung up first'))
}

function withdrawn(s: Situation): Situation {
  return endAttempt(s, 'cancelled', 'the call is not owed any more')
}

function question(s: Situation, step: 'offer' | 'result'): CallDecision {
  const pieces = step === 'offer' ? callbackOffer(s) : [phrase(s.language, 'ask-result')]
  return decision(s, step, [
    {
      do: 'ask',
      says: [{ language: s.language, pieces }],
      mostDigits: 1,
      endsWith: null,
      seconds: questionSeconds,
    },
  ])
}

function farewell(s: Situation, words?: PhraseId): CallDecision {
  return tell(words ? say(s, phrase(s.language, words)) : s, 'goodbye', hangUp)
}

function over(s: Situation): CallDecision {
  return decision(s, s.call.step, null, { state: 'ended' })
}

function isBeyondOffer({ step }: PhoneCall): boolean {
  return step === 'customer' || step === 'result' || step === 'goodbye'
}

const results: Readonly<Record<string, AttemptOutcome>> = { '1': 'answered', '2': 'mailbox', '3': 'refused' }

const legOutcomes = {
  completed: 'abandoned',
  busy: 'busy',
  'no-answer': 'no-answer',
  failed: 'failed',
  cancelled: 'cancelled',
} as const satisfies Record<DialResult, CallLeg['outcome']>

/** Picked up and never joined is nobody reached: it is tried again. */
const attemptOutcomes = {
  completed: 'no-answer',
  busy: 'busy',
  'no-answer': 'no-answer',
  failed: 'failed',
  cancelled: 'cancelled',
} as const satisfies Record<DialResult, AttemptOutcome>

const sayings: Partial<Record<AttemptOutcome, PhraseId>> = {
  busy: 'customer-busy',
  'no-answer': 'customer-no-answer',
}
