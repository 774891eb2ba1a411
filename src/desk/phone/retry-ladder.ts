import type { AttemptOutcome } from './call-decision.ts'
import type { CallbackRules, OwedCallback } from './callback.ts'

/** When a customer who was not reached is tried again. */

/** Minutes before the deadline at which the last try begins: an agent has to take it and hear what it is about first. */
const reserveMinutes = 3
/** Nobody is rung again sooner than this, deadline or not. */
const leastPauseMinutes = 2
/** An agent did not take it, or the provider did not place it: nothing of this reached the customer. */
const unheardMinutes = { 'not-taken': 5, 'not-placed': 1, cancelled: 5 }

/** Minutes until the next try; null where there is none because the customer was spoken to. */
export function retryAfter(outcome: AttemptOutcome, rules: CallbackRules): number | null {
  switch (outcome) {
    case 'answered':
      return null
    case 'busy':
      return rules.busyMinutes
    case 'mailbox':
      return rules.mailboxMinutes
    // Refused by whoever picked up, or by the network: the customer is as little reached as when nobody picks up.
    case 'no-answer':
    case 'refused':
    case 'failed':
      return rules.noAnswerMinutes
    case 'not-taken':
    case 'not-placed':
    case 'cancelled':
      return unheardMinutes[outcome]
  }
}

/** The customer's side was dialled: it counts against the most attempts, whether or not a telephone rang there. */
export function countsAsAttempt(outcome: AttemptOutcome): boolean {
  return outcome !== 'not-taken' && outcome !== 'not-placed' && outcome !== 'cancelled'
}

/** A telephone rang at the customer's, even if nothing told us so at the time. Busy lines and dead numbers do not ring. */
export function provesRinging(outcome: AttemptOutcome): boolean {
  return outcome === 'answered' || outcome === 'mailbox' || outcome === 'no-answer' || outcome === 'refused'
}

/**
 * When to try again after an attempt that ended now with `outcome`; null where there is nothing to try. A pause that
 * would end after an open promise is cut short, so that a try falls before the deadline.
 */
export function nextTryAt(
  outcome: AttemptOutcome,
  now: Temporal.Instant,
  promise: Pick<OwedCallback['promise'], 'state' | 'dueAt'>,
  rules: CallbackRules,
): Temporal.Instant | null {
  const minutes = retryAfter(outcome, rules)
  if (minutes === null) return null
  const usual = now.add({ minutes })
  if (promise.state !== 'open') return usual
  const last = promise.dueAt.subtract({ minutes: reserveMinutes })
  const soonest = now.add({ minutes: leastPauseMinutes })
  const pulled = Temporal.Instant.compare(last, soonest) > 0 ? last : soonest
  const helps =
    Temporal.Instant.compare(pulled, usual) < 0 && Temporal.Instant.compare(pulled, promise.dueAt) < 0
  return helps ? pulled : usual
}
