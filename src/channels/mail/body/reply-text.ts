import {
  attributionAt,
  isFooter,
  isFooterStart,
  isForwardMark,
  isOriginalMessageMark,
  isOriginalMessageTitle,
  isQuoted,
  isReplyAboveMark,
  isRule,
  isSignatureMark,
  looksLikeAttribution,
  startsHeaderBlock,
} from './quote-marks.ts'

/**
 * What the sender newly wrote. Line by line, each line looked at a bounded number of times, whatever the mail.
 *
 * When in doubt a line stays: an answer between quoted lines that vanishes makes an agent believe that the customer
 * has not answered, a quoted line too many only costs a glance.
 */
type Section = 'own' | 'quote' | 'signature'

/** A bare "--" without its space opens a signature only if no more lines than this follow it. */
const signatureLines = 15

class ReplyReader {
  private readonly lines: readonly string[]
  private readonly forwarded: boolean
  private readonly kept: string[] = []
  private readonly signed: string[] = []
  private inline = false
  private section: Section = 'own'

  constructor(text: string, forwarded: boolean) {
    this.lines = text.split('\n')
    this.forwarded = forwarded
  }

  read(): ReplyText {
    let at = 0
    while (at < this.lines.length) {
      const step = this.step(at)
      if (step === 'rest-stays') {
        this.kept.push('', ...this.lines.slice(at))
        break
      }
      if (step === 'rest-goes') {
        this.dropRules()
        break
      }
      at += step
    }
    const text = trimmed(this.kept)
    const signature = this.signed.join('\n')
    return { text, confidence: text === '' || this.inline ? 'unsure' : 'sure', signature }
  }

  /** Handles the line at `at` and says how many lines that took, or what becomes of everything from here on. */
  private step(at: number): number | 'rest-stays' | 'rest-goes' {
    const line = this.lines[at] ?? ''
    if (line.trim() === '') {
      if (this.section === 'own') this.kept.push('')
      return 1
    }
    if (isQuoted(line)) return this.forwarded ? 'rest-stays' : this.quoted()
    if (isForwardMark(line)) return 'rest-stays'
    if (this.startsHistory(at)) return this.forwarded ? 'rest-stays' : 'rest-goes'
    const attribution = attributionAt(this.lines, at)
    if (attribution && this.forwarded) return 'rest-stays'
    if (attribution) {
      const next = this.lines[this.nextFilled(at + attribution.lines)]
      if (next === undefined || isQuoted(next)) {
        this.section = 'quote'
        return attribution.lines
      }
      // With nothing above it, the history lost its marks and the answer stands somewhere below.
      if (attribution.sure) {
        if (!this.nothingOwn()) return 'rest-goes'
        this.inline = true
        return attribution.lines
      }
    }
    return this.ownLine(line, at)
  }

  private quoted(): number {
    if (this.section === 'own') this.dropAttribution()
    this.section = 'quote'
    return 1
  }

  /** An attribution in a language we do not know: the words right above the quote, if they look the part. */
  private dropAttribution(): void {
    let end = this.kept.length
    while (end > 0 && this.kept[end - 1] === '' && this.kept.length - end < 2) end--
    let start = end
    while (start > 0 && end - start < 3 && this.kept[start - 1] !== '') start--
    if (start < end && looksLikeAttribution(this.kept.slice(start, end).join(' '))) this.kept.length = start
  }

  private ownLine(line: string, at: number): number {
    const footer = this.footerLines(line, at)
    if (this.opensSignature(line, at)) this.section = 'signature'
    else if (footer > 0) return footer
    else if (this.section === 'signature') this.signed.push(line)
    else {
      if (this.section === 'quote') {
        this.inline = true
        this.kept.push('')
      }
      this.section = 'own'
      this.kept.push(line)
    }
    return 1
  }

  /** Lines of the device's footer that starts here: some are wrapped before their last words. */
  private footerLines(line: string, at: number): number {
    if (isFooter(line)) return this.endsSection(at) ? 1 : 0
    const next = this.lines[at + 1] ?? ''
    const wrapped = next !== '' && next.length < 30 && isFooter(`${line} ${next}`) && isFooterStart(line)
    return wrapped && this.endsSection(at + 1) ? 2 : 0
  }

  /** A header block, an "original message" line or our own "reply above" line: history without ">" follows. */
  private startsHistory(at: number): boolean {
    const line = this.lines[at] ?? ''
    if (isOriginalMessageMark(line) || isReplyAboveMark(line)) return true
    if (isRule(line)) return startsHeaderBlock(this.lines, this.nextFilled(at + 1))
    return startsHeaderBlock(this.lines, at)
  }

  private opensSignature(line: string, at: number): boolean {
    if (!isSignatureMark(line)) return false
    if (line === '-- ') return true
    let following = 0
    for (let i = at + 1; i < Math.min(this.lines.length, at + 50) && following <= signatureLines; i++) {
      const next = this.lines[i] ?? ''
      if (next.trim() !== '' && !isQuoted(next)) following++
    }
    return following <= signatureLines
  }

  /** A phone's footer is the last thing its user sends: only history, a signature or the end may follow. */
  private endsSection(at: number): boolean {
    const next = this.nextFilled(at + 1)
    const line = this.lines[next]
    if (
      line === undefined ||
      isQuoted(line) ||
      isSignatureMark(line) ||
      isFooter(line) ||
      isForwardMark(line)
    )
      return true
    return (
      this.startsHistory(next) ||
      attributionAt(this.lines, next) !== undefined ||
      (this.lines[at - 1] ?? '').trim() === ''
    )
  }

  private nextFilled(from: number): number {
    let at = from
    while (at < this.lines.length && (this.lines[at] ?? '').trim() === '') at++
    return at
  }

  /** Lines of dashes and titles above a history belong to it. */
  private dropRules(): void {
    const isRest = (line: string) => /^[-_=*\s]{0,200}$/.test(line) || isOriginalMessageTitle(line)
    while (this.kept.length > 0 && isRest(this.kept.at(-1) ?? '')) this.kept.pop()
  }

  private nothingOwn(): boolean {
    return this.kept.every(line => line === '')
  }
}

/** Without empty lines around it, and never more than one between two lines. */
function trimmed(lines: readonly string[]): string {
  const out: string[] = []
  for (const line of lines) {
    if (line.trim() !== '' || (out.at(-1) ?? '') !== '') out.push(line.trim() === '' ? '' : line)
  }
  return out.join('\n').trim()
}

export interface ReplyText {
  readonly text: string
  /** Unsure: own lines stand below quoted ones, or there were none and the whole text takes their place. */
  readonly confidence: 'sure' | 'unsure'
  /** The lines of the signature; '' when there is none. */
  readonly signature: string
}

/** The new text of a mail; the whole text when nothing would be left. `forwarded`: the subject says it is a forward. */
export function readReply(text: string, forwarded: boolean): ReplyText {
  const own = new ReplyReader(text, forwarded).read()
  return own.text === '' ? { ...own, text: text.trim() } : own
}
