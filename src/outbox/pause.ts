import type { FailureCode } from '../desk/failure.ts'

/**
 * The pause of the whole delivery while the server cannot be reached or refuses the login. One letter probes when a
 * pause ends, and at the start; the first answer of any kind lifts it. Without this an outage would burn the attempts
 * of every waiting letter, each of which would then wait out its own back-off after the server is back. An answer after
 * a refused login may come over a connection from before the password was changed: for a while letters then go one by
 * one, over that connection, since two at a time would open another and have the login refused with every pair.
 */
export interface Pause {
  /** Milliseconds until the next probe may start; 0 when nothing holds the delivery back. */
  remaining(now: Temporal.Instant): number
  /** True until the server has answered, again after each failure: one letter at a time. */
  probing(): boolean
  /**
   * No session, or no login. Failures of letters that were under way already do not lengthen a pause, but a refused
   * login takes the place of a lesser reason.
   */
  failed(code: FailureCode, now: Temporal.Instant, jitter: number): void
  answered(now: Temporal.Instant): void
}

/** A server that restarts is back in seconds; wrong credentials need a human, and trying often locks accounts. */
const firstSeconds = (code: FailureCode): number => (code === 'auth' ? 60 : 1)
const longestSeconds = (code: FailureCode): number => (code === 'auth' ? 900 : 60)

export function openPause(): Pause {
  let failures = 0
  let until: Temporal.Instant | undefined
  let reason: FailureCode | undefined
  /** A login was refused, and nothing has shown since that another one would not be. */
  let warnedUntil: Temporal.Instant | undefined
  let proven = false
  const left = (end: Temporal.Instant | undefined, now: Temporal.Instant): number =>
    end === undefined ? 0 : Math.max(0, end.epochMilliseconds - now.epochMilliseconds)
  return {
    remaining: now => left(until, now),
    probing: () => !proven,
    failed(code, now, jitter) {
      if (left(until, now) > 0 && (code !== 'auth' || reason === 'auth')) return
      reason = code
      const seconds = Math.min(firstSeconds(code) * 2 ** Math.min(failures, 20), longestSeconds(code))
      until = now.add({ milliseconds: Math.round(seconds * 1000 * (0.8 + 0.4 * jitter)) })
      if (code === 'auth') warnedUntil = now.add({ seconds: longestSeconds(code) })
      failures += 1
      proven = false
    },
    answered(now) {
      until = undefined
      if (left(warnedUntil, now) > 0) return
      failures = 0
      warnedUntil = undefined
      proven = true
    },
  }
}
