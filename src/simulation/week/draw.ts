import type { ChanceRow } from '../../sandbox/telephone/chance.ts'

/** One of them, each as likely as its weight. */
export function draw<T>(row: ChanceRow, weighted: readonly (readonly [weight: number, value: T])[]): T {
  const sum = weighted.reduce((total, [weight]) => total + weight, 0)
  let left = row.between(0, sum)
  for (const [weight, value] of weighted) {
    left -= weight
    if (left < 0) return value
  }
  const last = weighted.at(-1)
  if (!last) throw new RangeError('nothing to draw from')
  return last[1]
}

/** True this often, 0 to 1. */
export const happens = (row: ChanceRow, likelihood: number): boolean => row.between(0, 1) < likelihood

/** Mostly short and sometimes much longer, as people take: half of them below `median`. */
export function spell(row: ChanceRow, median: number, most: number): number {
  const bell = row.between(-1, 1) + row.between(-1, 1) + row.between(-1, 1)
  return Math.min(most, median * Math.exp(0.7 * bell))
}
