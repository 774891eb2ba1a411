/**
 * Text for a terminal. Much of what the commands print was written by strangers: control characters in a subject could
 * move the cursor, recolour or retitle the window, and bidirectional marks could turn a line around.
 */

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about
const hostile = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g

/** The text with everything but line ends, tabs and visible characters replaced by �. */
export function safeText(text: string): string {
  return text.toWellFormed().replaceAll('\r\n', '\n').replaceAll(hostile, '\ufffd')
}

/** Indented JSON, harmless as escapedJson makes it. Row ids become strings. */
export function safeJson(value: unknown): string {
  return escapedJson(
    JSON.stringify(value, (_key, part) => (typeof part === 'bigint' ? part.toString() : part), 2),
  )
}

/** The same JSON, with the characters escaped that a terminal would obey. */
export function escapedJson(json: string): string {
  return json.replaceAll(hostile, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** One line out of any text, cut at `longest` characters. */
export function oneLine(text: string, longest = 120): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line
}

/** "2026-11-23 09:12:03" in wall time of the zone; the zone itself is named once by the caller. */
export function wallTime(instant: string, timeZone: string): string {
  const at = Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDateTime()
  return at.toString({ smallestUnit: 'second' }).replace('T', ' ')
}

/** Names and values in two columns; a value of several lines stays in its column. */
export function columns(rows: readonly (readonly [name: string, value: string])[], indent = 2): string {
  const width = Math.max(0, ...rows.map(([name]) => name.length))
  const below = `\n${' '.repeat(indent + width + 2)}`
  return rows
    .map(([name, value]) =>
      `${' '.repeat(indent)}${name.padEnd(width)}  ${value.replaceAll('\n', below)}`.trimEnd(),
    )
    .join('\n')
}

/** Every line moved to the right. */
export function indented(text: string, by: number): string {
  return text.replaceAll(/^(?=.)/gm, ' '.repeat(by))
}
