/** Two ways to do things at the same time without doing everything at the same time. */

/**
 * Works on the items of `source` in at most `lanes` places at once, each lane pulling its next item only when it is
 * free, so that a slow store holds the network back instead of filling the memory. Results come in no order.
 * Rejects with the first failure.
 */
export async function inLanes<T, R>(
  source: AsyncIterator<T>,
  lanes: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = []
  async function lane(): Promise<void> {
    for (;;) {
      const next = await source.next()
      if (next.done) return
      results.push(await work(next.value))
    }
  }
  try {
    await Promise.all(Array.from({ length: lanes }, lane))
  } finally {
    // After a failure the source is left in the middle; it has a connection to leave tidy.
    await source.return?.()
  }
  return results
}

/** Yields the items of `source` in order, and lets it prepare the next one, never more, while this one is worked on. */
export async function* oneAhead<T>(source: AsyncIterator<T>): AsyncGenerator<T, void> {
  let coming = source.next()
  for (;;) {
    const next = await coming
    if (next.done) return
    coming = source.next()
    // A consumer that leaves early never awaits this one; whoever stays gets the failure at the top of the loop.
    coming.catch(() => undefined)
    yield next.value
  }
}
