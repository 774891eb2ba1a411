/** Scales of charts: where they begin and end, and what is written on them. Pure. */

export interface Scale {
  readonly least: number
  readonly most: number
  /** Within both, in ascending order. */
  readonly ticks: readonly number[]
}

/** What is drawn: how many, a share from 0 to 1, minutes, or a mean of votes from 1 to 5. */
export type Quantity = 'count' | 'share' | 'minutes' | 'score'

/** Counts from a tenth of a step down to nothing would be drawn as if there were halves of tickets. */
const steps: Readonly<Record<'count' | 'minutes', readonly number[]>> = {
  count: [1, 2, 5],
  minutes: [1, 2, 5, 10, 15, 30, 60, 120, 300, 600],
}
const mostSteps = 4

/**
 * Holds all values. Amounts begin at nothing, shares go from nothing to all and votes from 1 to 5 whatever the values are:
 * a scale that begins elsewhere makes a mountain of a hill.
 */
export function scaleOf(quantity: Quantity, values: readonly (number | null)[]): Scale {
  if (quantity === 'share') return { least: 0, most: 1, ticks: [0, 0.5, 1] }
  if (quantity === 'score') return { least: 1, most: 5, ticks: [1, 3, 5] }
  const largest = values.reduce<number>((most, value) => Math.max(most, value ?? 0), 0)
  const step = stepFor(largest, steps[quantity])
  const count = Math.max(1, Math.ceil(largest / step))
  return { least: 0, most: count * step, ticks: Array.from({ length: count + 1 }, (_, i) => i * step) }
}

function stepFor(largest: number, candidates: readonly number[]): number {
  for (let factor = 1; ; factor *= 10) {
    const step = candidates.find(one => one * factor * mostSteps >= largest)
    if (step !== undefined) return step * factor
  }
}

/** From 0 at the scale's beginning to 1 at its end. */
export function placeOn({ least, most }: Scale, value: number): number {
  return Math.min(1, Math.max(0, (value - least) / (most - least)))
}
