import type { DerivationStep, Office, OfficeDeadline } from '../office-hours.ts'
import { derivationWords } from '../promise-words.ts'
import type { Language } from '../ticket.ts'

/**
 * How a promise's time came about, in one sentence and day by day, for whoever asks why: "received Fri 16:30, 30 min on
 * Friday, 90 min on Monday from 8:30, due Mon 10:00". Always the office's wall time.
 */
export interface ExplainedPromise extends OfficeDeadline {
  readonly startedAt: Temporal.Instant
  /** It began with nothing that came in: a promise renewed, or the next status update. */
  readonly ofOurs?: boolean
}

const weekdays = {
  de: ['Montag', 'Dienstag', 'Mittwoch', 'Donnerstag', 'Freitag', 'Samstag', 'Sonntag'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
}
const shortened = {
  de: ['Mo.', 'Di.', 'Mi.', 'Do.', 'Fr.', 'Sa.', 'So.'],
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
}
const words = {
  de: {
    received: (at: string) => `eingegangen ${at}`,
    ofOurs: (at: string) => `ab ${at}`,
    counted: (minutes: number, day: string, from: string) =>
      `${minutes} Min. am ${day}${from && ` ab ${from}`}`,
    due: (at: string) => `fällig ${at}`,
    agreed: 'so vereinbart',
    waited: {
      'waited for the customer': 'auf den Kunden gewartet',
      'waited for a manufacturer': 'auf einen Hersteller gewartet',
    },
  },
  en: {
    received: (at: string) => `received ${at}`,
    ofOurs: (at: string) => `from ${at}`,
    counted: (minutes: number, day: string, from: string) =>
      `${minutes} min on ${day}${from && ` from ${from}`}`,
    due: (at: string) => `due ${at}`,
    agreed: 'as agreed',
    waited: {
      'waited for the customer': 'waited for the customer',
      'waited for a manufacturer': 'waited for a manufacturer',
    },
  },
}

/** One sentence without a full stop. Days on which nothing was counted are left out; a time that was agreed upon says so. */
export function derivationSentence(
  { startedAt, dueAt, derivation, ofOurs = false }: ExplainedPromise,
  { timeZone }: Pick<Office, 'timeZone'>,
  language: Language,
): string {
  const say = words[language]
  const start = startedAt.toZonedDateTimeISO(timeZone)
  const due = dueAt.toZonedDateTimeISO(timeZone)
  const waited: Readonly<Record<string, string>> = say.waited
  const counted = derivation.flatMap(step => {
    if ('closed' in step) return waited[step.closed] ?? []
    return say.counted(step.minutes, dayName(step, language), begins(step, start))
  })
  return [
    (ofOurs ? say.ofOurs : say.received)(moment(start, due, language)),
    ...(derivation.length === 0 ? [say.agreed] : counted),
    say.due(moment(due, start, language)),
  ].join(', ')
}

/** The sentence, and below it each day with what was counted or why it was not: English, as all output of commands. */
export function derivationLines(
  promise: ExplainedPromise,
  office: Pick<Office, 'timeZone'>,
): readonly string[] {
  return [derivationSentence(promise, office, 'en'), ...derivationWords(promise.derivation)]
}

type Local = Temporal.ZonedDateTime

/** Within a week the weekday is enough; further away it needs its date. */
function moment(at: Local, other: Local, language: Language): string {
  const days = Math.abs(at.toPlainDate().until(other.toPlainDate()).days)
  const day = shortened[language][at.dayOfWeek - 1]
  const date = days < 7 ? '' : language === 'de' ? ` ${at.day}.${at.month}.` : ` ${at.day}/${at.month}`
  return `${day}${date} ${clock(at)}`
}

function dayName({ date }: { readonly date: string }, language: Language): string {
  return weekdays[language][Temporal.PlainDate.from(date).dayOfWeek - 1] ?? ''
}

/** Where counting began with the promise itself, its beginning has been said. */
function begins(step: Extract<DerivationStep, { readonly from: string }>, start: Local): string {
  const from = Temporal.PlainTime.from(step.from)
  const same = step.date === start.toPlainDate().toString() && clock(from) === clock(start)
  return same ? '' : clock(from)
}

const clock = ({ hour, minute }: { readonly hour: number; readonly minute: number }): string =>
  `${hour}:${String(minute).padStart(2, '0')}`
