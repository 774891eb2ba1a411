/**
 * When to try again. Half a minute first, because most temporary refusals are greylisting; then doubling up to an
 * hour. After 78 attempts three days have passed (7 steps up to the hour, then 71 hours) and the letter is given up.
 */
const firstWaitSeconds = 30
const longestWaitSeconds = 3600

export const mostAttempts = 78

/** `jitter` is 0..1 and spreads the wait by a fifth either way, so that letters refused together part. */
export function nextTryAt(attempts: number, now: Temporal.Instant, jitter: number): Temporal.Instant {
  const wait = Math.min(firstWaitSeconds * 2 ** Math.min(attempts - 1, 20), longestWaitSeconds)
  return now.add({ milliseconds: Math.round(wait * 1000 * (0.8 + 0.4 * jitter)) })
}
