import type { ChanceRow } from '../../sandbox/telephone/chance.ts'
import { draw } from './draw.ts'
import { timeZone, type WeekOptions } from './options.ts'

/** Calls of a support desk by the hour: a peak when people come to work and one after lunch. */
const hours: readonly (readonly [weight: number, hour: number])[] = [
  [1, 7],
  [5, 8],
  [14, 9],
  [11, 10],
  [9, 11],
  [5, 12],
  [8, 13],
  [13, 14],
  [10, 15],
  [8, 16],
  [3, 17],
  [1, 18],
  [0.5, 20],
]
/** Of a day on which the office is closed: some customers work. */
const closedShare = 0.08

/** So many moments of the week at which somebody rings or writes, in order. */
export function arrivals(
  row: ChanceRow,
  count: number,
  { start, days }: Pick<WeekOptions, 'start' | 'days'>,
  isWorkingDay: (day: Temporal.PlainDate) => boolean,
): readonly Temporal.Instant[] {
  const slots = Array.from({ length: days }, (_, index) => start.add({ days: index })).flatMap(day => {
    const share = isWorkingDay(day) ? 1 : closedShare
    return hours.map(([weight, hour]) => [weight * share, { day, hour }] as const)
  })
  return Array.from({ length: count }, () => {
    const { day, hour } = draw(row, slots)
    const time = { hour, minute: Math.floor(row.between(0, 60)), second: Math.floor(row.between(0, 60)) }
    return day.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) }).toInstant()
  }).toSorted(Temporal.Instant.compare)
}
