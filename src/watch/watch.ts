import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '../log.ts'
import { type AlarmBook, openAlarmBook } from './alarm-book.ts'
import type { SecondWay } from './second-way.ts'
import type { Trouble } from './trouble.ts'

/**
 * The gateway's own doubt: every few minutes it looks at the mailboxes from outside, asks everything else how it is,
 * and tells a human by the second way. It needs neither the outbox nor the database.
 */
export interface Watch {
  /** What the last look from outside found. */
  troubles(): readonly Trouble[]
  /** Looks and tells now. Never rejects. */
  round(): Promise<void>
  /** Ends after the round under way. */
  stop(): Promise<void>
}

/** One look from outside at one thing; what is wrong is its result. */
export type Look = () => Promise<readonly Trouble[]>

export interface WatchDeps {
  readonly looks: readonly Look[]
  /** Everything that is wrong, what this watch has found included. */
  readonly examine: () => Promise<readonly Trouble[]>
  /** Undefined where none is configured: then the log is all there is. */
  readonly secondWay: SecondWay | undefined
  readonly bookFile: string
  readonly patienceMinutes: number
  readonly everyMinutes: number
  readonly now: () => Temporal.Instant
  readonly log: Log
}

/** Begins with the first pause: at its start, a gateway tells its troubles itself. */
export async function startWatch(deps: WatchDeps): Promise<Watch> {
  const watch = new Rounds(deps, await openAlarmBook(deps.bookFile, deps.patienceMinutes))
  watch.begin()
  return watch
}

class Rounds implements Watch {
  readonly #deps: WatchDeps
  readonly #book: AlarmBook
  readonly #stopping = new AbortController()
  #found: readonly Trouble[] = []
  #running: Promise<void> = Promise.resolve()

  constructor(deps: WatchDeps, book: AlarmBook) {
    this.#deps = deps
    this.#book = book
  }

  begin(): void {
    this.#running = this.#run()
  }

  troubles(): readonly Trouble[] {
    return this.#found
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#running
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping
    for (;;) {
      await sleep(this.#deps.everyMinutes * 60_000, undefined, { signal, ref: false }).catch(() => undefined)
      if (signal.aborted) return
      await this.round()
    }
  }

  /** The watch must outlive whatever it meets: a fault of ours is logged, and the next round comes all the same. */
  async round(): Promise<void> {
    try {
      this.#found = (await Promise.all(this.#deps.looks.map(look => look()))).flat()
      await this.#tell(await this.#deps.examine())
    } catch (err) {
      this.#deps.log.error({ err }, 'a round of the watch failed')
    }
  }

  async #tell(found: readonly Trouble[]): Promise<void> {
    const { now, secondWay, log } = this.#deps
    const due = this.#book.due(found, now())
    if (due.begun.length + due.over.length === 0) return
    for (const { key, says } of due.begun) log.error({ trouble: key }, says.en)
    for (const { key, says } of due.over) log.info({ trouble: key }, `over: ${says.en}`)
    if (secondWay) {
      try {
        await secondWay(due)
      } catch (error) {
        // Not told: the next round tries again.
        const reason = error instanceof Error ? error.message : String(error)
        log.error({ reason }, 'the alarm could not be sent by the second way')
        return
      }
    }
    await this.#book.told(due, now())
  }
}
