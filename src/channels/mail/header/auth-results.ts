import { domainToASCII } from 'node:url'
import type { AuthResult } from '../../../desk/mail-content.ts'
import type { HeaderFields } from '../mime/header-fields.ts'

/**
 * Authentication-Results (RFC 8601). Anybody can write this field into a mail, so three things must be true of one that
 * counts: it bears the name of a server of ours, it is in the topmost run of such fields, and it does not stand where
 * only the sender can have put it. Copies in ARC fields never count; the sealer would have to be trusted as well.
 */

/** Servers that write the field below their own Received line and always write one, so that theirs is the topmost. */
const writesBelow: ReadonlySet<string> = new Set(['mx.google.com'])
const fieldLimit = 20
const resultLimit = 100
const lengthLimit = 20_000

/**
 * The results that our servers `trusted` report. `nameless`: Microsoft 365 writes the field without a server name; where
 * the mailbox is there, such a field counts, because Exchange renames those that come in from outside.
 */
export function readAuthResults(
  fields: HeaderFields,
  trusted: readonly string[],
  nameless: boolean,
): readonly AuthResult[] {
  const names = new Set(trusted.map(name => name.toLowerCase()))
  return topmostRun(fields)
    .flatMap(({ value, above }) => {
      const field = parseField(value)
      if (!field) return []
      if (field.server === '') return nameless ? field.results : []
      return names.has(field.server) && !cameIn(field.server, above) ? field.results : []
    })
    .slice(0, resultLimit)
}

interface Candidate {
  readonly value: string
  /** Values of the Received fields above it. */
  readonly above: readonly string[]
}

/** The fields between two Received lines that hold the first Authentication-Results; everything below is older. */
function topmostRun(fields: HeaderFields): readonly Candidate[] {
  const run: Candidate[] = []
  const above: string[] = []
  for (const [name, value] of fields.entries) {
    if (name === 'received') {
      if (run.length > 0) break
      above.push(value)
    }
    if (name === 'authentication-results' && run.length < fieldLimit) run.push({ value, above: [...above] })
  }
  return run
}

/**
 * A server writes its Received line first and its findings on top of it. Below that line the same name was written by
 * whoever sent the mail. Delivery by LMTP on the same host adds a second line that means no journey.
 */
function cameIn(server: string, above: readonly string[]): boolean {
  if (writesBelow.has(server)) return false
  return above.some(value => {
    const plain = withoutComments(value)?.replace(/\s+/g, ' ').trim() ?? ''
    const match = /^(?:from \S+ )?by (\S+)(?: via \S+)?(?: with (\S+))?/i.exec(plain)
    return match?.[1]?.toLowerCase() === server && !/^lmtps?a?;?$/i.test(match[2] ?? '')
  })
}

interface Field {
  /** Lower case; '' where the field names none. */
  readonly server: string
  readonly results: readonly AuthResult[]
}

function parseField(value: string): Field | undefined {
  const plain = value.length > lengthLimit ? undefined : withoutComments(value)
  if (plain === undefined) return undefined
  const [head = '', ...rest] = splitAt(plain, ';')
  const [name = ''] = head.trim().split(/\s+/)
  // "spf=pass smtp.mailfrom=…": the first result where the name of the server should be.
  const isNamed = !name.includes('=')
  const results = (isNamed ? rest : [head, ...rest]).slice(0, resultLimit).flatMap(parseResult)
  return { server: isNamed ? unquoted(name).toLowerCase() : '', results }
}

/** The properties that name the domain a method vouches for, best first. */
const domainProperties: Readonly<Record<string, readonly string[]>> = {
  dmarc: ['header.from'],
  dkim: ['header.d', 'header.i'],
  spf: ['smtp.mailfrom'],
}

function parseResult(text: string): readonly AuthResult[] {
  const [first = '', ...words] = splitAt(text.replace(/\s*=\s*/g, '=').trim(), ' ')
  const match = /^([a-z][a-z0-9-]*)(?:\/\d+)?=([a-z]+)$/i.exec(first)
  if (!match) return []
  const [, method = '', result = ''] = match
  const properties = new Map<string, string>()
  for (const word of words) {
    const equals = word.indexOf('=')
    const key = word.slice(0, Math.max(equals, 0)).toLowerCase()
    // Said twice, a property could mean either: then it means nothing.
    if (key !== '') properties.set(key, properties.has(key) ? '' : unquoted(word.slice(equals + 1)))
  }
  const named = (domainProperties[method.toLowerCase()] ?? []).find(key => properties.has(key))
  return [
    {
      method: method.toLowerCase(),
      result: result.toLowerCase(),
      domain: named ? domainIn(properties.get(named) ?? '') : null,
    },
  ]
}

function domainIn(value: string): string | null {
  const domain = value.slice(value.lastIndexOf('@') + 1)
  return domainToASCII(domain).replace(/\.$/, '') || null
}

function unquoted(text: string): string {
  return text.startsWith('"')
    ? text.slice(1, text.endsWith('"') ? -1 : undefined).replace(/\\(.)/gs, '$1')
    : text
}

/** Splits outside quoted strings. */
function splitAt(text: string, separator: ';' | ' '): string[] {
  const out: string[] = ['']
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const char = text[i] ?? ''
    if (char === '"') quoted = !quoted
    const pair = quoted && char === '\\'
    if (char === separator && !quoted) out.push('')
    else out[out.length - 1] += pair ? `${char}${text[++i] ?? ''}` : char
  }
  return out.filter(part => part !== '')
}

/**
 * Comments (RFC 5322, 3.2.2) hold what the sender said, such as "arc=pass (dmarc=pass)", so they go before anything is
 * looked for. Undefined where brackets or quotes are not closed: then nobody can say what is a comment.
 */
function withoutComments(text: string): string | undefined {
  let out = ''
  let depth = 0
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const char = text[i] ?? ''
    if (char === '\\' && (quoted || depth > 0)) {
      if (depth === 0) out += `${char}${text[i + 1] ?? ''}`
      i++
    } else if (char === '"' && depth === 0) {
      quoted = !quoted
      out += char
    } else if (char === '(' && !quoted) {
      if (depth++ === 0) out += ' '
    } else if (char === ')' && !quoted) {
      if (--depth < 0) return undefined
    } else if (depth === 0) out += char
  }
  return depth === 0 && !quoted ? out : undefined
}
