/** What Twilio sent, by name; a name that came several times has a list. */
export type Fields = Readonly<Record<string, string | readonly string[]>>

const longest = 1000
/** Good for as long as they live, so that they are not kept: a token to pass the call on, a signed passport. */
const secrets: ReadonlySet<string> = new Set(['CallToken', 'StirPassportToken'])

/** '' where it was not sent; of several the first. At most 1,000 characters, one line. */
export function field(fields: Fields, name: string): string {
  const value = fields[name]
  return storable(typeof value === 'string' ? value : (value?.[0] ?? '')).trim()
}

/** Whole and not negative; null for anything else. */
export function wholeField(fields: Fields, name: string): number | null {
  const value = field(fields, name)
  return /^\d{1,9}$/.test(value) ? Number(value) : null
}

/** Twilio's clock, RFC 2822; null where it is not said or makes no sense. */
export function timeField(fields: Fields, name: string): Temporal.Instant | null {
  const milliseconds = Date.parse(field(fields, name))
  return Number.isNaN(milliseconds) ? null : Temporal.Instant.fromEpochMilliseconds(milliseconds)
}

/** For the event's row. PostgreSQL takes neither a NUL nor half a character. */
export function payloadOf(fields: Fields): Record<string, string | readonly string[]> {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([name]) => !secrets.has(name))
      .map(([name, value]) => [
        storable(name),
        typeof value === 'string' ? storable(value) : value.map(storable),
      ]),
  )
}

function storable(text: string): string {
  return text
    .slice(0, longest)
    .toWellFormed()
    .replaceAll(/\p{Cc}/gu, ' ')
}
