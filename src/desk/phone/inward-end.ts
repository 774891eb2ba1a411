import type { CallLeg, CallOutcome, PhoneCall } from './call.ts'
import type { CallDecision, CallEffect } from './call-decision.ts'
import { chooseByItself, numberToRing, oweFromArrival } from './owed-call.ts'
import { because, decision, type Situation, unanswered } from './situation.ts'

/** The end of a call, at whatever step. Told once; what comes afterwards only fills gaps. */

/** Somebody hung up, or (`settled`) nobody ever told us and we wait no longer. */
export function hungUp(s: Situation, settled: boolean): CallDecision {
  const { call } = s
  const pending = call.state === 'ended' && call.outcome === null
  if (call.state === 'ended' && !(pending && settled))
    return unanswered(because(s, 'the call has ended already'))
  const known = pending ? s : undecided(s)
  const closed = because(
    known,
    `it ended at step ${call.step}`,
    ...call.legs.flatMap(leg => legEnd(leg, settled)),
  )
  const waits = call.legs.some(({ state }) => state === 'accepted')
  if (!waits || settled || isConnected(call)) return ended(closed, isConnected(call))
  const open = because(closed, 'an agent had accepted: whether they spoke is told with the end of that leg')
  return decision(open, call.step, null, { state: 'ended', outcome: null })
}

/** The decision that tells the end. */
export function ended(s: Situation, connected: boolean): CallDecision {
  const { step } = s.call
  const outcome = connected ? 'connected' : outcomeOf(s)
  const unreachable = numberToRing(s) === null && !connected && s.memory.unreachable !== true
  const marked = unreachable ? because(s, 'there is no number that we may ring', { kind: 'unreachable' }) : s
  const told = because(marked, `for the caller it ended as ${outcome}`, { kind: 'ended', outcome, at: step })
  return decision(told, step, null, { state: 'ended', outcome })
}

/** An agent who had accepted spoke with the caller. */
export function isConnected({ outcome, legs }: PhoneCall): boolean {
  return outcome === 'connected' || legs.some(leg => leg.outcome === 'bridged' && leg.acceptedAt !== null)
}

function outcomeOf(s: Situation): CallOutcome {
  if (s.memory.promiseTold && numberToRing(s) !== null) return 'promised'
  return s.memory.unreachable ? 'unreachable' : 'abandoned'
}

/** Hung up before saying which ticket it is, or before we knew of the call at all. */
function undecided(s: Situation): Situation {
  const { step, number } = s.call
  if (step !== 'arrived' && step !== 'which-ticket' && step !== 'apology') return s
  const judged = step === 'arrived' && number !== null ? oweFromArrival(s) : s
  return chooseByItself(judged, 'hang-up')
}

/** Telephones that still ring stop; of one that had accepted only its own end, or our patience, says what became of it. */
function legEnd({ id: legId, state, agent }: CallLeg, settled: boolean): readonly CallEffect[] {
  if (state === 'ringing' || state === 'answered')
    return [{ kind: 'leg-ended', legId, outcome: 'cancelled', seconds: null }]
  if (state !== 'accepted' || !settled) return []
  const gone: CallEffect[] = agent === null ? [] : [{ kind: 'caller-gone', agent }]
  return [{ kind: 'leg-ended', legId, outcome: 'abandoned', seconds: null }, ...gone]
}
