import type { Log } from '../../log.ts'

/**
 * Works on rows that say themselves when they are due. One timer for all of them: it goes off when the next one is due,
 * at a nudge, and now and then in any case, for rows that another process wrote. Rounds never overlap.
 */
export interface DueLoop {
  /** Something became due: do not wait. */
  wake(): void
  /** Resolves when the round under way has ended. */
  stop(): Promise<void>
}

export interface DueLoopDeps {
  /** In the log. */
  readonly name: string
  /** Does what is due, and says when the next row is; null where none waits. */
  readonly round: () => Promise<{ readonly nextAt: Temporal.Instant | null }>
  readonly now: () => Temporal.Instant
  readonly log: Log
  /** Calls `work` once, `milliseconds` from now, unless the returned function is called first. */
  readonly after?: (milliseconds: number, work: () => void) => () => void
}

const longestSleep = 15_000
/** A row that stays due, such as one locked by another process, must not make the loop spin. */
const shortestSleep = 100
const sleepAfterTrouble = 5_000

function inRealTime(milliseconds: number, work: () => void): () => void {
  const timer = setTimeout(work, milliseconds)
  return () => clearTimeout(timer)
}

/** Begins with a round at once. A round that fails is logged, and the next one comes a little later. */
export function openDueLoop({ name, round, now, log, after = inRealTime }: DueLoopDeps): DueLoop {
  let stopped = false
  let again = false
  let running: Promise<void> | undefined
  let cancel = (): void => {}

  function run(): void {
    if (stopped) return
    again = false
    running = turn().then(sleep => {
      running = undefined
      if (!stopped) cancel = after(again ? 0 : sleep, run)
    })
  }

  async function turn(): Promise<number> {
    try {
      const { nextAt } = await round()
      const wait = nextAt === null ? longestSleep : nextAt.epochMilliseconds - now().epochMilliseconds
      return Math.min(longestSleep, Math.max(shortestSleep, wait))
    } catch (error) {
      log.error({ err: error, loop: name }, 'a round failed')
      return sleepAfterTrouble
    }
  }

  run()
  return {
    wake() {
      again = true
      if (running || stopped) return
      cancel()
      run()
    },
    async stop() {
      stopped = true
      cancel()
      await running
    },
  }
}
