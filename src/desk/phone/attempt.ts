import type { CallLeg, CallMemory } from './call.ts'
import type { AttemptOutcome } from './call-decision.ts'
import { because, remember, type Situation } from './situation.ts'

/** How far a try to reach a customer has come: started, rang, ended, each told once in every order of events. */

/** Nobody listens longer to a mailbox before hanging up; whoever speaks as long has spoken with somebody. */
const conversationSeconds = 20

/** Its end has been told. */
export function isOver({ memory }: Situation): boolean {
  return memory.attempt?.ended === true
}

interface HowItEnded {
  readonly seconds?: number | null
  readonly confirmed?: boolean
  readonly unknownNumber?: boolean
}

/** Tells the end, unless it was told before. */
export function endAttempt(
  s: Situation,
  outcome: AttemptOutcome,
  why: string,
  how: HowItEnded = {},
): Situation {
  if (isOver(s)) return s
  const { seconds = null, confirmed = false, unknownNumber = false } = how
  return note(because(s, why, { kind: 'attempt-ended', outcome, seconds, confirmed, unknownNumber }), {
    ended: true,
  })
}

/** The agent's telephone rings, or the agent rings somebody. */
export function started(s: Situation): Situation {
  if (s.memory.attempt?.started || isOver(s)) return s
  return note(because(s, 'the try has begun', { kind: 'attempt-started' }), { started: true })
}

/** With an agent on the line, which is what a promise is kept by. */
export function customerRings(s: Situation, legId: string): Situation {
  if (s.memory.attempt?.rang || isOver(s) || !customerLeg(s, legId)) return s
  return note(because(s, "the customer's telephone rings", { kind: 'attempt-rang' }), { rang: true })
}

/** Keeps how far it has come. */
export function note(s: Situation, more: NonNullable<CallMemory['attempt']>): Situation {
  return remember(s, { attempt: { ...s.memory.attempt, ...more } })
}

/** Nobody said how it went: only the length is left to judge by, and it confirms nothing. */
export function byLength(s: Situation): Situation {
  const seconds = s.memory.attempt?.bridgedSeconds ?? null
  const outcome = (seconds ?? 0) >= conversationSeconds ? 'answered' : 'mailbox'
  const length = seconds ?? 'an unknown number of'
  return endAttempt(s, outcome, `nobody said how it went, and it took ${length} seconds`, { seconds })
}

/** The customer's telephone, if that is it. */
export function customerLeg({ call }: Situation, legId: string): CallLeg | undefined {
  return call.legs.find(({ id, party }) => id === legId && party === 'customer')
}
