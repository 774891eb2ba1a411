import type { After } from '../../src/outbox/clockwork.ts'

/** Time that passes only when a test says so; what was to be called later is called in order. */
export class ManualClock {
  #now: Temporal.Instant
  #alarms: { readonly at: Temporal.Instant; readonly work: () => void }[] = []

  constructor(start = Temporal.Instant.from('2026-03-02T08:00:00Z')) {
    this.#now = start
  }

  readonly now = (): Temporal.Instant => this.#now

  readonly after: After = (milliseconds, work) => {
    const alarm = { at: this.#now.add({ milliseconds }), work }
    this.#alarms.push(alarm)
    return () => {
      this.#alarms = this.#alarms.filter(other => other !== alarm)
    }
  }

  /** Goes to the next alarm that is due within the span and calls it; false when there is none and the span is over. */
  next(end: Temporal.Instant): boolean {
    const [alarm] = this.#alarms.toSorted((a, b) => Temporal.Instant.compare(a.at, b.at))
    if (!alarm || Temporal.Instant.compare(alarm.at, end) > 0) {
      this.#now = end
      return false
    }
    this.#alarms = this.#alarms.filter(other => other !== alarm)
    if (Temporal.Instant.compare(alarm.at, this.#now) > 0) this.#now = alarm.at
    alarm.work()
    return true
  }
}
