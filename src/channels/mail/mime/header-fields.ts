import { cleanText, decodeText } from './charset.ts'

/**
 * The header block of a mail or of a part. Values are unfolded and raw 8-bit bytes are already text; encoded words
 * are not touched, because an address list must be split before they are decoded (RFC 2047, 5.3).
 */
export class HeaderFields {
  private readonly values = new Map<string, string[]>()
  /** Every field in order of appearance, names in lower case. */
  readonly entries: (readonly [name: string, value: string])[] = []

  add(name: string, value: string): void {
    const key = name.toLowerCase()
    const known = this.values.get(key)
    if (known) known.push(value)
    else this.values.set(key, [value])
    this.entries.push([key, value])
  }

  /** Every value of a field, in order of appearance. */
  all(name: string): readonly string[] {
    return this.values.get(name.toLowerCase()) ?? []
  }

  /** The first value that says anything, '' when there is none: duplicates are a forger's or a relay's addition. */
  first(name: string): string {
    return this.all(name).find(value => value !== '') ?? ''
  }

  has(name: string): boolean {
    return this.values.has(name.toLowerCase())
  }
}

export interface HeaderBlock {
  readonly fields: HeaderFields
  /** Offset of the first byte of the body. */
  readonly bodyStart: number
  readonly defects: readonly string[]
}

/** More fields than any relay chain adds; a longer block is cut, not refused. */
const fieldLimit = 100_000
/** One field, unfolded: room for some ten thousand recipients. */
const fieldBytesLimit = 1_048_576
/** How far a line without a colon is forgiven, when fields go on behind it. */
const forgivenLines = 3

interface Line {
  readonly start: number
  readonly end: number
  readonly next: number
}

function lineAt(bytes: Buffer, start: number, limit: number): Line {
  const feed = bytes.indexOf(0x0a, start)
  const stop = feed < 0 || feed >= limit ? limit : feed
  const end = stop > start && bytes[stop - 1] === 0x0d ? stop - 1 : stop
  return { start, end, next: Math.min(stop + 1, limit) }
}

function isBlank(bytes: Buffer, line: Line): boolean {
  for (let i = line.start; i < line.end; i++) if (bytes[i] !== 0x20 && bytes[i] !== 0x09) return false
  return true
}

/** Offset of the colon of a field line (RFC 5322, 2.2), -1 when the line is none. White space before it is forgiven. */
function colonOf(bytes: Buffer, line: Line): number {
  let named = false
  let spaced = false
  for (let i = line.start; i < line.end && i - line.start < 200; i++) {
    const byte = bytes[i] ?? 0
    if (byte === 0x3a) return named ? i : -1
    if (byte === 0x20 || byte === 0x09) spaced = named
    else if (byte < 0x21 || byte > 0x7e || spaced) return -1
    else named = true
    if (!named) return -1
  }
  return -1
}

function startsWith(bytes: Buffer, line: Line, text: string): boolean {
  return (
    line.end - line.start >= text.length &&
    bytes.toString('latin1', line.start, line.start + text.length) === text
  )
}

/** Whether header fields go on behind a line that is none: then the line is junk, else the body starts with it. */
function fieldsFollow(bytes: Buffer, from: number, limit: number): boolean {
  let at = from
  for (let i = 0; i < forgivenLines && at < limit; i++) {
    const line = lineAt(bytes, at, limit)
    if (line.end === line.start) return false
    if (colonOf(bytes, line) > 0 && !startsWith(bytes, line, 'http')) return true
    at = line.next
  }
  return false
}

interface OpenField {
  readonly name: string
  readonly pieces: Buffer[]
  size: number
}

/**
 * Reads the block that starts at `start` and ends before `limit`. `isDelimiter` says that a line ends the part, for
 * parts whose header is not followed by an empty line.
 */
export function readHeaderBlock(
  bytes: Buffer,
  start: number,
  limit: number,
  isDelimiter: (line: string) => boolean = () => false,
): HeaderBlock {
  const fields = new HeaderFields()
  const defects = new Set<string>()
  let open: OpenField | undefined
  let at = start
  const close = () => {
    if (open && fields.entries.length < fieldLimit) fields.add(open.name, fieldText(open.pieces))
    else if (open) defects.add('too many header fields')
    open = undefined
  }
  while (at < limit) {
    const line = lineAt(bytes, at, limit)
    const first = bytes[line.start]
    if (line.end === line.start || (isBlank(bytes, line) && !fieldsFollow(bytes, line.next, limit))) {
      at = line.next
      break
    }
    const colon = first === 0x20 || first === 0x09 ? -1 : colonOf(bytes, line)
    if ((first === 0x20 || first === 0x09) && open) {
      append(open, bytes.subarray(line.start, line.end), defects)
    } else if (colon > 0) {
      close()
      open = { name: bytes.toString('latin1', line.start, colon).trim(), pieces: [], size: 0 }
      append(open, bytes.subarray(colon + 1, line.end), defects)
    } else if (
      first === 0x2d &&
      bytes[line.start + 1] === 0x2d &&
      isDelimiter(bytes.toString('latin1', line.start, line.end))
    ) {
      break
    } else if (startsWith(bytes, line, 'From ') || startsWith(bytes, line, '>From ')) {
      defects.add('mailbox separator line in the header')
    } else if (fieldsFollow(bytes, line.next, limit)) {
      defects.add('line without a field name in the header')
    } else {
      defects.add('no empty line between header and body')
      break
    }
    at = line.next
  }
  close()
  return { fields, bodyStart: at, defects: [...defects] }
}

function append(field: OpenField, piece: Buffer, defects: Set<string>): void {
  field.size += piece.length
  if (field.size <= fieldBytesLimit) field.pieces.push(piece)
  else defects.add('header field cut')
}

/** Unfolded (RFC 5322, 2.2.3): the line break and the white space around it become one space. */
function fieldText(pieces: readonly Buffer[]): string {
  if (pieces.length === 1 && pieces[0]) return cleanText(decodeText(pieces[0], null).text).trim()
  const { text } = decodeText(Buffer.concat(pieces.flatMap(piece => [piece, Buffer.from('\n')])), null)
  return cleanText(text)
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')
    .join(' ')
}
