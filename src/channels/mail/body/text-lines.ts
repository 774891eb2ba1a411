/**
 * Collects running text into lines: white space collapses as in a browser, lines inside quotes get their "> ", and
 * empty lines never pile up. Stops at a limit, because an HTML body can repeat itself into megabytes.
 */
const textLimit = 1_000_000

/** Invisible fillers of newsletters: zero-width space and non-joiner, word joiner, soft hyphen, byte order mark. */
const fillers = /\u00ad|\u034f|\u200b|\u200c|\u2060|\ufeff/g

export class TextLines {
  /** Marks put before the lines that begin from now on. */
  quoteDepth = 0
  private readonly out: string[] = []
  private pieces: string[] = []
  private endsInSpace = true
  private lineDepth = 0
  /** Empty lines owed before the next text. */
  private owed = 0
  private owedDepth = 0
  private blanks = 0
  private size = 0

  /** Running text: white space of any kind and length is one space. */
  flow(text: string): void {
    if (this.size > textLimit) return
    let words = text
      .replace(/[ \t\r\n\f]+/g, ' ')
      .replace(fillers, '')
      .replaceAll('\u00a0', ' ')
    if (this.endsInSpace && words.startsWith(' ') && text.charCodeAt(0) !== 0xa0) words = words.slice(1)
    this.append(words)
  }

  /** Text whose line breaks count. */
  preformatted(text: string): void {
    const lines = text.replaceAll('\u00a0', ' ').split(/\r?\n/)
    for (const [i, line] of lines.entries()) {
      if (i > 0) this.lineBreak()
      if (this.size > textLimit) return
      this.append(line)
    }
  }

  private append(words: string): void {
    if (words === '') return
    if (this.pieces.length === 0) this.lineDepth = this.quoteDepth
    this.pieces.push(words)
    this.size += words.length
    this.endsInSpace = words.endsWith(' ')
  }

  /** The next table cell of the same row. */
  cell(): void {
    if (!this.endsInSpace) this.append(' ')
  }

  /** Ends the line even when it is empty. */
  lineBreak(): void {
    if (this.pieces.length === 0) this.lineDepth = this.quoteDepth
    this.push()
  }

  /** Ends the line if there is one, and asks for `blankLines` before the next. */
  endLine(blankLines: number): void {
    if (this.pieces.length > 0) this.push()
    if (this.out.length === 0 || blankLines === 0) return
    if (this.owed === 0) this.owedDepth = this.quoteDepth
    this.owed = blankLines
  }

  private push(): void {
    const joined = this.pieces.join('')
    const text = joined.trim() === '--' ? '-- ' : joined.trimEnd()
    this.pieces = []
    this.endsInSpace = true
    const blank = text === ''
    if (blank && ++this.blanks > 2) return
    if (!blank) {
      if (this.owed > 0 && this.blanks === 0)
        this.out.push(this.marked('', Math.min(this.lineDepth, this.owedDepth)))
      this.blanks = 0
    }
    this.owed = 0
    this.size++
    this.out.push(this.marked(text, this.lineDepth))
  }

  private marked(text: string, depth: number): string {
    return depth === 0 ? text : `${'>'.repeat(Math.min(depth, 20))} ${text}`.trimEnd()
  }

  /** The whole text, without empty lines around it. */
  finish(): string {
    if (this.pieces.length > 0) this.push()
    return this.out.join('\n').replace(/^\n+/, '').trimEnd()
  }
}

/** "5.1.1 <jo@example.com>: …" in a delivery report begins like a date, but a line that quotes a mail tells its time. */
export function isStatusLine(line: string): boolean {
  return /^[245]\.\d\.\d{1,2}[\s-]/.test(line) && !/\d{1,2}[:.h]\d{2}/.test(line.slice(5))
}

/** "I wrote to you on Monday at 10:30:" is no attribution but a complaint. */
export const firstPerson = /(^|\s)(ich|wir|i|we|mir|uns|me|us)\s/
