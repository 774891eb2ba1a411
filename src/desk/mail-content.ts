/**
 * What one mail says, once its bytes have been read. Everything here comes from outside and is untrusted;
 * everything here is already decoded, capped and free of NUL characters.
 */

/** An address with its decoded display name ('' when absent). */
export interface Mailbox {
  readonly address: string
  readonly name: string
}

/** A leaf part that is not the body text. `sha256` is of the transfer-decoded bytes. */
export interface Attachment {
  readonly filename: string | null
  readonly contentType: string
  readonly size: number
  readonly sha256: string
  readonly contentId: string | null
  readonly disposition: string | null
}

export type Classification =
  | 'customer'
  | 'auto-reply'
  | 'auto-generated'
  | 'bounce'
  | 'list'
  | 'spam-report'
  | 'unparseable'

export type DeliveryAction = 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded'

/** One recipient block of a delivery report (RFC 3464, 2.3). `status` is null when the report states none. */
export interface BouncedRecipient {
  readonly recipient: string
  readonly status: string | null
  readonly action: DeliveryAction | null
  readonly diagnosticCode: string | null
}

export interface Bounce {
  readonly recipients: readonly BouncedRecipient[]
  readonly kind: 'hard' | 'soft' | null
  readonly reason:
    | 'user-unknown'
    | 'host-unknown'
    | 'mailbox-full'
    | 'message-too-large'
    | 'policy'
    | 'other'
    | null
  readonly originalMessageId: string | null
}

/** Our own header on a mail that came back: which gateway instance wrote it and what kind of letter it was. */
export interface OwnMark {
  readonly instance: string
  readonly kind: string
}

export interface MailContent {
  readonly messageId: string | null
  readonly inReplyTo: readonly string[]
  readonly references: readonly string[]
  /** ISO 8601 with zone, null when absent or unreadable. */
  readonly date: string | null
  /** First mailbox of From that has an address; else of Reply-To, else Sender. */
  readonly from: Mailbox | null
  readonly replyTo: readonly Mailbox[]
  readonly to: readonly Mailbox[]
  readonly cc: readonly Mailbox[]
  /** Addresses of Delivered-To, X-Original-To, Envelope-To, X-Envelope-To and X-Forwarded-To, for reply tokens. */
  readonly deliveredTo: readonly string[]
  readonly subject: string
  readonly text: string
  /** What this sender newly wrote. */
  readonly replyText: string
  readonly html: boolean
  readonly attachments: readonly Attachment[]
  readonly classification: Classification
  readonly autoReplyAllowed: boolean
  readonly autoReplyReasons: readonly string[]
  readonly bounce: Bounce | null
  readonly spamFlagged: boolean
  /** 'de', 'en' or null when too little text says so. */
  readonly language: string | null
  /** What was wrong with the mail and how it was read nevertheless. */
  readonly defects: readonly string[]
  readonly ownMark: OwnMark | null
}
