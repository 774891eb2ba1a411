/**
 * Content-Transfer-Encoding (RFC 2045, 6) to bytes. Linear in the input; wrong encodings are read as far as they make
 * sense, because the sender's mistake must not cost the customer the mail.
 */

/** base64 with anything in it: line breaks, stray characters, several padded segments one after the other. */
export function decodeBase64(bytes: Buffer): Buffer {
  // Node would read "-" and "_" as digits of another alphabet; RFC 2045 says to ignore them.
  const text = bytes.toString('latin1').replace(/[-_]+/g, '')
  const padding = text.indexOf('=')
  if (padding < 0 || !hasDigits(text, padding)) return Buffer.from(text, 'base64')
  return Buffer.concat(
    text
      .split('=')
      .filter(segment => segment !== '')
      .map(segment => Buffer.from(segment, 'base64')),
  )
}

/** Whether base64 goes on behind the padding. */
function hasDigits(text: string, from: number): boolean {
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i)
    const digit =
      (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a)
    if (digit) return true
  }
  return false
}

/** Text that only claims to be base64: more than one byte in twenty of its first 4 KiB cannot occur in base64. */
export function looksLikeBase64(bytes: Buffer): boolean {
  const sample = bytes.subarray(0, 4096)
  let foreign = 0
  for (const byte of sample) {
    const digit =
      (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a)
    const other = byte === 0x2b || byte === 0x2f || byte === 0x3d || byte === 0x0d || byte === 0x0a
    if (!digit && !other) foreign++
  }
  return foreign * 20 <= sample.length
}

function hexDigit(byte: number | undefined): number {
  if (byte === undefined) return -1
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  if (byte >= 0x41 && byte <= 0x46) return byte - 0x37
  if (byte >= 0x61 && byte <= 0x66) return byte - 0x57
  return -1
}

/** Where the line ends if nothing but white space follows `at`, else -1. */
function endOfBlankRest(bytes: Buffer, at: number): number {
  let i = at
  while (bytes[i] === 0x20 || bytes[i] === 0x09 || bytes[i] === 0x0d) i++
  return i >= bytes.length || bytes[i] === 0x0a ? i : -1
}

/** quoted-printable (RFC 2045, 6.7): soft breaks joined, transport padding dropped, broken escapes left as they are. */
export function decodeQuotedPrintable(bytes: Buffer): Buffer {
  if (!bytes.includes(0x3d) && !bytes.includes(' \n') && !bytes.includes(' \r')) return bytes
  const out = Buffer.allocUnsafe(bytes.length)
  let length = 0
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0
    if (byte === 0x3d) {
      const high = hexDigit(bytes[i + 1])
      const low = hexDigit(bytes[i + 2])
      const end = high >= 0 && low >= 0 ? -1 : endOfBlankRest(bytes, i + 1)
      if (high >= 0 && low >= 0) {
        out[length++] = high * 16 + low
        i += 2
        continue
      }
      if (end >= 0) {
        i = end
        continue
      }
    } else if (byte === 0x20 || byte === 0x09) {
      let rest = i
      while (bytes[rest] === 0x20 || bytes[rest] === 0x09) rest++
      const padding =
        rest >= bytes.length || bytes[rest] === 0x0a || (bytes[rest] === 0x0d && bytes[rest + 1] === 0x0a)
      if (!padding) length += bytes.copy(out, length, i, rest)
      i = rest - 1
      continue
    }
    out[length++] = byte
  }
  return out.subarray(0, length)
}

/** The encoding's name without the quotes, comments and spellings that senders give it. */
export function transferEncoding(value: string): string {
  const name = (value.split(/[;(]/)[0] ?? '').trim().toLowerCase().replaceAll('"', '')
  if (name === 'base-64' || name === 'b') return 'base64'
  if (name === 'x-uue' || name === 'uuencode' || name === 'uue') return 'x-uuencode'
  if (name === 'quoted_printable' || name === 'quotedprintable' || name === 'qp') return 'quoted-printable'
  return name
}

/** uuencode, as mailers of the nineties wrote it: lines with a length, between "begin" and "end". */
export function decodeUuencode(bytes: Buffer): Buffer {
  const lines = bytes.toString('latin1').split(/\r?\n/)
  const begin = lines.findIndex(line => /^begin \d{3,4} /.test(line))
  const out: Buffer[] = []
  for (const line of begin < 0 ? [] : lines.slice(begin + 1)) {
    if (line === 'end') break
    const length = (line.charCodeAt(0) - 32) & 63
    const triples = Buffer.alloc(Math.ceil((line.length - 1) / 4) * 3)
    for (let i = 1, at = 0; i < line.length; i += 4, at += 3) {
      const [a = 0, b = 0, c = 0, d = 0] = [0, 1, 2, 3].map(j => ((line.charCodeAt(i + j) || 32) - 32) & 63)
      triples.writeUIntBE((a << 18) | (b << 12) | (c << 6) | d, at, 3)
    }
    out.push(triples.subarray(0, length))
  }
  return begin < 0 ? bytes : Buffer.concat(out)
}

/** The bytes that were meant. */
export function decodeTransfer(bytes: Buffer, encoding: string): Buffer {
  if (encoding === 'base64') return decodeBase64(bytes)
  if (encoding === 'x-uuencode') return decodeUuencode(bytes)
  return encoding === 'quoted-printable' ? decodeQuotedPrintable(bytes) : bytes
}
