/** Calls `work` once, `milliseconds` from now, unless the returned function is called first. */
export type After = (milliseconds: number, work: () => void) => () => void

/** A caller notices the first; providers hang up at 15 seconds, so that the second leaves time for the safe answer. */
export const softSeconds = 3
export const hardSeconds = 10

export type InTime<T> =
  | { readonly how: 'done'; readonly value: T }
  | { readonly how: 'failed'; readonly error: unknown }
  /** Time is up; `work` goes on. */
  | { readonly how: 'late' }

/**
 * What became of `work` within ten seconds. After three `onSlow` is called once. Work that is late is not stopped: a
 * transaction that commits a second later is better than one that is torn down and has to be done again; how it ends is
 * told to `onLateEnd`.
 */
export function inTime<T>(
  after: After,
  work: Promise<T>,
  onSlow: () => void,
  onLateEnd: (end: Exclude<InTime<T>, { how: 'late' }>) => void,
): Promise<InTime<T>> {
  return new Promise(resolve => {
    let late = false
    const endSoft = after(softSeconds * 1000, onSlow)
    const endHard = after(hardSeconds * 1000, () => {
      late = true
      resolve({ how: 'late' })
    })
    const end = (result: Exclude<InTime<T>, { how: 'late' }>): void => {
      endSoft()
      endHard()
      if (late) onLateEnd(result)
      else resolve(result)
    }
    work.then(
      value => end({ how: 'done', value }),
      (error: unknown) => end({ how: 'failed', error }),
    )
  })
}
