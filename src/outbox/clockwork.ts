/** Calls `work` once, `milliseconds` from now, unless the returned function is called first. */
export type After = (milliseconds: number, work: () => void) => () => void

export const inRealTime: After = (milliseconds, work) => {
  const timer = setTimeout(work, milliseconds)
  return () => clearTimeout(timer)
}

export interface Clockwork {
  busy(): boolean
  stop(): void
}

const secondsBetweenRounds = 5

/**
 * Repeats `round`, the first time at once, then five seconds after the one before has ended: rounds never overlap, and
 * a database that is away is asked at that pace and no faster. A round that fails is reported and the next one comes.
 */
export function openClockwork(deps: {
  readonly after: After
  readonly round: (count: number) => Promise<void>
  readonly onTrouble: (error: unknown) => void
  readonly onChange: () => void
}): Clockwork {
  let stopped = false
  let busy = false
  let cancel = (): void => {}

  function turn(count: number): void {
    busy = true
    deps
      .round(count)
      .catch(deps.onTrouble)
      .finally(() => {
        busy = false
        if (!stopped) cancel = deps.after(secondsBetweenRounds * 1000, () => turn(count + 1))
        deps.onChange()
      })
  }

  turn(0)
  return {
    busy: () => busy,
    stop() {
      stopped = true
      cancel()
    },
  }
}

/** Lets callers wait until `isQuiet`, which is looked at whenever somebody calls `check`. */
export function openQuiet(isQuiet: () => boolean): { check(): void; reached(): Promise<void> } {
  let waiting: (() => void)[] = []
  const check = (): void => {
    if (waiting.length === 0 || !isQuiet()) return
    const reached = waiting
    waiting = []
    for (const resolve of reached) resolve()
  }
  return {
    check,
    reached: () =>
      new Promise(resolve => {
        waiting.push(resolve)
        check()
      }),
  }
}
