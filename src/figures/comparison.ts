import type { FigureDefinition, Period, Value } from './figure.ts'
import { numberOf } from './report.ts'

/** A number beside that of the time before, so that nobody has to remember what is usual. */

/**
 * As long a time, ending the day before. Whole months are compared with as many whole months: February with January, and
 * not with the last three days of December.
 */
export function periodBefore({ from, to, timeZone }: Period): Period {
  const end = from.subtract({ days: 1 })
  const isWholeMonths = from.day === 1 && to.day === to.daysInMonth
  if (!isWholeMonths) return { from: from.subtract({ days: from.until(to).days + 1 }), to: end, timeZone }
  const months = (to.year - from.year) * 12 + to.month - from.month + 1
  return { from: from.subtract({ months }), to: end, timeZone }
}

export type Change = 'better' | 'worse' | 'same' | 'more' | 'less'

/** Smaller differences are none: half a percent, a minute, a twentieth of a mark. */
const smallest: Readonly<Record<Value['kind'], number>> = { count: 1, share: 0.005, minutes: 1, score: 0.05 }

/** Of a figure's first part; undefined where one of the two has nothing to count. */
export function changeOf(
  { better }: Pick<FigureDefinition, 'better'>,
  now: Value,
  before: Value,
): Change | undefined {
  const [own, other] = [numberOf(now), numberOf(before)]
  if (own === null || other === null) return undefined
  const difference = own - other
  if (Math.abs(difference) < smallest[now.kind]) return 'same'
  const more = difference > 0
  if (better === 'neither') return more ? 'more' : 'less'
  return more === (better === 'more') ? 'better' : 'worse'
}
