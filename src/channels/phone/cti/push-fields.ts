/**
 * The fields of a pushed event, out of a form or JSON, before anybody asks what they mean. Telephone systems write lists
 * as `user[]` or `user`, numbers as JSON numbers, and leave out what they do not know.
 */

/** Enough for a group call with many users; whoever sends more is no telephone system. */
export const mostBytes = 32_768
const mostFields = 200
const mostOfOne = 100
const mostCharacters = 500

/** By name; lists have `[]` behind it, as in forms. Every value is trimmed and free of control characters. */
export type PushFields = ReadonlyMap<string, readonly string[]>

/** Why a request is not taken: the field is named to whoever set the telephone system up. */
export interface FieldFault {
  readonly field: string
  readonly problem: string
}

/** Reads `application/x-www-form-urlencoded`. */
export function formFields(body: Buffer): PushFields | FieldFault {
  return gather([...new URLSearchParams(body.toString('utf8'))])
}

/** Reads a JSON object of texts, numbers, true, false and lists of these; what is nested deeper is left out. */
export function jsonFields(body: Buffer): PushFields | FieldFault {
  const parsed = parsedJson(body.toString('utf8'))
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    return { field: 'body', problem: 'is not a JSON object' }
  const pairs = Object.entries(parsed).flatMap(([name, value]) =>
    Array.isArray(value)
      ? value.filter(isPlain).map(one => [`${name}[]`, `${one}`] as const)
      : [value].filter(isPlain).map(one => [name, `${one}`] as const),
  )
  return gather(pairs)
}

export function isFault(read: object): read is FieldFault {
  return 'problem' in read
}

/** For the ledger: what came, in the shape of an event's payload. */
export function payloadOf(fields: PushFields): Readonly<Record<string, string | readonly string[]>> {
  return Object.fromEntries(
    [...fields].map(([name, values]) => [name, values.length === 1 ? (values[0] ?? '') : values]),
  )
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isPlain(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value)
}

function gather(pairs: readonly (readonly [string, string])[]): PushFields | FieldFault {
  if (pairs.length > mostFields) return { field: 'body', problem: `has more than ${mostFields} fields` }
  const fields = new Map<string, string[]>()
  for (const [rawName, rawValue] of pairs) {
    const name = clean(rawName).replace(/\[\d+\]$/, '[]')
    if (name.length > 100) return { field: name.slice(0, 100), problem: 'is too long a name' }
    if (rawValue.length > mostCharacters)
      return { field: name, problem: `is longer than ${mostCharacters} characters` }
    const values = fields.get(name) ?? []
    if (values.length >= mostOfOne) return { field: name, problem: `is there more than ${mostOfOne} times` }
    fields.set(name, [...values, clean(rawValue)])
  }
  return fields
}

/**
 * Control characters, and those that turn the direction of writing, have no business in a number or a name. Half a
 * character, which JSON can spell, is refused by every database.
 */
function clean(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .trim()
}
