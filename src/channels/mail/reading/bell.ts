import { setTimeout as sleep } from 'node:timers/promises'

/** Why the mailbox door pauses; a test answers each in its own way. */
export type Pause = 'standby' | 'poll' | 'back-off' | 'refused'

/** Everything the door takes from the outside world's clock and dice. Handed in, so that tests need not wait. */
export interface Timing {
  /** Resolves, never rejects, after `milliseconds` or when `signal` is aborted. */
  pause(why: Pause, milliseconds: number, signal: AbortSignal): Promise<void>
  random(): number
  now(): Temporal.Instant
}

export const realTiming: Timing = {
  async pause(_why, milliseconds, signal) {
    await sleep(milliseconds, undefined, { signal }).catch(() => undefined)
  },
  random: Math.random,
  now: () => Temporal.Now.instant(),
}

/**
 * What ends a pause early: new mail, a lost connection, a wish to stop. A ring while nobody rests is not lost: the
 * next rest ends at once, or mail that arrives between the look and the pause would lie until the poll.
 */
export interface Bell {
  ring(): void
  /** Forgets a ring: the connection that is to be backed off from rang as it broke. */
  hush(): void
  /** Resolves to true when the bell ended the rest, to false when the time was up. */
  rest(why: Pause, milliseconds: number): Promise<boolean>
}

export function hangBell(timing: Timing): Bell {
  let rung = false
  let resting: AbortController | undefined
  return {
    ring() {
      rung = true
      resting?.abort()
    },
    hush() {
      rung = false
    },
    async rest(why, milliseconds) {
      resting = new AbortController()
      if (!rung) await timing.pause(why, milliseconds, resting.signal)
      resting = undefined
      const byBell = rung
      rung = false
      return byBell
    },
  }
}
