/**
 * How long to wait after a failure. Doubling, because a server in trouble is not helped by our knocking; with jitter,
 * because all the gateways of a company lose the same server at the same moment and must not come back as one.
 */
export interface BackOff {
  /** Milliseconds until the next try: between half and all of a ceiling that doubles with each call. */
  next(): number
  /** Something worked: the next failure begins at the bottom again. */
  reset(): void
}

const firstMs = 1_000
const lastMs = 300_000

/** From a second to five minutes. `random` yields [0, 1). */
export function backOff(random: () => number): BackOff {
  let ceiling = firstMs
  return {
    next() {
      const delay = ceiling / 2 + random() * (ceiling / 2)
      ceiling = Math.min(ceiling * 2, lastMs)
      return delay
    },
    reset() {
      ceiling = firstMs
    },
  }
}
