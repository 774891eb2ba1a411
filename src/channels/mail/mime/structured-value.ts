import { decodeText } from './charset.ts'
import { decodeWords } from './encoded-words.ts'

/**
 * Content-Type and Content-Disposition: a value with parameters (RFC 2045, 5.1; RFC 2231; RFC 2183), read as mailers
 * write them: missing semicolons, unquoted blanks, Windows paths, encoded words where RFC 2231 was meant.
 */
export interface StructuredValue {
  /** Lower case, '' when absent. */
  readonly value: string
  /** Names in lower case, values decoded. The first of duplicates wins. */
  readonly params: ReadonlyMap<string, string>
}

/** More parameters than any sender needs; RFC 2231 pieces count one each. */
const paramLimit = 500

interface Piece {
  readonly index: number
  readonly encoded: boolean
  readonly value: string
}

/** Splits at semicolons outside quotes; quoted text keeps its quotes so that the reader knows it was quoted. */
function splitAtSemicolons(text: string): string[] {
  const out: string[] = []
  let start = 0
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const char = text[i]
    if (char === '\\' && quoted && (text[i + 1] === '"' || text[i + 1] === '\\')) i++
    else if (char === '"') quoted = !quoted
    else if (char === ';' && !quoted) {
      out.push(text.slice(start, i))
      start = i + 1
    }
    if (out.length > paramLimit) return out
  }
  out.push(text.slice(start))
  return out
}

/** A quoted string's content. A backslash before a letter stays: Windows senders put paths into file names. */
function unquote(text: string): string {
  const trimmed = text.trim()
  if (!trimmed.startsWith('"')) return trimmed
  const closed = trimmed.length > 1 && trimmed.endsWith('"')
  return trimmed.slice(1, closed ? -1 : undefined).replace(/\\(["\\])/g, '$1')
}

/** RFC 2231, 4: percent-encoded bytes in a named charset. */
function percentBytes(text: string): Buffer {
  const source = Buffer.from(text)
  const out = Buffer.allocUnsafe(source.length)
  let length = 0
  for (let i = 0; i < source.length; i++) {
    const code = source[i] === 0x25 ? source.toString('latin1', i + 1, i + 3) : ''
    if (/^[\da-f]{2}$/i.test(code)) {
      out[length++] = Number.parseInt(code, 16)
      i += 2
    } else out[length++] = source[i] ?? 0
  }
  return out.subarray(0, length)
}

/** Puts the continuations of one parameter together before decoding: a character may be split between two of them. */
function joinPieces(pieces: readonly Piece[]): string {
  const sorted = pieces.toSorted((a, b) => a.index - b.index)
  const [first] = sorted
  if (!first?.encoded && !sorted.some(piece => piece.encoded)) {
    return decodeWords(sorted.map(piece => piece.value).join(''))
  }
  const [, charset = '', rest] = /^([^']*)'[^']*'(.*)$/s.exec(first?.value ?? '') ?? []
  const values = sorted.map((piece, i) => {
    const value = i === 0 && rest !== undefined ? rest : piece.value
    return piece.encoded ? percentBytes(value) : Buffer.from(value)
  })
  return decodeText(Buffer.concat(values), charset === '' ? null : charset).text
}

function withoutComment(name: string, value: string): string {
  const filename = name === 'filename' || name === 'name'
  const at = filename || value.startsWith('"') ? -1 : value.indexOf('(')
  return at < 0 ? value : value.slice(0, at)
}

/** Reads one field value; never fails, at worst `value` is ''. */
export function structuredValue(text: string): StructuredValue {
  const [head = '', ...tail] = splitAtSemicolons(text)
  const [, value = '', missingSemicolon = ''] = /^\s*([^\s(]*)(.*)$/s.exec(head) ?? []
  const rest = missingSemicolon.includes('=') ? [missingSemicolon, ...tail] : tail
  const plain = new Map<string, string>()
  const pieces = new Map<string, Piece[]>()
  for (const param of rest.slice(0, paramLimit)) {
    const equals = param.indexOf('=')
    if (equals < 0) continue
    const [name = '', index, star] = nameOf(param.slice(0, equals))
    const raw = param.slice(equals + 1).trim()
    if (index === undefined) {
      if (!plain.has(name)) plain.set(name, decodeWords(unquote(withoutComment(name, raw))))
      continue
    }
    const known = pieces.get(name) ?? []
    known.push({ index, encoded: star, value: unquote(raw) })
    pieces.set(name, known)
  }
  for (const [name, parts] of pieces) plain.set(name, joinPieces(parts))
  return { value: value.toLowerCase().replaceAll('"', ''), params: plain }
}

/** `filename*1*` is name, index, encoded; `filename*` is index 0, encoded; `filename` has no index. */
function nameOf(text: string): readonly [name: string, index: number | undefined, encoded: boolean] {
  const key = text.trim().toLowerCase()
  const [, name = key, digits, star] = /^([^*]+)\*(\d{0,4})(\*?)$/.exec(key) ?? []
  if (digits === undefined) return [key, undefined, false]
  return [name, digits === '' ? 0 : Number(digits), digits === '' || star === '*']
}
