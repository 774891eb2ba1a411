import { oneLine, wallTime } from '../terminal.ts'

/**
 * What a machine's mail says, in a line or two above its text. Stored as JSON by the version of the day; what is not
 * understood is left out rather than guessed at.
 */
export function machineLines(detail: unknown, timeZone: string): readonly string[] {
  const { absence, calendar, recipient, status } = fieldsOf(detail)
  return [
    ...absenceLine(fieldsOf(absence)),
    ...calendarLine(fieldsOf(calendar), timeZone),
    ...bounceLine(wordsOf(recipient), wordsOf(status), fieldsOf(detail)),
  ].map(line => oneLine(line, 300))
}

type Fields = Readonly<Record<string, unknown>>

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {}
}

function wordsOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function absenceLine({ from, until, deputies }: Fields): string[] {
  const named = (Array.isArray(deputies) ? deputies : []).map(fieldsOf)
  const deputy = named
    .map(one => [wordsOf(one.name), wordsOf(one.address)].filter(Boolean).join(' '))
    .join(', ')
  const parts = [
    wordsOf(from) && `from ${wordsOf(from)}`,
    wordsOf(until) && `until ${wordsOf(until)}`,
    deputy && `deputy: ${deputy}`,
  ].filter(Boolean)
  return parts.length === 0 ? [] : [`absent ${parts.join(', ')}`]
}

function calendarLine({ method, summary, startAt, location, answer }: Fields, timeZone: string): string[] {
  if (wordsOf(method) === '') return []
  const start = wordsOf(startAt)
  const when = start.endsWith('Z') ? wallTime(start, timeZone) : start
  const what = wordsOf(answer) || wordsOf(method).toLowerCase()
  return [
    [`meeting (${what})`, wordsOf(summary), when && `starts ${when}`, wordsOf(location)]
      .filter(Boolean)
      .join(', '),
  ]
}

function bounceLine(recipient: string, status: string, { kind, letter }: Fields): string[] {
  if (recipient === '' || wordsOf(letter) === '' || kind === undefined) return []
  const verdict = kind === 'hard' ? 'does not work' : kind === 'soft' ? 'was not reached yet' : 'was reached'
  return [`${wordsOf(letter)} to ${recipient}: the address ${verdict}${status && ` (${status})`}`]
}
