import type { Mailbox } from '../../../desk/mail-content.ts'
import { type MapiProperties, mapiBody, mapiDate, mapiIds, mapiSender, mapiText } from './mapi-properties.ts'

/** A mail as Outlook stores it, whatever it was wrapped in. */
export interface OutlookContent {
  readonly subject: string
  readonly from: Mailbox | null
  /** ISO 8601, null when absent. */
  readonly date: string | null
  readonly text: string
  readonly files: readonly OutlookFile[]
}

export interface OutlookFile {
  readonly filename: string | null
  readonly contentType: string
  readonly contentId: string | null
  readonly bytes: Buffer
  /** The mail it is, where Outlook attached a mail instead of a file. */
  readonly item?: OutlookContent
}

/** Attachments of one item that are looked at. */
export const fileLimit = 500

/** An attachment by its properties; `bytes` and `name` where the container keeps them beside the properties. */
export function outlookFile(
  properties: MapiProperties,
  bytes: Buffer,
  { name = '', item }: { readonly name?: string; readonly item?: OutlookContent | undefined } = {},
): OutlookFile {
  const { attachLongName, attachName, displayName, attachMime, attachContentId } = mapiIds
  const filename =
    mapiText(properties, attachLongName) ||
    name ||
    mapiText(properties, attachName) ||
    mapiText(properties, displayName)
  const type = mapiText(properties, attachMime).toLowerCase()
  const contentId = mapiText(properties, attachContentId).replace(/^<|>$/g, '')
  return {
    filename: filename === '' ? null : filename.slice(0, 1_000),
    contentType: /^[\w.+-]+\/[\w.+-]+$/.test(type) ? type : 'application/octet-stream',
    contentId: contentId === '' ? null : contentId.slice(0, 1_000),
    bytes,
    ...(item ? { item } : {}),
  }
}

export function outlookContent(properties: MapiProperties, files: readonly OutlookFile[]): OutlookContent {
  return {
    subject: mapiText(properties, mapiIds.subject),
    from: mapiSender(properties),
    date: mapiDate(properties),
    text: mapiBody(properties),
    files,
  }
}
