import { Tokenizer } from 'htmlparser2'
import {
  headerBlockIds,
  hiddenTags,
  lineTags,
  paragraphTags,
  quoteClasses,
  selfEndingTags,
  voidTags,
} from './html-tags.ts'
import { TextLines } from './text-lines.ts'

/**
 * HTML to the text a reader sees, with quoted history marked "> " as text mails mark it.
 *
 * Built on htmlparser2's tokenizer and not on html-to-text: that one builds a tree and walks it recursively, and both
 * its depth and htmlparser2's tag stack make a megabyte of unclosed tags cost minutes. Here every token costs a
 * bounded amount: the stack of open tags is capped and searched only a little way down.
 */
const openTagLimit = 5_000
/** How far down the stack a closing tag looks for its partner. */
const closingReach = 50
/** Attributes are cut here: a link or a style is shorter, an embedded picture is not wanted. */
const attributeLimit = 2_000
/** A longer address behind a link is a tracker that no reader wants to see. */
const linkLimit = 80

interface OpenTag {
  readonly name: string
  readonly hidden: boolean
  readonly quote: boolean
  readonly pre: boolean
  /** Next number of an ordered list. */
  counter: number | undefined
}

interface Link {
  readonly href: string
  text: string
}

class HtmlReader {
  private readonly html: string
  private readonly lines = new TextLines()
  private readonly stack: OpenTag[] = []
  private hidden = 0
  private pre = 0
  private tag = ''
  private attribute = ''
  private value = ''
  private attributes = new Map<string, string>()
  private link: Link | undefined

  constructor(html: string) {
    this.html = html
  }

  read(): string {
    const slice = (start: number, end: number) =>
      this.html.slice(start, Math.min(end, start + attributeLimit))
    const tokenizer = new Tokenizer(
      { xmlMode: false, decodeEntities: true },
      {
        ontext: (start, end) => this.text(this.html.slice(start, end)),
        ontextentity: code => this.text(String.fromCodePoint(code)),
        onopentagname: (start, end) => {
          this.tag = slice(start, end).toLowerCase()
          this.attributes = new Map()
        },
        onattribname: (start, end) => {
          this.attribute = slice(start, end).toLowerCase()
          this.value = ''
        },
        onattribdata: (start, end) => {
          if (this.value.length < attributeLimit) this.value += slice(start, end)
        },
        onattribentity: code => {
          if (this.value.length < attributeLimit) this.value += String.fromCodePoint(code)
        },
        onattribend: () => {
          if (!this.attributes.has(this.attribute)) this.attributes.set(this.attribute, this.value)
        },
        onopentagend: () => this.open(),
        onselfclosingtag: () => this.open(),
        onclosetag: (start, end) => this.close(slice(start, end).toLowerCase()),
        oncdata: (start, end) => this.text(this.html.slice(start, end)),
        oncomment: () => undefined,
        ondeclaration: () => undefined,
        onprocessinginstruction: () => undefined,
        onend: () => undefined,
      },
    )
    tokenizer.write(this.html)
    tokenizer.end()
    return this.lines.finish()
  }

  private text(text: string): void {
    if (this.hidden > 0) return
    if (this.link && this.link.text.length < linkLimit * 2) this.link.text += text.slice(0, linkLimit * 2)
    if (this.pre > 0) this.lines.preformatted(text)
    else this.lines.flow(text)
  }

  private open(): void {
    const name = this.tag
    if (name === 'br') {
      if (this.hidden === 0) this.lines.lineBreak()
      return
    }
    if (selfEndingTags.has(name) && this.stack.at(-1)?.name === name) this.pop()
    const entering = this.openTag(name)
    if (!entering.hidden && this.hidden === 0) this.beforeContent(name, entering)
    if (voidTags.has(name) || this.stack.length >= openTagLimit) return
    this.stack.push(entering)
    if (entering.hidden) this.hidden++
    if (entering.pre) this.pre++
    if (entering.quote) this.lines.quoteDepth++
  }

  private openTag(name: string): OpenTag {
    const style = (this.attributes.get('style') ?? '').toLowerCase().replaceAll(' ', '')
    const pre = name === 'pre' || style.includes('white-space:pre')
    const hidden = hiddenTags.has(name) || style.includes('display:none') || this.attributes.has('hidden')
    return { name, hidden, quote: this.isQuote(name, style), pre, counter: name === 'ol' ? 1 : undefined }
  }

  /** History, and not Gmail's indentation, which is a blockquote as well. */
  private isQuote(name: string, style: string): boolean {
    const classes = (this.attributes.get('class') ?? '').toLowerCase().split(/\s+/)
    if (name === 'blockquote') {
      const border = style.includes('border-left:') && !style.includes('border-left:none')
      return (
        this.attributes.has('type') ||
        this.attributes.has('cite') ||
        border ||
        classes.some(word => quoteClasses.has(word))
      )
    }
    return name === 'div' && this.attributes.get('name') === 'quote'
  }

  private beforeContent(name: string, tag: OpenTag): void {
    const id = (this.attributes.get('id') ?? '').toLowerCase()
    if (paragraphTags.has(name)) this.lines.endLine(this.isTight() ? 0 : 1)
    else if (lineTags.has(name) || name === 'hr') this.lines.endLine(0)
    else if (name === 'td' || name === 'th') this.lines.cell()
    else if (name === 'a') this.link = { href: this.attributes.get('href') ?? '', text: '' }
    else if (name === 'img') this.image()
    if (name === 'li') this.lines.flow(this.bullet())
    if (tag.quote) this.lines.endLine(0)
    if (headerBlockIds.has(id)) {
      this.lines.flow('________________________________')
      this.lines.endLine(0)
    }
  }

  /** Word writes every line as a paragraph without margin. */
  private isTight(): boolean {
    const style = (this.attributes.get('style') ?? '').replaceAll(' ', '')
    return this.attributes.get('class') === 'MsoNormal' || /margin(-top|-bottom)?:0/.test(style)
  }

  private bullet(): string {
    const list = this.stack.findLast(tag => tag.name === 'ol' || tag.name === 'ul')
    return list?.counter === undefined ? '- ' : `${list.counter++}. `
  }

  /** Emoji are pictures in some clients; any other picture is an attachment and no text. */
  private image(): void {
    const alt = this.attributes.get('alt') ?? ''
    if (alt.length <= 8 && /^\p{Extended_Pictographic}/u.test(alt)) this.lines.flow(alt)
  }

  private close(name: string): void {
    const from = Math.max(0, this.stack.length - closingReach)
    let at = this.stack.length - 1
    while (at >= from && this.stack[at]?.name !== name) at--
    if (at < from) {
      if (name === 'p' && this.hidden === 0) this.lines.endLine(1)
      return
    }
    while (this.stack.length > at) this.pop()
  }

  private pop(): void {
    const tag = this.stack.pop()
    if (!tag) return
    if (tag.hidden) this.hidden--
    else if (this.hidden === 0) this.afterContent(tag)
    if (tag.pre) this.pre--
    if (tag.quote) this.lines.quoteDepth--
  }

  private afterContent(tag: OpenTag): void {
    if (tag.name === 'a') this.closeLink()
    if (paragraphTags.has(tag.name)) this.lines.endLine(tag.name === 'p' ? 0 : 1)
    else if (lineTags.has(tag.name) || tag.quote) this.lines.endLine(0)
  }

  /** The address behind the words, where a reader can use it and does not see it anyway. */
  private closeLink(): void {
    const { href, text } = this.link ?? { href: '', text: '' }
    this.link = undefined
    if (!/^https?:\/\//i.test(href) || href.length > linkLimit) return
    const shown = text.trim().toLowerCase()
    const bare = href
      .toLowerCase()
      .replace(/^https?:\/\/(www\.)?/, '')
      .replace(/\/$/, '')
    if (shown !== '' && !shown.includes(bare)) this.lines.flow(` <${href}>`)
  }
}

/** The readable text of an HTML body, without surrounding empty lines. */
export function htmlText(html: string): string {
  return new HtmlReader(html).read()
}
