import { isOpen, nextOpening, type Office } from '../office-hours.ts'

/** When reports are due, and about which days. */

export type ReportEvery = 'week' | 'month'

/** Days, both included. */
export interface ReportDays {
  readonly from: Temporal.PlainDate
  readonly to: Temporal.PlainDate
}

/** The last week, from Monday to Sunday, or month that is over on `today`. */
export function lastDays(every: ReportEvery, today: Temporal.PlainDate): ReportDays {
  const running = every === 'week' ? today.subtract({ days: today.dayOfWeek - 1 }) : today.with({ day: 1 })
  const from = every === 'week' ? running.subtract({ weeks: 1 }) : running.subtract({ months: 1 })
  return { from, to: running.subtract({ days: 1 }) }
}

/** As many whole weeks or months, these the last of them. */
export function daysWithThoseBefore(every: ReportEvery, { from, to }: ReportDays, count: number): ReportDays {
  const before = count - 1
  return { from: from.subtract(every === 'week' ? { weeks: before } : { months: before }), to }
}

/** When the office opens on its first day after them. Throws RangeError for one that does not open within 370 days. */
export function dueAfter({ to }: ReportDays, office: Office): Temporal.Instant {
  const morning = to.add({ days: 1 }).toZonedDateTime({ timeZone: office.timeZone }).toInstant()
  return isOpen(morning, office) ? morning : nextOpening(morning, office)
}

/** When those days that run on `today` will be due. */
export function nextDue(every: ReportEvery, today: Temporal.PlainDate, office: Office): Temporal.Instant {
  const later = every === 'week' ? today.add({ weeks: 1 }) : today.add({ months: 1 })
  return dueAfter(lastDays(every, later), office)
}
