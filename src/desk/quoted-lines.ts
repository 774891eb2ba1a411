import {
  attributionOpeners,
  attributionVerbs,
  footerFrames,
  footerSigns,
  footerStarts,
  forwardWords,
  headerKeys,
  originalMessageWords,
} from './quote-words.ts'

/**
 * A second, simpler look at quoted text, for the gate before an agent's words go out. Where the reader of replies keeps a
 * line in doubt, this one finds fault in doubt.
 */

const keys: ReadonlySet<string> = new Set(Object.values(headerKeys).flat())

function comparable(line: string): string {
  return line
    .slice(0, 500)
    .replace(/[\u00a0\u202f]/g, ' ')
    .replace(/[*\u200b\u200e\u200f\u202a-\u202e\ufeff]/g, '')
    .trim()
    .toLowerCase()
}

export function isQuotedLine(line: string): boolean {
  return /^\s{0,4}(?:>|&gt;|\|\s?>|\|\s)/.test(line)
}

/** A line that opens or heads a quoted mail: attribution (also over two lines), "Von: …", "Original Message". */
export function isHistoryLine(line: string, next: string): boolean {
  const text = comparable(line)
  if (text === '') return false
  const words = text.replace(/^[-_=\s]+|[-_=:\s]+$/g, '')
  if (originalMessageWords.includes(words) || forwardWords.includes(words)) return true
  return (
    isAttribution(text) ||
    opensAttribution(text) ||
    isAttribution(`${text} ${comparable(next)}`) ||
    headsMail(text, next)
  )
}

function isAttribution(text: string): boolean {
  return /[:：]$/.test(text) && /\d/.test(text) && attributionVerbs.some(verb => text.includes(verb))
}

/** The first half of one whose end is lost: a date, a verb and no end, and nobody speaks of themselves. */
function opensAttribution(text: string): boolean {
  return (
    text.length < 120 &&
    /\d\D+\d/.test(text) &&
    !/[.!?]$/.test(text) &&
    !/(?:^|\s)(?:ich|wir|i|we)\s/.test(text) &&
    attributionOpeners.some(opener => text.startsWith(opener)) &&
    attributionVerbs.some(verb => text.includes(` ${verb}`))
  )
}

/** Two header lines in a row. One alone is a sentence: "An: Herrn Meyer" is how some people begin. */
function headsMail(text: string, next: string): boolean {
  return isHeader(text) && isHeader(comparable(next))
}

function isHeader(text: string): boolean {
  const colon = text.search(/[:：]/)
  return colon > 0 && colon < 23 && keys.has(text.slice(0, colon).trim())
}

/** "Sent from my phone": a start that footers have and a thing that they name. */
export function isFooterLine(line: string): boolean {
  const text = comparable(line)
  const begins =
    footerStarts.some(start => text.startsWith(start)) ||
    footerFrames.some(([start, end]) => text.startsWith(start) && text.includes(end))
  return begins && text.length < 150 && footerSigns.some(sign => text.includes(sign))
}

/**
 * The lines of `text` that `kept` left out, without those that are plainly history: quoted, empty, rules, headers,
 * attributions, the footers of telephones. `kept` has its lines in the order of `text`.
 */
export function dropped(text: string, kept: string): readonly string[] {
  const own = kept
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')
  const lines = text.split('\n')
  const out: string[] = []
  let at = 0
  for (const [i, line] of lines.entries()) {
    if (line.trim() === own[at]) {
      at++
      continue
    }
    if (isQuotedLine(line) || !/[\p{L}\p{N}]/u.test(line)) continue
    const above = lines[i - 1] ?? ''
    const compared = comparable(line)
    const history = isHistoryLine(line, lines[i + 1] ?? '') || isHistoryLine(above, line)
    if (!history && !isHeader(compared) && !isFooterLine(line)) out.push(line)
  }
  return out
}
