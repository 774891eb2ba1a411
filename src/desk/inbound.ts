import type { MailContent } from './mail-content.ts'

/** Where a mail stands on the server: unique for ever (RFC 9051, 2.3.1.1). */
export interface MailPosition {
  readonly mailbox: string
  readonly folder: string
  readonly uidValidity: bigint
  readonly uid: bigint
}

/** One mail as a door hands it in. The raw bytes are stored already, under `rawSha256`. */
export interface InboundMail {
  readonly kind: 'mail'
  readonly position: MailPosition
  readonly rawSha256: string
  /** Bytes on the server (RFC822.SIZE); larger than what was stored when the mail is over the limit. */
  readonly size: number
  /** The server's internal date. */
  readonly receivedAt: Temporal.Instant
  readonly content: MailContent
  /** Message-ID, date, sender and content in one digest: equal for copies of one mail in any mailbox. */
  readonly fingerprint: string
  /** Hashes of those of its inline pictures that this sender has sent before; filled in at the desk. */
  readonly repeatedPictures?: ReadonlySet<string>
}

export type Inbound = InboundMail
