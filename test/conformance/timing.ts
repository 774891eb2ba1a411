import { setImmediate } from 'node:timers/promises'
import type { Pause, Timing } from '../../src/channels/mail/reading/bell.ts'

/**
 * The door's clock in the hands of a test. Nothing waits for real time: back-offs pass at once and are written down;
 * polls, standby and refusal last until the test ends them, or are in a hurry too.
 */
export class TestTiming implements Timing {
  /** Every pause so far. */
  readonly pauses: { readonly why: Pause; readonly milliseconds: number }[] = []
  readonly #waiting = new Map<Pause, () => void>()
  readonly #watchers: { readonly why: Pause; readonly resolve: () => void }[] = []

  readonly #hurried = new Set<Pause>(['back-off'])

  async pause(why: Pause, milliseconds: number, signal: AbortSignal): Promise<void> {
    this.pauses.push({ why, milliseconds })
    for (const watcher of this.#watchers.splice(0)) {
      if (watcher.why === why) watcher.resolve()
      else this.#watchers.push(watcher)
    }
    if (this.#hurried.has(why)) await setImmediate()
    if (this.#hurried.has(why) || signal.aborted) return
    await new Promise<void>(resolve => {
      this.#waiting.set(why, resolve)
      signal.addEventListener('abort', () => resolve(), { once: true })
    })
    this.#waiting.delete(why)
  }

  /** From now on pauses for this reason pass at once. */
  hurry(why: Pause): void {
    this.#hurried.add(why)
    this.#waiting.get(why)?.()
  }

  /** Resolves when the door next pauses for this reason, at once if it does so now. */
  async until(why: Pause): Promise<void> {
    if (this.#waiting.has(why)) return
    await new Promise<void>(resolve => this.#watchers.push({ why, resolve }))
  }

  /** The time of the pause is up. */
  async pass(why: Pause): Promise<void> {
    await this.until(why)
    this.#waiting.get(why)?.()
  }

  count(why: Pause): number {
    return this.pauses.filter(pause => pause.why === why).length
  }

  random(): number {
    return 0.5
  }

  now(): Temporal.Instant {
    return Temporal.Instant.from('2026-03-02T09:00:00Z')
  }
}
