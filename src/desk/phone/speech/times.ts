import type { Language } from '../../ticket.ts'
import type { Spoken } from '../instruction.ts'

/** The end of a promise as one says it on the telephone, put together from pieces that can be recorded. */

const weekdays = {
  de: ['Montag', 'Dienstag', 'Mittwoch', 'Donnerstag', 'Freitag', 'Samstag', 'Sonntag'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
}
const months = {
  de: 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember'.split(' '),
  en: 'January February March April May June July August September October November December'.split(' '),
}
const words = {
  de: { by: 'bis', from: 'von', yesterday: 'gestern', today: 'heute', tomorrow: 'morgen' },
  en: {
    ...{ by: 'by', from: 'from', yesterday: 'yesterday', today: 'today', tomorrow: 'tomorrow' },
    ...{ on: 'on', am: 'am', pm: 'pm', noon: '12 noon' },
  },
}

/** Beyond this many days a weekday's name alone could be the wrong week's. */
const nearDays = 6

/**
 * "bis heute 15 Uhr 20", "bis Montag 10 Uhr", "by 3 20 pm today", "by 10 am on Monday", and with the date where the day
 * is more than six days away. Wall time of `timeZone`, seen from `now`.
 */
export function speakTime(
  dueAt: Temporal.Instant,
  now: Temporal.Instant,
  timeZone: string,
  language: Language,
): readonly Spoken[] {
  return [word(language, 'by'), ...moment(dueAt, now, timeZone, language)]
}

/** "von heute 10 Uhr", "von gestern 15 Uhr 20", "from 10 am on Monday": when something began. */
export function speakSince(
  began: Temporal.Instant,
  now: Temporal.Instant,
  timeZone: string,
  language: Language,
): readonly Spoken[] {
  return [word(language, 'from'), ...moment(began, now, timeZone, language)]
}

function moment(
  at: Temporal.Instant,
  now: Temporal.Instant,
  timeZone: string,
  language: Language,
): readonly Spoken[] {
  const local = at.toZonedDateTimeISO(timeZone)
  const days = now.toZonedDateTimeISO(timeZone).toPlainDate().until(local.toPlainDate()).days
  const named = day(local, days, language)
  return language === 'de' ? [...named, ...clock(local, 'de')] : [...clock(local, 'en'), ...named]
}

/** "Montag bis Freitag 8 Uhr 30 bis 17 Uhr" of "Montag bis Freitag 8:30–17:00 Uhr": voices read figures as they like. */
export function spokenHours(written: string, language: Language): string {
  const to = { de: ' bis ', en: ' to ' }[language]
  return written
    .replaceAll(' Uhr', '')
    .replaceAll(/(\d{1,2}):(\d{2})/g, (_, hours: string, minutes: string) =>
      clock(Temporal.PlainTime.from({ hour: Number(hours) % 24, minute: Number(minutes) }), language)
        .map(piece => ('text' in piece ? piece.text : ''))
        .join(' '),
    )
    .replaceAll('–', to)
}

/** Every piece that a time can be made of. */
export function allTimes(language: Language): readonly Spoken[] {
  const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => from + n)
  return [
    ...Object.keys(words[language]).map(id => word(language, id)),
    ...range(1, 7).map(n => weekday(n, language)),
    ...range(1, 12).map(n => month(n, language)),
    ...range(1, 31).map(n => date(n, language)),
    ...(language === 'de' ? range(0, 23) : range(1, 12)).map(n => hour(n, language)),
    ...range(1, 59).map(n => minute(n, language)),
  ]
}

function day(due: Temporal.ZonedDateTime, days: number, language: Language): readonly Spoken[] {
  if (days === 0) return [word(language, 'today')]
  if (days === 1) return [word(language, 'tomorrow')]
  if (days === -1) return [word(language, 'yesterday')]
  const on = language === 'en' ? [word('en', 'on')] : []
  const named = [...on, weekday(due.dayOfWeek, language)]
  if (Math.abs(days) <= nearDays) return named
  return [...named, date(due.day, language), month(due.month, language)]
}

function clock(due: Pick<Temporal.PlainTime, 'hour' | 'minute'>, language: Language): readonly Spoken[] {
  const minutes = due.minute === 0 ? [] : [minute(due.minute, language)]
  if (language === 'de') return [hour(due.hour, 'de'), ...minutes]
  if (due.hour === 12 && due.minute === 0) return [word('en', 'noon')]
  return [hour(due.hour % 12 || 12, 'en'), ...minutes, word('en', due.hour < 12 ? 'am' : 'pm')]
}

function word(language: Language, id: string): Spoken {
  const texts: Readonly<Record<string, string>> = words[language]
  return { clip: `${language}/time-${id}`, text: texts[id] ?? '' }
}

function weekday(n: number, language: Language): Spoken {
  return { clip: `${language}/weekday-${n}`, text: weekdays[language][n - 1] ?? '' }
}

function month(n: number, language: Language): Spoken {
  return { clip: `${language}/month-${n}`, text: months[language][n - 1] ?? '' }
}

function date(n: number, language: Language): Spoken {
  return { clip: `${language}/date-${n}`, text: language === 'de' ? `den ${n}.` : `the ${n}${ordinal(n)} of` }
}

function hour(n: number, language: Language): Spoken {
  const german = n === 1 ? 'ein Uhr' : `${n} Uhr`
  return { clip: `${language}/hour-${n}`, text: language === 'de' ? german : String(n) }
}

/** "Nine oh five" in English; German says the bare number. */
function minute(n: number, language: Language): Spoken {
  return { clip: `${language}/minute-${n}`, text: language === 'en' && n < 10 ? `oh ${n}` : String(n) }
}

function ordinal(n: number): string {
  if (n > 10 && n < 14) return 'th'
  return ['th', 'st', 'nd', 'rd'][n % 10] ?? 'th'
}
