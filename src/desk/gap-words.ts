import type { Gap } from './duty-gaps.ts'
import type { Language } from './ticket.ts'

/** A gap of a duty roster in a sentence, for those who can close it. */
export function gapWords(
  { from, until, reason }: Gap,
  timeZone: string,
  language: Language,
  nameOf: (agent: string) => string,
): string {
  const span = spanWords(from.toZonedDateTimeISO(timeZone), until.toZonedDateTimeISO(timeZone), language)
  const names = 'agents' in reason ? reason.agents.map(nameOf).join(', ') : ''
  return `${span}: ${words[language][reason.kind](names)}`
}

const words = {
  de: {
    roster: () => 'niemand ist eingeteilt',
    absent: (names: string) => `${names} abwesend, keine Vertretung`,
    break: (names: string) => `${names} in der Pause, sonst niemand da`,
  },
  en: {
    roster: () => 'nobody is on the roster',
    absent: (names: string) => `${names} away, nobody stands in`,
    break: (names: string) => `${names} on a break, nobody else there`,
  },
}

function spanWords(from: Temporal.ZonedDateTime, until: Temporal.ZonedDateTime, language: Language): string {
  const oneDay = from.toPlainDate().equals(until.toPlainDate())
  const end = oneDay ? clock(until) : `${day(until, language)} ${clock(until)}`
  return `${day(from, language)} ${clock(from)}–${end}`
}

function day(at: Temporal.ZonedDateTime, language: Language): string {
  const weekday = at.toLocaleString(language === 'de' ? 'de-DE' : 'en-GB', { weekday: 'short' })
  return language === 'de' ? `${weekday} ${at.day}.${at.month}.` : `${weekday} ${at.day}/${at.month}`
}

const clock = ({ hour, minute }: Temporal.ZonedDateTime): string =>
  `${hour}:${String(minute).padStart(2, '0')}`
