/**
 * From configuration to an office that can count: weekday hours, public holidays of its region, and the company's own
 * closures, which win over both. Holidays are those of type "public" of the date-holidays library, substitute days
 * included; its "bank" and "observance" days (Christmas Eve, New Year's Eve) are ordinary days unless a closure names
 * them. A holiday that begins at noon closes the whole day: a promise may come out later than necessary, never earlier.
 */
import Holidays from 'date-holidays'
import type { Office } from '../desk/office-hours.ts'
import type { Config, OfficeConfig } from './schema.ts'

type Exceptions = Map<string, { readonly spans: readonly string[]; readonly reason: string }>

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

/** Promises never reach further ahead than a year; the rest lets a process run for years without a restart. */
const yearsAhead = 5

/** Computed once in a process: three milliseconds a year, for the same few regions again and again. */
const holidaysByYear = new Map<string, ReadonlyMap<string, string>>()

/** Every office of the configuration, with the holidays of last year to five years ahead. Throws as `officeOf` does. */
export function officesOf(
  config: Pick<Config, 'offices'>,
  now: Temporal.Instant,
): ReadonlyMap<string, Office> {
  const { year } = now.toZonedDateTimeISO('UTC')
  const years = Array.from({ length: yearsAhead + 2 }, (_, i) => year - 1 + i)
  return new Map(Object.entries(config.offices).map(([key, office]) => [key, officeOf(key, office, years)]))
}

/** The office with the holidays of these years. Throws RangeError for a region that the library does not know. */
export function officeOf(key: string, office: OfficeConfig, years: readonly number[]): Office {
  const exceptions: Exceptions = new Map()
  for (const year of years) {
    for (const [date, reason] of holidaysOf(office.holidays, year))
      exceptions.set(date, { spans: [], reason })
  }
  for (const { date, hours, reason } of office.closures) exceptions.set(date, { spans: hours, reason })
  return {
    key,
    timeZone: office.timeZone,
    hours: Object.fromEntries(weekdays.map((day, i) => [i + 1, office.hours[day] ?? []])),
    exceptions,
    knownUntil: `${Math.max(...years)}-12-31`,
  }
}

/** Public holidays of one year by ISO date, with their English names. */
function holidaysOf(region: string, year: number): ReadonlyMap<string, string> {
  const key = `${region} ${year}`
  const known = holidaysByYear.get(key)
  if (known) return known
  const holidays = new Map<string, string>()
  for (const { date, start, end, name, type } of calendarOf(region).getHolidays(year, 'en')) {
    if (type !== 'public') continue
    const first = Temporal.PlainDate.from(date.slice(0, 10))
    const days = Math.max(1, Math.round((end.getTime() - start.getTime()) / 86_400_000))
    for (let i = 0; i < days; i++) holidays.set(first.add({ days: i }).toString(), name)
  }
  holidaysByYear.set(key, holidays)
  return holidays
}

/** Unknown regions have no holidays, says the library; here they are an error, or promises would fall on them. */
function calendarOf(region: string): Holidays {
  const [country = '', state, part] = region.split('-')
  const all = new Holidays()
  const known =
    Object.hasOwn(all.getCountries(), country) &&
    (state === undefined || Object.hasOwn(all.getStates(country) ?? {}, state)) &&
    (part === undefined || Object.hasOwn(all.getRegions(country, state ?? '') ?? {}, part))
  if (!known) throw new RangeError(`"${region}" is not a region of the date-holidays library`)
  return new Holidays(region)
}
