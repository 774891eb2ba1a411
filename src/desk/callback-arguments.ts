import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import type { CommandContext, Read } from './command-arguments.ts'

/** What may follow the command that promises a call: a number, and when. Pure. */

export interface Callback {
  /** E.164 */
  readonly phone: string
  /** null: as soon as somebody can. */
  readonly at: Temporal.Instant | null
}

/** A date and a time at the end of the line; what stands before them is the phone number. */
const whenPattern =
  /(?:^|[\s,])(?:(heute|today|morgen|tomorrow|\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\.\d{1,2}\.(?:\d{4})?|\d{1,2}\/\d{1,2}(?:\/\d{4})?),?\s+)?(?:(?:um|ab|at)\s+)?(\d{1,2})(?:[:.](\d{2}))?\s*(uhr|am|pm)?$/i

/** "+49 40 123456 14:30", "040 123456 morgen 9 Uhr", "020 7946 0123 tomorrow 2pm". */
export function readCallback(text: string, context: CommandContext): Read<Callback> {
  const when = whenPattern.exec(text)
  // A bare number at the end is the end of the phone number: an hour alone needs its "Uhr", "am" or "pm".
  const timed = when && (when[3] !== undefined || when[4] !== undefined) ? when : undefined
  const written = (timed ? text.slice(0, timed.index) : text).trim()
  const number = parsePhoneNumberFromString(written, context.country)
  if (!number?.isValid() || /[a-z]{3,}/i.test(written)) return { mistake: 'no-phone-number' }
  if (!timed) return { value: { phone: number.number, at: null } }
  const at = momentOf(timed, context)
  if (!at) return { mistake: 'no-time' }
  return Temporal.Instant.compare(at, context.now) <= 0
    ? { mistake: 'time-past' }
    : { value: { phone: number.number, at } }
}

function momentOf(
  [, day, hours, minutes = '0', half = '']: RegExpExecArray,
  { now, timeZone, country }: CommandContext,
): Temporal.Instant | undefined {
  const today = now.toZonedDateTimeISO(timeZone).toPlainDate()
  const written = Number(hours)
  const twelve = /^[ap]m$/i.test(half)
  const hour = twelve ? (written % 12) + (/p/i.test(half) ? 12 : 0) : written
  if (hour > 23 || Number(minutes) > 59 || (twelve && (written < 1 || written > 12))) return undefined
  const date = day === undefined ? today : dateOf(day, today, country)
  return date?.toZonedDateTime({ timeZone, plainTime: { hour, minute: Number(minutes) } }).toInstant()
}

/** A day without its year is the next one of that name. A slash means the British order, 24/12. */
function dateOf(
  text: string,
  today: Temporal.PlainDate,
  country: CommandContext['country'],
): Temporal.PlainDate | undefined {
  const word = text.toLowerCase()
  if (word === 'heute' || word === 'today') return today
  if (word === 'morgen' || word === 'tomorrow') return today.add({ days: 1 })
  const numbers = text.split(/[./-]/).filter(Boolean).map(Number)
  const [first = 0, second = 0, third] = numbers
  if (text.includes('-')) return validDate(first, second, third ?? 0)
  if (text.includes('/') && country === 'DE' && third === undefined && second > 12) return undefined
  const date = validDate(third ?? today.year, second, first)
  return date && third === undefined && Temporal.PlainDate.compare(date, today) < 0
    ? date.add({ years: 1 })
    : date
}

function validDate(year: number, month: number, day: number): Temporal.PlainDate | undefined {
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' })
  } catch {
    return undefined
  }
}
