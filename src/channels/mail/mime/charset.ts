import { isAscii, isUtf8 } from 'node:buffer'
import iconv from 'iconv-lite'

/**
 * Bytes to text, whatever the mail claims about them. The adversary is not malice but habit: windows-1252 declared as
 * iso-8859-1, UTF-8 declared as us-ascii, names no registry knows. Nothing here throws; a wrong claim is a defect.
 *
 * The platform's TextDecoder is preferred (WHATWG labels already read iso-8859-1 as windows-1252 and gb2312 as gbk);
 * iconv-lite knows what browsers dropped, such as utf-7 and the DOS code pages.
 */
export interface DecodedText {
  readonly text: string
  /** What was wrong with the declaration, null when it was right. */
  readonly defect: string | null
}

/** Names in the wild that neither decoder knows, and what their senders mean. */
const aliases: Readonly<Record<string, string>> = {
  'unicode-1-1-utf-7': 'utf-7',
  'x-unicode-2-0-utf-7': 'utf-7',
  'iso-2022-jp-1': 'iso-2022-jp',
  'iso-2022-jp-2': 'iso-2022-jp',
  'iso-2022-jp-3': 'iso-2022-jp',
  'iso-2022-jp-ms': 'iso-2022-jp',
  cp50220: 'iso-2022-jp',
  cp50221: 'iso-2022-jp',
  cp932: 'shift_jis',
  cp936: 'gbk',
  cp949: 'euc-kr',
  cp950: 'big5',
  'big5-eten': 'big5',
  'utf-8mb4': 'utf-8',
  utf8mb4: 'utf-8',
  'x-utf-8': 'utf-8',
  'iso-8859-1-windows-3.1-latin-1': 'windows-1252',
  ansi: 'windows-1252',
  'x-ansi': 'windows-1252',
  'iso-latin-1': 'windows-1252',
  'latin-1': 'windows-1252',
  latin: 'windows-1252',
  'x-mac-ce': 'maccenteuro',
}

/** One-byte labels that mailers write when they mean "whatever it was": believed only after UTF-8 is ruled out. */
const weakClaims = new Set(['windows-1252', 'iso-8859-15', 'utf-8'])

const utf8 = new TextDecoder('utf-8')
const windows1252 = new TextDecoder('windows-1252')
const jis = new TextDecoder('iso-2022-jp')
const decoders = new Map<string, TextDecoder | undefined>()
/** Distinct unknown labels remembered; a sender must not be able to grow the map without end. */
const rememberedLabels = 200

function decoderFor(label: string): TextDecoder | undefined {
  if (decoders.has(label)) return decoders.get(label)
  let decoder: TextDecoder | undefined
  try {
    decoder = new TextDecoder(label)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
  }
  if (decoders.size < rememberedLabels) decoders.set(label, decoder)
  return decoder
}

/** Lower case, without quotes, RFC 2231 language tag or the decorations mailers invent. */
function normalLabel(label: string): string {
  const plain =
    label.trim().toLowerCase().replaceAll('"', '').replaceAll("'", '').replaceAll(' ', '').split('*')[0] ?? ''
  const known = aliases[plain] ?? plain
  return known
    .replace(/^(?:x-|ms-)?(?:cp|win|windows|ansi)[-_]?(125\d|874)$/, 'windows-$1')
    .replace(/^(?:x-)?iso[-_]?8859[-_]?(\d{1,2})(?:[:_-].*)?$/, 'iso-8859-$1')
    .replace(/^utf[-_ ]?(8|16|16le|16be|32|7)$/, 'utf-$1')
}

/** JIS escape sequences (RFC 1468), sent by mailers that forgot to declare them. */
function looksLikeJis(bytes: Uint8Array): boolean {
  const at = bytes.indexOf(0x1b)
  if (at < 0 || at + 2 >= bytes.length) return false
  const pair = String.fromCharCode(bytes[at + 1] ?? 0, bytes[at + 2] ?? 0)
  return pair === '$B' || pair === '$@' || pair === '(J'
}

/** Counts UTF-8 sequences that are whole against stray high bytes, in the first 64 KiB. */
function mostlyUtf8(bytes: Uint8Array): boolean {
  let whole = 0
  let stray = 0
  for (let i = 0; i < Math.min(bytes.length, 65_536); i++) {
    const byte = bytes[i] ?? 0
    if (byte < 0x80) continue
    const more = byte >= 0xf0 && byte < 0xf5 ? 3 : byte >= 0xe0 ? 2 : byte >= 0xc2 ? 1 : 0
    let seen = 0
    while (seen < more && ((bytes[i + 1 + seen] ?? 0) & 0xc0) === 0x80) seen++
    if (more > 0 && seen === more && byte < 0xf5) whole++
    else stray++
    i += seen
  }
  return whole > stray
}

/** Undeclared or wrongly declared bytes: UTF-8 where they are valid UTF-8, else windows-1252. */
function guess(bytes: Uint8Array): string {
  if (looksLikeJis(bytes)) return jis.decode(withoutIdleEscapes(bytes, jis))
  return isUtf8(bytes) || mostlyUtf8(bytes) ? utf8.decode(bytes) : windows1252.decode(bytes)
}

function decodeUtf16(bytes: Uint8Array, label: string): string {
  const [first, second] = bytes
  const bigEndian =
    (first === 0xfe && second === 0xff) ||
    label === 'utf-16be' ||
    (label === 'utf-16' && first === 0 && second !== 0 && second !== undefined)
  return new TextDecoder(bigEndian ? 'utf-16be' : 'utf-16le').decode(bytes)
}

/** Decodes `bytes` as `label` says, or as well as can be when it says nothing, nonsense or something untrue. */
export function decodeText(bytes: Uint8Array, label: string | null): DecodedText {
  const name = label === null ? '' : normalLabel(label)
  const sevenBit = isAscii(bytes)
  if (name.startsWith('utf-16')) return { text: decodeUtf16(bytes, name), defect: null }
  if (
    sevenBit &&
    !bytes.includes(0x1b) &&
    name !== 'utf-7' &&
    !name.startsWith('hz') &&
    !name.startsWith('utf-32')
  ) {
    return {
      text: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1'),
      defect: null,
    }
  }
  if (name === '') return { text: guess(bytes), defect: sevenBit ? null : 'charset undeclared' }
  const decoder = decoderFor(name)
  if (decoder && (weakClaims.has(decoder.encoding) || sevenBit)) {
    if (looksLikeJis(bytes) || (sevenBit && decoder.encoding !== 'iso-2022-jp'))
      return { text: guess(bytes), defect: null }
    const honest = decoder.encoding === 'utf-8' ? isUtf8(bytes) : !isUtf8(bytes)
    if (!honest) return { text: guess(bytes), defect: `charset wrongly declared as ${name.slice(0, 40)}` }
  }
  const text = decoder ? decoder.decode(withoutIdleEscapes(bytes, decoder)) : fromIconv(bytes, name)
  if (text === null) return { text: guess(bytes), defect: `charset unknown: ${name.slice(0, 40)}` }
  if (text.includes('\ufffd') && isUtf8(bytes))
    return { text: utf8.decode(bytes), defect: `charset wrongly declared as ${name}` }
  return { text, defect: null }
}

/** Two JIS escapes in a row are harmless where encoded words were joined, but browsers' decoders show them as damage. */
function withoutIdleEscapes(bytes: Uint8Array, decoder: TextDecoder): Uint8Array {
  if (decoder.encoding !== 'iso-2022-jp') return bytes
  const text = Buffer.from(bytes).toString('latin1')
  return Buffer.from(text.replaceAll('\x1b(B\x1b', '\x1b').replaceAll('\x1b(J\x1b', '\x1b'), 'latin1')
}

function fromIconv(bytes: Uint8Array, name: string): string | null {
  return iconv.encodingExists(name) ? iconv.decode(Buffer.from(bytes), name) : null
}

/** Text that PostgreSQL and JSON accept: no NUL, no lone surrogate. */
export function cleanText(text: string): string {
  return (text.includes('\0') ? text.replaceAll('\0', '') : text).toWellFormed()
}
