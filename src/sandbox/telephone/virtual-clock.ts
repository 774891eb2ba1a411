import { setImmediate, setTimeout as sleep } from 'node:timers/promises'

/**
 * The time of the telephone network. Everything that takes time (ringing, speaking, waiting for keys) is an appointment
 * with it, so that an hour of telephony takes a test a moment and goes the same way every time.
 */
export interface NetworkClock {
  now(): Temporal.Instant
  /** Does the work at that time, or at once (but never before this returns) when it is past. */
  at(instant: Temporal.Instant, work: () => void): Appointment
  /** Work outside the clock, such as a request: the clock stands still until it is done. */
  during<T>(work: Promise<T>): Promise<T>
  /** Within such work, once: time goes on until then, as it does for whoever is slow. */
  waitUntil(instant: Temporal.Instant): Promise<void>
  /**
   * Lets time pass, event by event, until there is none left (or the next would be after `until`, which it then is). The
   * real clock passes by itself: there it only waits for `until`.
   */
  run(options?: RunOptions): Promise<void>
}

export interface Appointment {
  cancel(): void
}

export interface RunOptions {
  readonly until?: Temporal.Instant
  /** Done whenever time is about to move on: the gateway's own loops, which know nothing of this clock. */
  readonly settle?: () => Promise<unknown>
}

interface Due extends Appointment {
  readonly at: Temporal.Instant
  readonly number: number
  readonly work: () => void
}

/** Time that moves only in `run`. Events of the same instant happen in the order in which they were asked for. */
export function openClock(start: Temporal.Instant): NetworkClock {
  let time = start
  let count = 0
  let busy = 0
  let idle: (() => void) | undefined
  const agenda = new Set<Due>()

  function next(): Due | undefined {
    let first: Due | undefined
    for (const due of agenda) {
      const order = first ? Temporal.Instant.compare(due.at, first.at) : -1
      if (!first || order < 0 || (order === 0 && due.number < first.number)) first = due
    }
    return first
  }

  /** Every continuation of what was done has run once the event loop has come round without work outside. */
  async function quiet(): Promise<void> {
    do {
      if (busy > 0) {
        await new Promise<void>(resolve => {
          idle = resolve
        })
      }
      await setImmediate()
    } while (busy > 0)
  }

  return {
    now: () => time,
    at(instant, work) {
      const due: Due = {
        at: Temporal.Instant.compare(instant, time) < 0 ? time : instant,
        number: count++,
        work,
        cancel: () => agenda.delete(due),
      }
      agenda.add(due)
      return due
    },
    async during(work) {
      busy++
      try {
        return await work
      } finally {
        busy--
        if (busy === 0) idle?.()
      }
    },
    waitUntil(instant) {
      busy--
      if (busy === 0) idle?.()
      return new Promise(resolve => {
        this.at(instant, () => {
          busy++
          resolve()
        })
      })
    },
    async run({ until, settle } = {}) {
      for (;;) {
        await quiet()
        let due = next()
        const moves = !due || Temporal.Instant.compare(due.at, time) > 0
        if (settle && moves) {
          await settle()
          await quiet()
          due = next()
        }
        if (!due || (until && Temporal.Instant.compare(due.at, until) > 0)) break
        agenda.delete(due)
        time = due.at
        due.work()
      }
      if (until && Temporal.Instant.compare(until, time) > 0) time = until
    },
  }
}

export interface RealClock extends NetworkClock {
  /** Cancels every appointment. */
  stop(): void
}

export interface RealClockOptions {
  /** When it starts. */
  readonly start?: Temporal.Instant
  /** Seconds of the network in a second of this machine: 1 for people, more for tests of what people see. */
  readonly speed?: number
}

/** Time that passes by itself, for people who telephone in the sandbox. */
export function openRealClock({
  start = Temporal.Now.instant(),
  speed = 1,
}: RealClockOptions = {}): RealClock {
  const timers = new Set<NodeJS.Timeout>()
  const opened = performance.now()
  const now = () => later(start, ((performance.now() - opened) * speed) / 1000)
  const millisecondsUntil = (instant: Temporal.Instant) =>
    Math.max(0, Math.ceil((instant.epochMilliseconds - now().epochMilliseconds) / speed))
  return {
    now,
    at(instant, work) {
      let timer: NodeJS.Timeout
      // A timer counts from when its turn of the event loop began, and so may go off early: nothing happens too early.
      const wait = () => {
        timer = setTimeout(() => {
          timers.delete(timer)
          if (Temporal.Instant.compare(now(), instant) < 0) wait()
          else work()
        }, millisecondsUntil(instant))
        timers.add(timer)
      }
      wait()
      const cancel = () => {
        clearTimeout(timer)
        timers.delete(timer)
      }
      return { cancel }
    },
    during: work => work,
    waitUntil(instant) {
      return new Promise(resolve => {
        this.at(instant, resolve)
      })
    },
    async run({ until } = {}) {
      if (until) await sleep(millisecondsUntil(until))
    },
    stop() {
      for (const timer of timers) clearTimeout(timer)
      timers.clear()
    },
  }
}

/** Resolves after so many seconds of the network's time. */
export function pass(clock: NetworkClock, seconds: number): Promise<void> {
  return new Promise(resolve => {
    clock.at(later(clock.now(), seconds), resolve)
  })
}

export function later(instant: Temporal.Instant, seconds: number): Temporal.Instant {
  return instant.add({ milliseconds: Math.round(seconds * 1000) })
}
