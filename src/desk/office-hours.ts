/**
 * Deadlines in office time: a promise of two hours made on Friday at 16:30 ends on Monday at 10:00. Opening hours are
 * wall time, deadlines are instants: every span is turned into two instants of its own day before anything is counted,
 * so that a change to daylight saving neither lengthens nor shortens a promise. A span holds its beginning but not its
 * end: 17:00:00 sharp is closed, though a deadline may fall on it. Pure; holidays are part of the office.
 */

/** Opening hours of one office. Filled by configuration; spans are wall time, "HH:MM-HH:MM". */
export interface Office {
  readonly key: string
  readonly timeZone: string
  /** Spans by ISO weekday 1 (Monday) to 7. */
  readonly hours: Readonly<Record<number, readonly string[]>>
  /** Days that differ, by ISO date: public holidays, bridge days, closures, shortened days. */
  readonly exceptions: ReadonlyMap<string, { readonly spans: readonly string[]; readonly reason: string }>
  /** The last day whose holidays are known. Beyond it nothing is promised; left out, every day counts as known. */
  readonly knownUntil?: string
}

/** One line of how a deadline came about: wall time that was counted on a day, or why the day did not count. */
export type DerivationStep =
  | { readonly date: string; readonly from: string; readonly to: string; readonly minutes: number }
  | { readonly date: string; readonly closed: string }

export interface OfficeDeadline {
  readonly dueAt: Temporal.Instant
  readonly derivation: readonly DerivationStep[]
}

export interface OpenSpan {
  readonly start: Temporal.Instant
  readonly end: Temporal.Instant
}

/** Longer than any closure; what lies beyond is a fault of the configuration, not a patient search. */
const searchDays = 370
const weekdays = ['Mondays', 'Tuesdays', 'Wednesdays', 'Thursdays', 'Fridays', 'Saturdays', 'Sundays']

const { compare } = Temporal.Instant
const later = (a: Temporal.Instant, b: Temporal.Instant) => (compare(a, b) > 0 ? a : b)
const earlier = (a: Temporal.Instant, b: Temporal.Instant) => (compare(a, b) < 0 ? a : b)
const minutesOf = ({ start, end }: OpenSpan) => (end.epochMilliseconds - start.epochMilliseconds) / 60_000

/**
 * The deadline that lies `minutes` (whole, positive) of office time after `from`. Seconds of `from` are dropped: a
 * deadline is told in minutes, and the told one must be the recorded one. Throws RangeError for an office that does
 * not open within 370 days.
 */
export function addOfficeTime(from: Temporal.Instant, minutes: number, office: Office): OfficeDeadline {
  if (!Number.isSafeInteger(minutes) || minutes < 1)
    throw new RangeError(`office time is counted in whole minutes from 1 on, not ${minutes}`)
  const start = from.round({ smallestUnit: 'minute', roundingMode: 'floor' })
  const derivation: DerivationStep[] = []
  let left = minutes
  let idleDays = 0
  for (let date = dateAt(start, office); idleDays <= searchDays; date = date.add({ days: 1 })) {
    const spans = spansAfter(start, spansOn(date, office))
    if (spans.length === 0) derivation.push({ date: date.toString(), closed: whyClosed(date, office) })
    idleDays = spans.length === 0 ? idleDays + 1 : 0
    for (const span of spans) {
      const counted = Math.min(left, minutesOf(span))
      const end = span.start.add({ minutes: counted })
      derivation.push({
        date: date.toString(),
        from: wallTime(span.start, office),
        to: wallTime(end, office),
        minutes: counted,
      })
      left -= counted
      if (left === 0) return { dueAt: end, derivation }
    }
  }
  throw neverOpens(office, start)
}

/** Is somebody there at this instant? */
export function isOpen(at: Temporal.Instant, office: Office): boolean {
  return spansOn(dateAt(at, office), office).some(
    ({ start, end }) => compare(start, at) <= 0 && compare(at, end) < 0,
  )
}

/** The first moment after `at` at which the office opens. Throws RangeError if it does not within 370 days. */
export function nextOpening(at: Temporal.Instant, office: Office): Temporal.Instant {
  let date = dateAt(at, office)
  for (let days = 0; days <= searchDays; days++) {
    const next = spansOn(date, office).find(({ start }) => compare(start, at) > 0)
    if (next) return next.start
    date = date.add({ days: 1 })
  }
  throw neverOpens(office, at)
}

/** Minutes of office time from `a` to `b`, fractions included; 0 where `b` is not after `a`. */
export function officeMinutesBetween(a: Temporal.Instant, b: Temporal.Instant, office: Office): number {
  const last = dateAt(b, office)
  let total = 0
  for (
    let date = dateAt(a, office);
    Temporal.PlainDate.compare(date, last) <= 0;
    date = date.add({ days: 1 })
  ) {
    for (const span of spansAfter(a, spansOn(date, office)))
      total += Math.max(0, minutesOf({ start: span.start, end: earlier(span.end, b) }))
  }
  return total
}

/** For the configuration's check: throws RangeError, in words for its author, unless promises can be counted here. */
export function assertOpensSometime(office: Office, from: Temporal.Instant): void {
  nextOpening(from, office)
}

function dateAt(at: Temporal.Instant, office: Office): Temporal.PlainDate {
  return at.toZonedDateTimeISO(office.timeZone).toPlainDate()
}

function wallTime(at: Temporal.Instant, office: Office): string {
  return at.toZonedDateTimeISO(office.timeZone).toPlainTime().toString({ smallestUnit: 'minute' })
}

/**
 * A day's opening in order of time. Wall times that a change to summer time skips move forward ('compatible'), which
 * may push one span into the next one: each begins no earlier than the one before it ended, so no minute counts twice.
 */
export function spansOn(date: Temporal.PlainDate, office: Office): OpenSpan[] {
  const day = date.toString()
  if (office.knownUntil !== undefined && day > office.knownUntil)
    throw new RangeError(`the holidays of office "${office.key}" are known until ${office.knownUntil} only`)
  const written = office.exceptions.get(day)?.spans ?? office.hours[date.dayOfWeek] ?? []
  const spans: OpenSpan[] = []
  for (const span of written.toSorted()) {
    const [opens = '', closes = ''] = span.split('-')
    if (closes <= opens) throw new RangeError(`"${span}" of office "${office.key}" ends before it begins`)
    const end = instantOf(date, closes, office)
    const before = spans.at(-1)
    const start = instantOf(date, opens, office)
    const own = { start: before ? later(start, before.end) : start, end }
    if (compare(own.start, end) < 0) spans.push(own)
  }
  return spans
}

function instantOf(date: Temporal.PlainDate, time: string, { timeZone }: Office): Temporal.Instant {
  return date.toZonedDateTime({ timeZone, plainTime: time }).toInstant()
}

/** What is left of a day's spans after `at`. */
function spansAfter(at: Temporal.Instant, spans: readonly OpenSpan[]): OpenSpan[] {
  return spans
    .filter(({ end }) => compare(end, at) > 0)
    .map(({ start, end }) => ({ start: later(start, at), end }))
}

function whyClosed(date: Temporal.PlainDate, office: Office): string {
  const exception = office.exceptions.get(date.toString())
  const spans = exception?.spans ?? office.hours[date.dayOfWeek] ?? []
  if (spans.length > 0) return 'after closing time'
  return exception?.reason ?? `closed on ${weekdays[date.dayOfWeek - 1]}`
}

function neverOpens(office: Office, from: Temporal.Instant): RangeError {
  return new RangeError(
    `office "${office.key}" does not open within ${searchDays} days from ${dateAt(from, office)}`,
  )
}
