import { createHash } from 'node:crypto'
import type { Attachment, EnclosedMail } from '../../../desk/mail-content.ts'
import { leafBytes, readBody } from '../body/mail-body.ts'
import { mailboxes } from '../header/addresses.ts'
import { mailDate } from '../header/mail-date.ts'
import { headerText } from '../mime/encoded-words.ts'
import { type Part, readParts } from '../mime/mime-parts.ts'
import { isCompoundFile } from './compound-file.ts'
import type { OutlookContent, OutlookFile } from './outlook-content.ts'
import { readOutlookItem } from './outlook-item.ts'
import { isTnef, readTnef } from './tnef.ts'

/**
 * Opens what a mail encloses: forwarded mails as attachments, Outlook's item files and Outlook's own wrapping. Agents
 * then read what their mail client could not show. What is over a limit stays the attachment it is.
 */

/** A mail inside a mail inside the mail. */
const depthLimit = 2
const countLimit = 20
/** Bytes that are opened for one mail, all levels together. */
const byteLimit = 60_000_000
const subjectLimit = 1_000

type Kind = EnclosedMail['kind']

class Opener {
  readonly opened: EnclosedMail[] = []
  private left = byteLimit

  /** Everything in the part tree of one mail that can be opened. */
  openParts(root: Part, depth: number): void {
    for (const part of leavesOf(root)) {
      if (this.opened.length >= countLimit) return
      const filename = nameOf(part)
      if (!mayBeMail(part.type, filename)) continue
      this.open({ filename, contentType: part.type, bytes: leafBytes(part) }, depth)
    }
  }

  private open(file: Pick<OutlookFile, 'filename' | 'contentType' | 'bytes'>, depth: number): void {
    const { filename, contentType, bytes } = file
    if (depth > depthLimit || this.opened.length >= countLimit || bytes.length > this.left) return
    this.left -= bytes.length
    if (isTnef(bytes)) this.add('winmail', filename, readTnef(bytes), depth)
    else if (isCompoundFile(bytes)) this.add('outlook-item', filename, readOutlookItem(bytes), depth)
    else if (isMail(contentType, filename)) this.addMail(filename, bytes, depth)
  }

  private addMail(filename: string | null, bytes: Buffer, depth: number): void {
    const { root } = readParts(bytes, 0)
    const { fields } = root
    if (!['from', 'to', 'subject', 'date', 'received'].some(name => fields.has(name))) return
    const { text, attachments } = readBody(root)
    this.opened.push({
      kind: 'mail',
      filename,
      subject: headerText(fields.first('subject')).slice(0, subjectLimit).toWellFormed(),
      from: mailboxes(fields.all('from'))[0] ?? null,
      date: mailDate(headerText(fields.first('date'))),
      text,
      attachments,
    })
    this.openParts(root, depth + 1)
  }

  private add(kind: Kind, filename: string | null, content: OutlookContent | undefined, depth: number): void {
    if (!content || depth > depthLimit || this.opened.length >= countLimit) return
    const { subject, from, date, text, files } = content
    const attachments = files.filter(({ item }) => item === undefined).map(attachmentOf)
    this.opened.push({ kind, filename, subject, from, date, text, attachments })
    for (const file of files) {
      if (file.item) this.add('outlook-item', file.filename, file.item, depth + 1)
      else this.open(file, depth + 1)
    }
  }
}

function attachmentOf({ filename, contentType, contentId, bytes }: OutlookFile): Attachment {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { filename, contentType, size: bytes.length, sha256, contentId, disposition: null }
}

/** Iterative: parts are nested a hundred deep at the most, but there may be ten thousand of them. */
function leavesOf(root: Part): Part[] {
  const leaves: Part[] = []
  const waiting = [root]
  for (let part = waiting.pop(); part; part = waiting.pop()) {
    if (part.children.length === 0) leaves.push(part)
    else waiting.push(...part.children.toReversed())
  }
  return leaves
}

function nameOf(part: Part): string | null {
  const name = headerText(
    part.disposition.params.get('filename') ?? part.contentType.params.get('name') ?? '',
  )
  return name === '' ? null : name.slice(0, 1_000)
}

function isMail(contentType: string, filename: string | null): boolean {
  return /^message\/(?:rfc822|global)$/.test(contentType) || /\.eml$/i.test(filename ?? '')
}

function mayBeMail(type: string, filename: string | null): boolean {
  const outlook = /ms-tnef|ms-outlook/.test(type) || /(?:\.msg|^winmail.*\.dat)$/i.test(filename ?? '')
  return outlook || isMail(type, filename)
}

/**
 * What the mail encloses, outermost first. Never throws; a report's returned mail (RFC 6522) is left to the reader of
 * reports.
 */
export function openEnclosed(root: Part): EnclosedMail[] {
  if (root.type === 'multipart/report') return []
  const opener = new Opener()
  opener.openParts(root, 1)
  return opener.opened
}
