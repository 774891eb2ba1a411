import { decodeText } from '../mime/charset.ts'

/**
 * The words of an RTF document, without their formatting: what is left to read when Outlook sent nothing else. HTML
 * that was packed into RTF ([MS-OXRTFEX]) is read by its RTF rendering, so no tag of it comes out. One pass.
 */

/** Groups that hold no words of the document. Those that begin with \* are left out as well. */
const hiddenGroups = new Set([
  'fonttbl',
  'colortbl',
  'stylesheet',
  'info',
  'pict',
  'object',
  'header',
  'footer',
  'listtable',
  'listoverridetable',
  'rsidtbl',
  'generator',
])
const words: Readonly<Record<string, string>> = {
  par: '\n',
  line: '\n',
  row: '\n',
  page: '\n',
  sect: '\n',
  tab: '\t',
  cell: '\t',
  emdash: '\u2014',
  endash: '\u2013',
  bullet: '\u2022',
  lquote: '\u2018',
  rquote: '\u2019',
  ldblquote: '\u201c',
  rdblquote: '\u201d',
}
const textLimit = 1_000_000
const depthLimit = 200

interface Group {
  hidden: boolean
  /** Characters that stand in for a \u character and are skipped (RTF 1.9, \uc). */
  substitutes: number
}

class RtfReader {
  private readonly source: string
  private readonly stack: Group[] = []
  private group: Group = { hidden: false, substitutes: 1 }
  private codepage = 'windows-1252'
  private pending: number[] = []
  private skip = 0
  private at = 0
  private text = ''

  constructor(source: string) {
    this.source = source
  }

  read(): string {
    while (this.at < this.source.length && this.text.length < textLimit) {
      const char = this.source[this.at++] ?? ''
      if (char === '{') this.open()
      else if (char === '}') this.close()
      else if (char === '\\') this.control()
      else if (char !== '\r' && char !== '\n') this.byte(char.charCodeAt(0))
    }
    this.flush()
    return this.text.replaceAll('\0', '').toWellFormed().trim()
  }

  private open(): void {
    this.flush()
    if (this.stack.length < depthLimit) this.stack.push({ ...this.group })
  }

  private close(): void {
    this.flush()
    this.group = this.stack.pop() ?? this.group
  }

  private control(): void {
    const symbol = this.source[this.at] ?? ''
    if (!/[a-z]/i.test(symbol)) {
      this.at++
      if (symbol === "'") this.hexByte()
      else if (symbol === '*') this.group.hidden = true
      else if (symbol === '~') this.write(' ')
      else if ('\\{}'.includes(symbol)) this.byte(symbol.charCodeAt(0))
      else if (symbol === '\r' || symbol === '\n') this.write('\n')
      return
    }
    const end = Math.min(this.source.length, this.at + 45)
    const match = /^([a-z]{1,32})(-?\d{1,10})? ?/i.exec(this.source.slice(this.at, end))
    this.at += match?.[0].length ?? 1
    this.word(match?.[1]?.toLowerCase() ?? '', match?.[2] === undefined ? undefined : Number(match[2]))
  }

  private word(word: string, value: number | undefined): void {
    if (hiddenGroups.has(word)) this.group.hidden = true
    else if (word === 'ansicpg' && value !== undefined) this.codepage = `windows-${value}`
    else if (word === 'uc') this.group.substitutes = Math.min(Math.max(value ?? 1, 0), 10)
    else if (word === 'u' && value !== undefined) {
      this.write(String.fromCharCode(value & 0xffff))
      this.skip = this.group.substitutes
    } else if (word === 'bin') this.at += Math.max(0, value ?? 0)
    else if (Object.hasOwn(words, word)) this.write(words[word] ?? '')
  }

  private hexByte(): void {
    const code = Number.parseInt(this.source.slice(this.at, this.at + 2), 16)
    this.at += 2
    if (!Number.isNaN(code)) this.byte(code)
  }

  /** Bytes are collected, because characters of some code pages have two. */
  private byte(code: number): void {
    if (this.skip > 0) this.skip--
    else if (!this.group.hidden) this.pending.push(code & 0xff)
  }

  private write(text: string): void {
    this.flush()
    if (!this.group.hidden) this.text += text
  }

  private flush(): void {
    this.skip = 0
    if (this.pending.length === 0) return
    this.text += decodeText(Buffer.from(this.pending), this.codepage).text
    this.pending = []
  }
}

/** Never throws; what is no RTF gives its plain characters. */
export function rtfText(rtf: Buffer): string {
  return new RtfReader(rtf.toString('latin1')).read()
}
