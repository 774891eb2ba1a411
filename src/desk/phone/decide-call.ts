import { decideAlert } from './alert.ts'
import type { PhoneCall } from './call.ts'
import type { CallDecision, CallFacts } from './call-decision.ts'
import type { CallEvent } from './call-event.ts'
import { decideInward } from './inward.ts'
import { decideObserved } from './observed.ts'
import { decideOutward } from './outward.ts'

/**
 * What follows from an event of a call. Pure: the same call, event and facts give the same decision, so a repetition is
 * answered alike. Never throws, whatever comes in whatever order; the number of answers to one call is bounded.
 */
export function decideCall(call: PhoneCall, event: CallEvent, facts: CallFacts): CallDecision {
  if (call.memory.escalationId !== undefined) return decideAlert(call, event, facts)
  if (call.direction === 'out')
    return call.memory.attemptId === undefined || !facts.can.answers
      ? decideObserved(call, event, facts)
      : decideOutward(call, event, facts)
  return facts.can.answers ? decideInward(call, event, facts) : decideObserved(call, event, facts)
}
