import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { readMail } from '../channels/mail/read-mail.ts'
import type { MailContent } from '../desk/mail-content.ts'

/**
 * `inspect`: a dry run of reading, without network or database. One JSON object per mail, as docs/inspect.schema.json
 * describes. Whatever the file is, there is an answer: a folder or an unreadable file is an unparseable mail.
 */

/** The fields of docs/inspect.schema.json, in its order; intake reads more than a dry run promises to show. */
const shown = [
  'messageId',
  'inReplyTo',
  'references',
  'date',
  'from',
  'replyTo',
  'to',
  'cc',
  'subject',
  'text',
  'replyText',
  'html',
  'attachments',
  'classification',
  'autoReplyAllowed',
  'autoReplyReasons',
  'bounce',
  'spamFlagged',
  'language',
] as const satisfies readonly (keyof MailContent)[]

/** What the gateway would make of the mail in this file. Never rejects. */
export async function inspectFile(path: string): Promise<object> {
  const { raw, fault } = await readFile(path).then(
    bytes => ({ raw: bytes, fault: undefined }),
    (error: NodeJS.ErrnoException) => ({
      raw: Buffer.alloc(0),
      fault: `file unreadable: ${error.code ?? error.name}`,
    }),
  )
  const content = await readMail(raw, { openEnclosed: false })
  const defects = fault === undefined ? content.defects : [fault, ...content.defects]
  const lines = shown.map(field => [field, content[field]] as const)
  return { file: basename(path), ...Object.fromEntries(lines), bounce: shownBounce(content), defects }
}

/** Receipts and complaints name the mail they speak of in the same place; only a delivery report is a bounce. */
function shownBounce({ classification, bounce }: MailContent): object | null {
  if (classification !== 'bounce' || !bounce) return null
  const recipients = bounce.recipients.map(({ recipient, status, action, diagnosticCode }) => ({
    recipient,
    status,
    action,
    diagnosticCode,
  }))
  return { ...bounce, recipients }
}

export interface InspectOptions {
  readonly file?: string
  readonly batchFolder?: string
  /** Takes one line, without its line break. */
  readonly write: (line: string) => void
}

/** Inspects one file, readably, or every file of a folder, one line each, sorted by name. */
export async function runInspect({ file, batchFolder, write }: InspectOptions): Promise<void> {
  if (file !== undefined) write(JSON.stringify(await inspectFile(file), null, 2))
  if (batchFolder === undefined) return
  const entries = await readdir(batchFolder)
  for (const name of entries.toSorted()) write(JSON.stringify(await inspectFile(join(batchFolder, name))))
}
