import { officeOf } from '../config/office-calendar.ts'
import type { Config } from '../config/schema.ts'
import { type Office, spansOn } from '../desk/office-hours.ts'

/**
 * Office minutes for the database. For every office and day (of UTC, so that a day is found by dividing) the calendar has
 * the open spans as instants, and the minutes that were open before it. The office minutes before an instant are then a
 * look-up and a sum over the day's few spans, and those between two instants a difference: right over holidays, bridge
 * days and changes to daylight saving, because the spans are the same ones from which deadlines are counted. Rejected: a
 * function of the database for each row, which costs minutes where this costs seconds.
 */

/** A day as the database reads it: [office, day, minutes before, begin 1, end 1, begin 2, ...], in seconds and minutes. */
type Day = readonly [office: string, day: number, before: number, ...spans: number[]]

export interface Calendar {
  readonly days: readonly Day[]
  /** The most spans that a day has. */
  readonly spans: number
}

const secondsOfDay = 86_400

/** Every office's days from the day of `from` to that of `to`. Offices count with the holidays of those years. */
export function calendarOf(
  config: Pick<Config, 'offices'>,
  from: Temporal.Instant,
  to: Temporal.Instant,
): Calendar {
  const first = Math.floor(from.epochMilliseconds / 1000 / secondsOfDay)
  const last = Math.floor(to.epochMilliseconds / 1000 / secondsOfDay)
  const yearOf = (at: Temporal.Instant) => at.toZonedDateTimeISO('UTC').year
  const years = Array.from({ length: yearOf(to) - yearOf(from) + 3 }, (_, i) => yearOf(from) - 1 + i)
  const days = Object.entries(config.offices).flatMap(([key, office]) =>
    daysOf(officeOf(key, office, years), first, last),
  )
  return { days, spans: Math.max(1, ...days.map(({ length }) => (length - 3) / 2)) }
}

function daysOf(office: Office, first: number, last: number): Day[] {
  const pieces = piecesByDay(office, first, last)
  let before = 0
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i): Day => {
    const spans = pieces.get(first + i) ?? []
    const day: Day = [office.key, first + i, before, ...spans.flat()]
    for (const [start, end] of spans) before += (end - start) / 60
    return day
  })
}

/** Wall days reach into two days of UTC, so spans are cut at midnight of UTC; the days around are looked at as well. */
function piecesByDay(
  office: Office,
  first: number,
  last: number,
): Map<number, (readonly [number, number])[]> {
  const pieces = new Map<number, (readonly [number, number])[]>()
  const dateOfDay = (day: number) => Temporal.PlainDate.from('1970-01-01').add({ days: day })
  const lastDate = dateOfDay(last + 1)
  for (
    let date = dateOfDay(first - 1);
    Temporal.PlainDate.compare(date, lastDate) <= 0;
    date = date.add({ days: 1 })
  )
    for (const { start, end } of spansOn(date, office)) {
      const until = end.epochMilliseconds / 1000
      for (let at = start.epochMilliseconds / 1000; at < until; ) {
        const day = Math.floor(at / secondsOfDay)
        const cut = Math.min(until, (day + 1) * secondsOfDay)
        pieces.set(day, [...(pieces.get(day) ?? []), [at, cut]])
        at = cut
      }
    }
  return pieces
}

/** The calendar as a table of the statement, from parameter $6. */
export function calendarTable(spans: number): string {
  const columns = Array.from({ length: spans }, (_, i) => [
    `(d ->> ${3 + 2 * i})::float8 as s${i}`,
    `(d ->> ${4 + 2 * i})::float8 as e${i}`,
  ]).flat()
  return `calendar as materialized (
    select d ->> 0 as office, (d ->> 1)::int as day, (d ->> 2)::float8 as before, ${columns.join(', ')}
    from jsonb_array_elements($6::jsonb) d)`
}

/** In facts that count office minutes: replaced by what calendar.ts makes of it, see `withCalendar`. */
export const minutesBetween = (office: string, from: string, to: string) =>
  `{{minutes ${office} | ${from} | ${to}}}`

/** The place of the joins that `minutesBetween` needs. */
export const calendarJoins = (office: string, from: string, to: string) =>
  `{{joins ${office} | ${from} | ${to}}}`

const place = /\{\{(minutes|joins) (.+?) \| (.+?) \| (.+?)\}\}/g

/** Writes out `minutesBetween` and `calendarJoins` for as many spans as a day has. Null where the office is not known. */
export function withCalendar(facts: string, spans: number): string {
  return facts.replaceAll(place, (_, what: string, office: string, from: string, to: string) => {
    // Not extract(): it counts in decimals, several times as slow.
    const seconds = (at: string) => `date_part('epoch', ${at})`
    const day = (at: string) => `floor(date_part('epoch', ${at}) / ${secondsOfDay})::int`
    if (what === 'joins')
      return `left join calendar c_from on c_from.office = ${office} and c_from.day = ${day(from)}
    left join calendar c_to on c_to.office = ${office} and c_to.day = ${day(to)}`
    const before = (table: string, at: string) =>
      Array.from(
        { length: spans },
        (__, i) => `coalesce(greatest(0, least(${seconds(at)}, ${table}.e${i}) - ${table}.s${i}), 0) / 60`,
      ).reduce((sum, span) => `${sum} + ${span}`, `${table}.before`)
    const minutes = `(${before('c_to', to)}) - (${before('c_from', from)})`
    // Without the question greatest() would make 0 of an office without a calendar.
    return `case when c_from.before is not null and c_to.before is not null then greatest(0, ${minutes}) end`
  })
}
