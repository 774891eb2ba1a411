import {
  attributionOpeners,
  attributionVerbs,
  footerFrames,
  footerSigns,
  footerStarts,
  forwardWords,
  headerKeys,
  originalMessageWords,
  quotingOpeners,
  replyAboveWords,
} from '../../../desk/quote-words.ts'
import { firstPerson, isStatusLine } from './text-lines.ts'

/**
 * What one line (or the few lines of one attribution) says about the text around it. Pure string comparison on lines
 * cut to a bounded length: expressions over whole mails are how one mail stops an intake for minutes.
 */
const lineReach = 400
const attributionLines = 4
const headerBlockLines = 14

type HeaderKind = keyof typeof headerKeys

const keyKinds = new Map<string, HeaderKind>(
  Object.entries(headerKeys).flatMap(([kind, words]) =>
    words.map(word => [word, kind as HeaderKind] as const),
  ),
)

/** A line as it is compared: cut, trimmed, lower case, without the bold marks that text versions of HTML leave. */
export function comparable(line: string): string {
  return line
    .slice(0, lineReach)
    .replace(/[\u00a0\u202f]/g, ' ')
    .replace(/[*\u200e\u200f\u202a-\u202e]/g, '')
    .trim()
    .toLowerCase()
}

export function isQuoted(line: string): boolean {
  let at = 0
  while (at < 4 && (line[at] === ' ' || line[at] === '\t')) at++
  return (
    line[at] === '>' ||
    (line[at] === '&' && line.startsWith('&gt;', at)) ||
    (line[at] === '|' && line[at + 1] === '>')
  )
}

/** `-- ` (RFC 3676, 4.3), also where a relay or an HTML conversion took the space. */
export function isSignatureMark(line: string): boolean {
  return line === '-- ' || line === '--' || line === '--\u00a0' || line === '-- \r' || line === '\u2014 '
}

const dashes = '-‐‑–—_=*·#> \t'

/** The words of a line between dashes, undefined when it does not start with two of them. */
function betweenDashes(line: string): string | undefined {
  let start = 0
  while (start < line.length && dashes.includes(line[start] ?? '')) start++
  let end = line.length
  while (end > start && `${dashes}:`.includes(line[end - 1] ?? '')) end--
  return start >= 2 || end < line.length - 1 ? line.slice(start, end) : undefined
}

export function isOriginalMessageMark(line: string): boolean {
  const words = betweenDashes(comparable(line))
  return (
    words !== undefined &&
    originalMessageWords.some(known => words === known || words.startsWith(`${known} `))
  )
}

/** The same words without dashes: they mean history only where a header block follows. */
export function isOriginalMessageTitle(line: string): boolean {
  return originalMessageWords.includes(comparable(line).replace(/:$/, ''))
}

export function isForwardMark(line: string): boolean {
  const text = comparable(line)
  const words = betweenDashes(text) ?? (text.endsWith(':') ? text.slice(0, -1) : undefined)
  return words !== undefined && forwardWords.some(known => words === known || words.startsWith(`${known} `))
}

export function isReplyAboveMark(line: string): boolean {
  const text = comparable(line)
  return text.length < 200 && replyAboveWords.some(words => text.includes(words))
}

export function isRule(line: string): boolean {
  const text = line.trim()
  return text.length >= 10 && text.length < 200 && text === '_'.repeat(text.length)
}

/** "Von meinem iPhone gesendet" and the like: a short line that only a device writes. */
export function isFooter(line: string): boolean {
  const text = comparable(line).replace(/[.!]+$/, '')
  if (text.length > 150 || text.split(/\s+/).length > 14) return false
  const known =
    footerStarts.some(start => text.startsWith(start)) ||
    footerFrames.some(([start, end]) => text.startsWith(start) && text.endsWith(end))
  return known && footerSigns.some(sign => text.includes(sign))
}

/** The first half of a wrapped footer; kept apart because a sentence of the sender may go on in such a line, too. */
export function isFooterStart(line: string): boolean {
  const text = comparable(line)
  return (
    footerStarts.some(start => text.startsWith(start)) ||
    footerFrames.some(([start]) => text.startsWith(start))
  )
}

/** Meaning of a line `Von: …`, undefined for any other. */
export function headerKind(line: string): HeaderKind | undefined {
  const text = comparable(line)
  const colon = text.search(/[:：]/)
  return colon < 1 || colon > 22 ? undefined : keyKinds.get(text.slice(0, colon).trim())
}

/**
 * Whether a quoted header block starts here: sender, and subject or date and recipient, close together. A customer may
 * well write "Von: Hamburg, An: Berlin" about a delivery, so two of them prove nothing.
 */
export function startsHeaderBlock(lines: readonly string[], at: number): boolean {
  const first = headerKind(lines[at] ?? '')
  if (first === undefined || first === 'other' || first === 'to') return false
  const kinds = new Set<HeaderKind>()
  let mail = false
  let blanks = 0
  for (let i = at; i < Math.min(lines.length, at + headerBlockLines); i++) {
    const line = lines[i] ?? ''
    if (line.trim() === '') {
      if (++blanks > headerBlockLines / 2) break
      continue
    }
    const kind = headerKind(line)
    if (kind === undefined && blanks > 0 && kinds.size > 0 && !lineContinues(lines[i - 1])) break
    if (kind !== undefined) kinds.add(kind)
    if (line.includes('@') || /\d{1,2}[:.]\d{2}/.test(comparable(line))) mail = true
  }
  if (!kinds.has('from')) return false
  return kinds.has('subject')
    ? kinds.has('date') || kinds.has('to')
    : kinds.has('date') && kinds.has('to') && mail
}

function lineContinues(line: string | undefined): boolean {
  return line !== undefined && /[,;<]$/.test(line.trimEnd().slice(-5))
}

export interface Attribution {
  /** Lines it covers. */
  readonly lines: number
  /** Names an address or a time: then unquoted text below it is history as well. */
  readonly sure: boolean
}

function hasWord(text: string, word: string): boolean {
  const at = text.indexOf(word)
  if (at < 0) return false
  const before = text[at - 1]
  const after = text[at + word.length]
  const letter = /\p{L}/u
  const script = /[\u3040-\u9fff]/.test(word)
  return (
    script || !((before !== undefined && letter.test(before)) || (after !== undefined && letter.test(after)))
  )
}

/** Known first words, or a date in front: "20 окт. 2016 г. 19:37 Anna <…> написал:". */
function opensAttribution(line: string): boolean {
  return (
    /^\d{1,2}[. ]\s?[\d\p{L}]|^\d{4}[-/年]/u.test(line) ||
    [...attributionOpeners, ...quotingOpeners].some(opener => line.startsWith(opener))
  )
}

/** A line of history may close the bracket of an attribution that was broken before ">". */
function closesBracket(text: string, line: string): boolean {
  return text.lastIndexOf('<') > text.lastIndexOf('>') && line.length < 60 && /[:：]$/.test(line)
}

/** The attribution that starts at `at`: "Am … schrieb …:", also broken over several lines. */
export function attributionAt(lines: readonly string[], at: number): Attribution | undefined {
  let text = ''
  for (let count = 1; count <= attributionLines; count++) {
    const line = comparable(lines[at + count - 1] ?? '')
    if (line === '' || (isQuoted(line) && !closesBracket(text, line))) return undefined
    if (text === '' && isStatusLine(line)) return undefined
    text = text === '' ? line : `${text} ${line}`
    const inline = count === 1 ? inlineAttribution(line) : undefined
    if (inline) return inline
    if (!/[:：]$/.test(text) && !/ wrote -{2,}$/.test(text)) continue
    const found = judgeAttribution(text, count)
    return found && startsLater(lines, at, count) ? undefined : found
  }
  return undefined
}

/** Yahoo's app writes the first words of the history into the line of the attribution. */
function inlineAttribution(line: string): Attribution | undefined {
  const end = line.indexOf('>: ')
  const found = end > 0 && opensAttribution(line) ? judgeAttribution(line.slice(0, end + 2), 1) : undefined
  return found?.sure ? found : undefined
}

/** Whether the attribution rather starts in a later line, and the first one is the sender's own last sentence. */
function startsLater(lines: readonly string[], at: number, count: number): boolean {
  const opened = opensAttribution(comparable(lines[at] ?? ''))
  for (let next = 1; next < count; next++) {
    const line = comparable(lines[at + next] ?? '')
    const rest = lines
      .slice(at + next, at + count)
      .map(comparable)
      .join(' ')
    const found = judgeAttribution(rest, count - next)
    if (found && (!opened || (opensAttribution(line) && found.sure))) return true
  }
  return false
}

function judgeAttribution(spelled: string, lines: number): Attribution | undefined {
  const text = spelled.replace(/^[-\s]+|[-\s]+$/g, '')
  const address = /[^\s<>@]{1,64}@[^\s<>@]{1,255}/.test(text)
  const time = /\d{1,2}[:.h]\d{2}/.test(text)
  const date = /\d{4}|\d{1,2}[./]\s?\d{1,2}[./]|\d{1,2}\.? \p{L}{3,}|\p{L}{3,} \d{1,2},/u.test(text)
  const opened = opensAttribution(text)
  const bracketed = /<[^<>]{0,200}@/.test(text)
  const person = firstPerson.test(text)
  const verb = attributionVerbs.some(word => hasWord(text, word))
  const reversed = /(schrieb am|wrote on) .{0,60}\d( [ap]m)?[:：]$/.test(text)
  const plain =
    !person && /^[^.!?:]{0,80}<[^<>]{1,100}@[^<>]{1,100}> (wrote|schrieb|writes|schreibt)[:：]$/.test(text)
  const sure = plain || (!person && date && (opened || reversed) && (bracketed || time))
  if (quotingOpeners.some(opener => text.startsWith(opener))) return { lines, sure: address }
  if (verb && (address || time || date)) return { lines, sure }
  if (verb && lines === 1 && text.length < 100) return { lines, sure: false }
  // Gmail in languages without a verb: "2026年3月5日(木) 10:11 Anna <anna@example.com>:"
  const gmail = bracketed && (time || date) && />[:：]$/.test(text) && !person
  return gmail && (opened || /^\d/.test(text)) ? { lines, sure: true } : undefined
}

/** Words that end in a colon right above a quote and name a time or an address, in whatever language. */
export function looksLikeAttribution(paragraph: string): boolean {
  const text = comparable(paragraph)
  return /[:：]$/.test(text) && (text.includes('@') || /\d{1,2}[:.]\d{2}|\d{4}/.test(text))
}
