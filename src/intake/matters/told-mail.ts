import { randomUUID } from 'node:crypto'
import type { InboundMail } from '../../desk/inbound.ts'
import type { Attachment } from '../../desk/mail-content.ts'

export interface Told {
  readonly mailbox: string
  readonly subject: string
  readonly text: string
  readonly from: { readonly name: string; readonly address: string } | null
  readonly receivedAt: Temporal.Instant
  readonly confirm: boolean
  readonly files: readonly Attachment[]
}

/**
 * Words that did not come by mail in the shape of one, so that everything the desk knows to do with a customer's mail is
 * done with them by the same code. Nothing of it is kept as a mail: it has no bytes, no place on a server and no row in
 * the ledger of mails.
 */
export function toldMail(told: Told): InboundMail {
  const { mailbox, subject, text, from, receivedAt, confirm, files } = told
  return {
    kind: 'mail',
    position: { mailbox, folder: '', uidValidity: 0n, uid: 0n },
    rawSha256: '',
    size: Buffer.byteLength(text),
    receivedAt,
    // Found nowhere: two customers may say the same words.
    fingerprint: `told ${randomUUID()}`,
    content: {
      ...{ messageId: null, inReplyTo: [], references: [], date: null, replyTo: [], to: [], cc: [] },
      ...{ deliveredTo: [], subject, text, replyText: text, html: false, attachments: files, from },
      ...{ classification: 'customer', bounce: null, spamFlagged: false, language: null, defects: [] },
      autoReplyAllowed: confirm,
      autoReplyReasons: confirm ? [] : ['whoever recorded it has confirmed it already'],
      ...{ ownMark: null, threadIndex: null },
      authentication: { from: [], fromDomain: null, sender: [], results: [], internal: false, dkim: 'none' },
    },
  }
}
