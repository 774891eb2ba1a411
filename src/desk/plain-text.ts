/**
 * Words from outside, made safe to print in a letter: what could forge a header line, turn reading direction around or
 * hide inside a word is taken out; what could drive one of our letters through a filter or a layout is cut. The raw
 * mail keeps everything.
 */

const lineBreaks = /\r\n?|[\v\f\u0085\u2028\u2029]/g
/** Control characters but tab and line feed; marks that change reading direction; characters without any width. */
const invisible =
  /[[\p{Cc}--[\t\n]]\u00AD\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF\u{E0000}-\u{E007F}]/gv

/** Keeps tabs and line feeds; every other line break becomes a line feed. */
export function printable(text: string): string {
  return text.toWellFormed().replace(lineBreaks, '\n').replace(invisible, '')
}

/** The same on one line, as a subject or a name needs it. */
export function oneLine(text: string): string {
  return printable(text).replace(/\s+/g, ' ').trim()
}

/** At most `length` characters, with an ellipsis where something is missing. */
export function shortened(text: string, length: number): string {
  if (text.length <= length) return text
  // A cut through a surrogate pair leaves half a character, which goes too.
  return `${text
    .slice(0, length - 1)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trimEnd()}…`
}

/**
 * Addresses of web pages become `word`. A letter that repeats a stranger's words goes to whomever the stranger named
 * as sender; without this it would carry his links to his victims, under our name.
 */
export function withoutLinks(text: string, word: string): string {
  return text.replace(
    /\b(?:[a-z][a-z0-9+.-]{0,20}:\/\/|www\.|[a-z0-9-]{1,63}\.[a-z]{2,24}\/)\S*/gi,
    `[${word}]`,
  )
}

/** Prefixes that mail programs put before a subject, with their counters: Re:, AW:, WG:, Re[2]:, Fwd:. */
const prefixes = ['re', 'aw', 'antw', 'antwort', 'sv', 'wg', 'fw', 'fwd', 'weitergeleitet', 'wtrlt']
const prefixRun = new RegExp(
  `^\\s*(?:(?:${prefixes.join('|')})\\s{0,3}(?:\\[\\d+\\]|\\(\\d+\\)|\\^\\d+)?\\s{0,3}:\\s*)+`,
  'i',
)

/** A subject without its run of reply and forward prefixes, on one line. */
export function bareSubject(subject: string): string {
  return oneLine(subject).replace(prefixRun, '').trim()
}

/** Lines of at most `width` characters where there are spaces to break at; quote marks and indents are carried on. */
export function wrapped(text: string, width = 72): string {
  return text
    .split('\n')
    .map(line => wrapLine(line.trimEnd(), width))
    .join('\n')
}

/** "> " before every line, wrapped; a run of empty lines becomes one. */
export function quoted(text: string): string {
  const lines = printable(text)
    .trim()
    .replace(/\n(?:[^\S\n]*\n){2,}/g, '\n\n')
    .split('\n')
  return lines.map(line => wrapLine(`> ${line}`.trimEnd(), 72)).join('\n')
}

/** No mail program breaks such a word, and no customer wrote it: 998 bytes is the longest line of a mail (RFC 5322). */
const longestWord = 400

function wrapLine(line: string, width: number): string {
  if (line.length <= width) return line
  const indent = continuation(line)
  const lines: string[] = []
  let current = line.slice(0, indent.length)
  let empty = true
  for (const word of chopped(line.slice(indent.length), width - indent.length)) {
    if (!empty && current.length + 1 + word.length > width) {
      lines.push(current)
      current = indent
      empty = true
    }
    current += empty ? word : ` ${word}`
    empty = false
  }
  return [...lines, current].join('\n')
}

/** What the next line begins with: the quote marks of this one, or spaces below "Label:  ", "- " or an indent. */
function continuation(line: string): string {
  const quote = /^(?:> ?)+/.exec(line)?.[0]
  if (quote) return quote
  return ' '.repeat(/^(?:[^\s:][^:]{0,24}: {2,}|[-•] | +)/.exec(line)?.[0].length ?? 0)
}

function chopped(text: string, width: number): string[] {
  const words: string[] = []
  for (const word of text.split(/\s+/)) {
    if (word.length <= longestWord) words.push(word)
    else for (let at = 0; at < word.length; at += width) words.push(word.slice(at, at + width).toWellFormed())
  }
  return words.filter(word => word !== '')
}
