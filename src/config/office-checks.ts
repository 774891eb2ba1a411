/** Offices that could never keep a promise: no such place, no such time, or never open. */
import { type ConfigDraft, entriesOf } from './draft.ts'
import type { Fault } from './faults.ts'
import type { Path } from './shape.ts'
import { suggestion } from './suggest.ts'

export function officeFaults(config: ConfigDraft): readonly Fault[] {
  return entriesOf(config.offices).flatMap(([key, office]) => {
    const path: Path = ['offices', key]
    const days = Object.entries(office.hours ?? {})
    const closures = office.closures ?? []
    return [
      ...timeZoneFaults([...path, 'timeZone'], office.timeZone),
      ...(office.hours && days.every(([, spans]) => spans?.length === 0)
        ? [
            {
              path: [...path, 'hours'],
              says: 'leaves the office closed for ever; open it on at least one weekday',
            },
          ]
        : []),
      ...days.flatMap(([day, spans]) => spanFaults([...path, 'hours', day], spans ?? [])),
      ...closures.flatMap((closure, i) =>
        spanFaults([...path, 'closures', i, 'hours'], closure?.hours ?? []),
      ),
      ...repeatedDays(
        [...path, 'closures'],
        closures.map(closure => closure?.date),
      ),
    ]
  })
}

/** A bare offset such as +01:00 is refused although Intl knows it: it has no summer time. */
export function timeZoneFaults(path: Path, timeZone: string | undefined): readonly Fault[] {
  if (timeZone === undefined) return []
  const says = `is ${JSON.stringify(timeZone)}, which is no IANA time zone`
  if (/^[+-]/.test(timeZone)) return [{ path, says: `${says}; use a place such as Europe/Berlin` }]
  try {
    new Intl.DateTimeFormat('en', { timeZone })
    return []
  } catch {
    // Intl's only way to say that it does not know a zone.
    const near = suggestion(timeZone, Intl.supportedValuesOf('timeZone'))
    return [
      { path, says: `${says}${near.startsWith('; did') ? near : '; use a place such as Europe/Berlin'}` },
    ]
  }
}

/** Spans that end before they begin, or overlap. "HH:MM" texts compare as times. */
export function spanFaults(path: Path, spans: readonly (string | undefined)[]): readonly Fault[] {
  const faults: Fault[] = []
  const sound: { begin: string; end: string; span: string }[] = []
  spans.forEach((span, i) => {
    const [begin, end] = span?.split('-') ?? []
    if (span === undefined || begin === undefined || end === undefined) return
    const other = sound.find(one => begin < one.end && one.begin < end)
    if (end <= begin)
      faults.push({
        path: [...path, i],
        says: `is "${span}", which ends before it begins; use "${end}-${begin}"?`,
      })
    else if (other)
      faults.push({
        path: [...path, i],
        says: `is "${span}", which overlaps "${other.span}"; make one span of them`,
      })
    else sound.push({ begin, end, span })
  })
  return faults
}

function repeatedDays(path: Path, dates: readonly (string | undefined)[]): readonly Fault[] {
  return dates.flatMap((date, i) =>
    date !== undefined && dates.indexOf(date) < i
      ? [{ path: [...path, i, 'date'], says: `is "${date}", which is in the list already; keep one` }]
      : [],
  )
}

/**
 * Region codes that date-holidays does not know. By itself, because the library reads a megabyte of calendars:
 * it is loaded only where an office names a region.
 */
export async function holidayFaults(config: ConfigDraft): Promise<readonly Fault[]> {
  const named = entriesOf(config.offices).flatMap(([key, { holidays }]) =>
    holidays === undefined ? [] : [{ key, holidays }],
  )
  if (named.length === 0) return []
  const { default: Holidays } = await import('date-holidays')
  const calendar = new Holidays()
  return named.flatMap(({ key, holidays }) => {
    const [country = '', state = '', region = '', ...rest] = holidays.split('-')
    const states = calendar.getStates(country) ?? {}
    const regions = calendar.getRegions(country, state) ?? {}
    const known =
      Object.hasOwn(calendar.getCountries(), country) &&
      (state === '' || Object.hasOwn(states, state)) &&
      (region === '' || Object.hasOwn(regions, region)) &&
      rest.length === 0 &&
      !holidays.endsWith('-')
    if (known) return []
    const near = Object.keys(states).map(one => `${country}-${one}`)
    const right =
      near.length > 0 ? `; known here: ${near.join(', ')}` : '; use a code such as DE-HH or GB-ENG'
    return [
      {
        path: ['offices', key, 'holidays'],
        says: `is ${JSON.stringify(holidays)}, which is no region of date-holidays${right}`,
      },
    ]
  })
}
