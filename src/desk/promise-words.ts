/**
 * Times as people say them, in German and British English: "heute bis 15:20 Uhr", "by 10:00 on Monday 23 November".
 * Always the office's wall time. Names are written out here rather than taken from Intl, whose commas and spaces
 * change with the runtime's Unicode tables; a letter must read the same tomorrow.
 */
import type { DerivationStep, Office } from './office-hours.ts'
import type { Language } from './ticket.ts'

const weekdays = {
  de: ['Montag', 'Dienstag', 'Mittwoch', 'Donnerstag', 'Freitag', 'Samstag', 'Sonntag'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
}
const months = {
  de: 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember'.split(' '),
  en: 'January February March April May June July August September October November December'.split(' '),
}

/** The end of a promise, seen from `now`: "morgen bis 10:00 Uhr", "by 10:00 tomorrow". */
export function promiseWords(
  dueAt: Temporal.Instant,
  now: Temporal.Instant,
  timeZone: string,
  language: Language,
): string {
  const { near, day, time } = seenFrom(dueAt, now, timeZone, language)
  if (language === 'de') return near ? `${near} bis ${time}` : `bis ${day}, ${time}`
  return near ? `by ${time} ${near}` : `by ${time} on ${day}`
}

/** When the doors open, seen from `now`: "am Montag, 23. November, ab 8:30 Uhr", "from 08:30 on Monday 23 November". */
export function openingWords(
  at: Temporal.Instant,
  now: Temporal.Instant,
  timeZone: string,
  language: Language,
): string {
  const { near, day, time } = seenFrom(at, now, timeZone, language)
  if (language === 'de') return near ? `${near} ab ${time}` : `am ${day}, ab ${time}`
  return near ? `from ${time} ${near}` : `from ${time} on ${day}`
}

/** A moment in full, for records and for readers in other zones: "Montag, 23. November 2026, 10:00 Uhr (MEZ)". */
export function dateTimeWords(at: Temporal.Instant, timeZone: string, language: Language): string {
  const local = at.toZonedDateTimeISO(timeZone)
  return `${dayOf(local, language, true)}, ${timeOf(local, language)} (${zoneName(at, timeZone, language)})`
}

/** Regular opening hours, a line for each run of equal days: "Montag bis Freitag 8:30–17:00 Uhr". Closed days are left out. */
export function hoursWords(office: Office, language: Language): readonly string[] {
  const runs: { first: number; last: number; spans: string }[] = []
  for (let day = 1; day <= 7; day++) {
    const spans = spansWords(office.hours[day] ?? [], language)
    const run = runs.at(-1)
    if (run && run.spans === spans) run.last = day
    else runs.push({ first: day, last: day, spans })
  }
  const to = { de: 'bis', en: 'to' }[language]
  const and = { de: 'und', en: 'and' }[language]
  return runs
    .filter(({ spans }) => spans !== '')
    .map(({ first, last, spans }) => {
      const link = last - first === 1 ? and : to
      const from = weekdays[language][first - 1]
      return `${first === last ? from : `${from} ${link} ${weekdays[language][last - 1]}`} ${spans}`
    })
}

/**
 * How a deadline came about, one line a step, for whoever asks why. English, as all output of commands:
 * "Friday 20 November 2026: 30 min, 16:30–17:00".
 */
export function derivationWords(steps: readonly DerivationStep[]): readonly string[] {
  return steps.map(step => {
    const date = Temporal.PlainDate.from(step.date)
    const day = dayOf(date, 'en', true)
    return 'closed' in step
      ? `${day}: ${step.closed}`
      : `${day}: ${step.minutes} min, ${step.from}–${step.to}`
  })
}

type Day = Pick<Temporal.PlainDate, 'day' | 'month' | 'year' | 'dayOfWeek'>

function seenFrom(at: Temporal.Instant, now: Temporal.Instant, timeZone: string, language: Language) {
  const local = at.toZonedDateTimeISO(timeZone)
  const today = now.toZonedDateTimeISO(timeZone)
  const days = today.toPlainDate().until(local.toPlainDate()).days
  const near = { de: ['heute', 'morgen'], en: ['today', 'tomorrow'] }[language][days]
  return { near, day: dayOf(local, language, local.year !== today.year), time: timeOf(local, language) }
}

function dayOf({ day, month, year, dayOfWeek }: Day, language: Language, withYear: boolean): string {
  const weekday = weekdays[language][dayOfWeek - 1]
  const name = months[language][month - 1]
  const date = language === 'de' ? `${weekday}, ${day}. ${name}` : `${weekday} ${day} ${name}`
  return withYear ? `${date} ${year}` : date
}

/** German letters write 8:30 Uhr, British ones 08:30. */
function timeOf({ hour, minute }: { hour: number; minute: number }, language: Language): string {
  const minutes = String(minute).padStart(2, '0')
  return language === 'de' ? `${hour}:${minutes} Uhr` : `${String(hour).padStart(2, '0')}:${minutes}`
}

function spansWords(spans: readonly string[], language: Language): string {
  if (spans.length === 0) return ''
  const shown = spans.toSorted().map(span => {
    const [from = '', to = ''] = span.split('-')
    return language === 'de' ? `${from.replace(/^0/, '')}–${to.replace(/^0/, '')}` : `${from}–${to}`
  })
  const last = shown.pop() ?? ''
  const joined =
    shown.length === 0 ? last : `${shown.join(', ')} ${language === 'de' ? 'und' : 'and'} ${last}`
  return language === 'de' ? `${joined} Uhr` : joined
}

const zoneFormats = new Map<string, Intl.DateTimeFormat>()
const zoneNames = new Map<string, { readonly hour: number; readonly name: string }>()

/**
 * MEZ or CET, as the reader's language calls it; "GMT+1" where it has no name for it. Zones change their name at full
 * hours only, and asking for it costs as much as the rest of a letter's dates: the last hour's answer is kept.
 */
function zoneName(at: Temporal.Instant, timeZone: string, language: Language): string {
  const key = `${language} ${timeZone}`
  const hour = Math.floor(at.epochMilliseconds / 3_600_000)
  const known = zoneNames.get(key)
  if (known?.hour === hour) return known.name
  const locale = language === 'de' ? 'de-DE' : 'en-GB'
  const format = zoneFormats.get(key) ?? new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'short' })
  zoneFormats.set(key, format)
  const part = format.formatToParts(at.epochMilliseconds).find(({ type }) => type === 'timeZoneName')
  // German has no short name for the time of London and writes "GMT+0".
  const name = (part?.value ?? timeZone).replace(/^GMT\+0$/, 'GMT')
  zoneNames.set(key, { hour, name })
  return name
}
