import { createHash } from 'node:crypto'
import type { Attachment } from '../../../desk/mail-content.ts'
import { cleanText, decodeText } from '../mime/charset.ts'
import { headerText } from '../mime/encoded-words.ts'
import type { Part } from '../mime/mime-parts.ts'
import { decodeTransfer, looksLikeBase64 } from '../mime/transfer-decoding.ts'
import { unflow } from './flowed-text.ts'
import { htmlText } from './html-text.ts'

/**
 * What of a part tree is the body text and what is an attachment. Every leaf is exactly one of: body text, the HTML
 * rendering of the same, or an attachment.
 */
export interface MailBody {
  readonly text: string
  /** An HTML body is present. */
  readonly html: boolean
  readonly attachments: readonly Attachment[]
  readonly defects: readonly string[]
}

/** Characters of the body text. */
const textLimit = 1_000_000
/** Characters of HTML that are turned into text; pictures embedded as data: addresses make HTML far longer than text. */
const htmlLimit = 20_000_000

/** Text types that are read as they are when a mail consists of nothing else. */
const readableTypes = new Set(['text/markdown', 'text/x-markdown', 'text/enriched', 'text/richtext'])

/** Machine parts of a report (RFC 6522): behind the first of them nothing is written for humans. */
const machineParts = new Set([
  'message/delivery-status',
  'message/global-delivery-status',
  'message/disposition-notification',
  'message/global-disposition-notification',
  'message/feedback-report',
  'message/rfc822',
  'message/global',
  'message/rfc822-headers',
  'message/global-headers',
  'text/rfc822-headers',
  'text/rfc822',
])

/** The leaf's bytes as its sender had them. A text that only claims to be base64 is taken as it stands. */
export function leafBytes(part: Part): Buffer {
  const claimed = part.encoding === 'base64' && part.type.startsWith('text/') && !looksLikeBase64(part.body)
  return claimed ? part.body : decodeTransfer(part.body, part.encoding)
}

/** The charset an HTML page names for itself, when its part does not. */
function metaCharset(bytes: Buffer): string | null {
  return (
    /<meta[^>]{0,200}charset\s*=\s*["']?([\w-]{2,40})/i.exec(bytes.toString('latin1', 0, 2048))?.[1] ?? null
  )
}

/** A text leaf's characters. */
export function leafText(part: Part, defects: Set<string>): string {
  const bytes = leafBytes(part)
  const declared = part.contentType.params.get('charset') ?? null
  const { text, defect } = decodeText(
    bytes,
    declared ?? (part.type === 'text/html' ? metaCharset(bytes) : null),
  )
  if (defect !== null) defects.add(defect)
  const flowed =
    part.contentType.params.get('format')?.toLowerCase() === 'flowed' && part.type !== 'text/html'
  const delSp = part.contentType.params.get('delsp')?.toLowerCase() === 'yes'
  return cleanText(flowed ? unflow(text, delSp) : text.replaceAll('\r\n', '\n').replaceAll('\r', '\n'))
}

/** The declared file name: Content-Disposition first (RFC 2183), else the older name of Content-Type. */
function filenameOf(part: Part): string | null {
  const name = part.disposition.params.get('filename') ?? part.contentType.params.get('name') ?? ''
  const clean = headerText(name)
  return clean === '' ? null : clean.slice(0, 1_000)
}

type Role = 'plain' | 'html' | 'file'

/** What a leaf is, taken by itself. A body of a whole mail stays a body even when it has a name. */
function roleOf(part: Part): Role {
  if (part.disposition.value === 'attachment') return 'file'
  if (part.parent && filenameOf(part) !== null) return 'file'
  if (part.type === 'text/html') return 'html'
  if (part.type === 'text/plain') return 'plain'
  // A multipart that could not be opened: for a whole mail its source is all there is to read.
  if (part.type.startsWith('multipart/')) return part.parent ? 'file' : 'plain'
  return readableTypes.has(part.type) && !part.parent ? 'plain' : 'file'
}

interface BodyText {
  readonly kind: 'plain' | 'html'
  readonly text: string
}

class BodyReader {
  readonly attachments: Attachment[] = []
  readonly defects = new Set<string>()
  html = false

  /** Body texts of a subtree in reading order; attachments are collected on the way. */
  read(part: Part): BodyText[] {
    if (part.children.length > 0) return this.readMultipart(part)
    if (part.type.startsWith('multipart/') && part.body.length === 0) return []
    const role = roleOf(part)
    if (role === 'plain') return [{ kind: 'plain', text: leafText(part, this.defects) }]
    if (role === 'html') {
      this.html = true
      const source = leafText(part, this.defects)
      if (source.length > htmlLimit) this.defects.add('HTML cut')
      // Without a single tag it is text that was sent under the wrong name; as HTML it would lose its lines.
      const text = /<[a-z!/]/i.test(source) ? htmlText(source.slice(0, htmlLimit)) : source
      return [{ kind: 'html', text }]
    }
    this.attach(part)
    return []
  }

  private readMultipart(part: Part): BodyText[] {
    if (part.type === 'multipart/report') return this.readReport(part)
    const texts = part.children.map(child => this.read(child))
    if (part.type === 'multipart/alternative') return chosenAlternative(texts)
    const all = texts.flat()
    const first = all.find(body => body.text.trim() !== '')
    // Text first and HTML behind it is one body sent twice by a mailer that should have written "alternative".
    return first?.kind === 'plain' ? all.filter(body => body.kind === 'plain') : all
  }

  /** Only the part for humans; everything from the first machine part on is an attachment. */
  private readReport(part: Part): BodyText[] {
    const machine = part.children.findIndex(child => machineParts.has(child.type))
    const out: BodyText[] = []
    for (const [i, child] of part.children.entries()) {
      if (i === 0 || (machine >= 0 && i < machine)) {
        const texts = machineParts.has(child.type) ? [] : this.read(child)
        if (machineParts.has(child.type)) this.attach(child)
        if (out.every(body => body.text.trim() === '')) out.push(...texts)
      } else this.attachAll(child)
    }
    return out
  }

  private attachAll(part: Part): void {
    if (part.children.length === 0) this.attach(part)
    for (const child of part.children) this.attachAll(child)
  }

  private attach(part: Part): void {
    const bytes = leafBytes(part)
    const contentId = part.fields.first('content-id').replace(/^<|>$/g, '')
    this.attachments.push({
      filename: filenameOf(part),
      contentType: part.type,
      size: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      contentId: contentId === '' ? null : contentId,
      disposition: part.disposition.value === '' ? null : part.disposition.value,
    })
  }
}

/** One rendering of several: the text that says something, else the HTML, and the last of its kind as RFC 2046 asks. */
function chosenAlternative(renderings: readonly BodyText[][]): BodyText[] {
  const filled = renderings.filter(texts => texts.some(body => body.text.trim() !== ''))
  const plain = filled.find(texts => texts.every(body => body.kind === 'plain'))
  return plain ?? filled.at(-1) ?? []
}

/** Reads the body of the whole mail. */
export function readBody(root: Part): MailBody {
  const reader = new BodyReader()
  const texts = reader.read(root)
  const whole = texts
    .map(body => body.text.replace(/^\n+/, '').trimEnd())
    .filter(text => text !== '')
    .join('\n\n')
  if (whole.length > textLimit) reader.defects.add('text cut')
  const text = whole.length > textLimit ? whole.slice(0, textLimit).toWellFormed() : whole
  return { text, html: reader.html, attachments: reader.attachments, defects: [...reader.defects] }
}
