import { cleanText, decodeText } from './charset.ts'
import { decodeBase64, decodeQuotedPrintable } from './transfer-decoding.ts'

/**
 * RFC 2047 encoded words as they occur in practice: split in the middle of a character or of a base64 quantum, inside
 * quoted strings, without the white space between words, with spaces in them. One pass over the value.
 */
interface Word {
  readonly charset: string
  readonly encoding: 'b' | 'q'
  readonly payload: string
  readonly end: number
}

const charsetLimit = 60
/** RFC 2047 allows 75; mailers that encode a whole subject in one word go far beyond. Bounds the search for the end. */
const payloadLimit = 2_000

/** The encoded word that starts at `at`, undefined when there is none. */
function wordAt(value: string, at: number): Word | undefined {
  const charsetEnd = value.indexOf('?', at + 2)
  if (charsetEnd < 0 || charsetEnd - at > charsetLimit || value[charsetEnd + 2] !== '?') return undefined
  const charset = value.slice(at + 2, charsetEnd)
  if (!/^[\w.:+*()-]+$/.test(charset)) return undefined
  const encoding = value[charsetEnd + 1]?.toLowerCase()
  if (encoding !== 'b' && encoding !== 'q') return undefined
  const start = charsetEnd + 3
  const length = value.slice(start, start + payloadLimit).indexOf('?=')
  if (length < 0) return undefined
  return { charset, encoding, payload: value.slice(start, start + length), end: start + length + 2 }
}

/** Offset behind the encoded word that starts at `at`, undefined when none does: its commas and quotes mean nothing. */
export function encodedWordEnd(value: string, at: number): number | undefined {
  return wordAt(value, at)?.end
}

/** "Q" payload to bytes: "_" is a space, everything else as in quoted-printable. */
function qBytes(payload: string): Buffer {
  return decodeQuotedPrintable(Buffer.from(payload.replaceAll('_', '=20')))
}

/** Words that follow each other in one charset are one run of bytes: only then does a split character survive. */
function decodeRun(words: readonly Word[]): string {
  const chunks: Buffer[] = []
  let base64 = ''
  for (const word of words) {
    if (word.encoding === 'b') {
      base64 += word.payload
      if (base64.length % 4 !== 0 && !base64.endsWith('=')) continue
    }
    if (base64 !== '') chunks.push(decodeBase64(Buffer.from(base64)))
    base64 = ''
    if (word.encoding === 'q') chunks.push(qBytes(word.payload))
  }
  if (base64 !== '') chunks.push(decodeBase64(Buffer.from(base64)))
  return decodeText(Buffer.concat(chunks), words[0]?.charset ?? null).text
}

function isBlank(text: string): boolean {
  return text.trim() === ''
}

/** Decodes every encoded word of `value` and leaves the rest as it is. */
export function decodeWords(value: string): string {
  if (!value.includes('=?')) return value
  const out: string[] = []
  let run: Word[] = []
  let done = 0
  let at = value.indexOf('=?')
  const lastClosing = value.lastIndexOf('?=')
  while (at >= 0 && at < lastClosing) {
    const word = wordAt(value, at)
    if (!word) {
      at = value.indexOf('=?', at + 2)
      continue
    }
    const between = value.slice(done, at)
    const last = run.at(-1)
    if (last && (!isBlank(between) || last.charset.toLowerCase() !== word.charset.toLowerCase())) {
      out.push(decodeRun(run))
      run = []
    }
    if (!last || !isBlank(between)) out.push(between)
    run.push(word)
    done = word.end
    at = value.indexOf('=?', done)
  }
  if (run.length > 0) out.push(decodeRun(run))
  return out.join('') + value.slice(done)
}

/** A decoded, unfolded, single-line header text: control characters from inside encoded words become spaces. */
export function headerText(value: string): string {
  return cleanText(decodeWords(value))
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()
}
