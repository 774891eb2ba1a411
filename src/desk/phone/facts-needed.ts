import type { PhoneCall } from './call.ts'
import type { CallEvent } from './call-event.ts'

/** The facts that cost a look at more rows than the call's own. What is not needed is not read. */
export interface NeededFacts {
  /** The tickets and promises of the caller's number. */
  readonly history: boolean
  /** Who could be rung. */
  readonly agents: boolean
}

/** Steps whose answer may lead to the hunt for an agent without another question in between. */
const beforeHunt: ReadonlySet<PhoneCall['step']> = new Set([
  'number',
  'severity',
  'ask-number',
  'check-number',
  'consent',
  'hunt',
])

/**
 * What deciding on an event can ask for. Errs on the side of reading: a provider waits for the answer to every key, but a
 * rule that decides on facts that were never read decides wrongly. `owed`: the ticket is owed a call already.
 */
export function factsNeeded(
  { direction, step, state }: Pick<PhoneCall, 'direction' | 'step' | 'state'>,
  event: CallEvent,
  owed: boolean,
): NeededFacts {
  if (direction === 'out') return { history: false, agents: false }
  switch (event.kind) {
    case 'leg-answered':
    case 'leg-progress':
    case 'progress':
    case 'recording':
      return { history: false, agents: false }
    case 'keys':
      if (event.legId !== null) return { history: false, agents: false }
      return { history: !owed || step === 'which-ticket', agents: beforeHunt.has(step) }
    case 'leg-ended':
      return { history: !owed || state === 'ended', agents: step === 'hunt' }
    case 'recorded':
      return { history: !owed, agents: false }
    case 'arrived':
    case 'picked-up':
    case 'ended':
    case 'settle':
      return { history: true, agents: false }
  }
}
