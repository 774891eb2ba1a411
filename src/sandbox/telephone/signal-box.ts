import type { Appointment, NetworkClock } from './virtual-clock.ts'

/** What a line tells the exchange: its party's doings, and what others do to it. */
export type Signal =
  | { readonly kind: 'answer' }
  | { readonly kind: 'decline' }
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'voice'; readonly words: string; readonly seconds: number }
  /** Its party hung up, or the exchange took the line down. */
  | { readonly kind: 'gone' }
  /** To the line that dials: one of those it rings was picked up, may be joined, or is over. */
  | { readonly kind: 'rung'; readonly child: string; readonly is: 'picked-up' | 'accepted' | 'over' }

export interface SignalBox {
  put(signal: Signal): void
  take(): Signal | undefined
  /** Told of every signal put from now on, until the returned function is called. */
  watch(look: () => void): () => void
}

/** Signals in the order in which they came. Once `gone` has come, that is all that it gives. */
export function openSignalBox(): SignalBox {
  const waiting: Signal[] = []
  const watchers = new Set<() => void>()
  let gone = false
  return {
    put(signal) {
      if (signal.kind === 'gone') gone = true
      waiting.push(signal)
      for (const look of [...watchers]) look()
    },
    take: () => waiting.shift() ?? (gone ? { kind: 'gone' } : undefined),
    watch(look) {
      watchers.add(look)
      return () => watchers.delete(look)
    },
  }
}

/** The next signal of any of the boxes; null when none came until then. */
export function receive(
  clock: NetworkClock,
  boxes: readonly SignalBox[],
  until: Temporal.Instant | null,
): Promise<{ readonly from: SignalBox; readonly signal: Signal } | null> {
  return new Promise(resolve => {
    let alarm: Appointment | undefined
    const watches: (() => void)[] = []
    const done = (result: { from: SignalBox; signal: Signal } | null): void => {
      alarm?.cancel()
      for (const end of watches) end()
      resolve(result)
    }
    const look = (): boolean => {
      for (const from of boxes) {
        const signal = from.take()
        if (!signal) continue
        done({ from, signal })
        return true
      }
      return false
    }
    if (look()) return
    for (const box of boxes) watches.push(box.watch(look))
    if (until) alarm = clock.at(until, () => done(null))
  })
}
