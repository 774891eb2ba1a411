import type { Absence } from './absence.ts'
import type { CalendarMail } from './calendar-mail.ts'

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
  /** Hard: this address will not work. Null where it was delivered. */
  readonly kind: 'hard' | 'soft' | null
}

/** What a report (delivery report, read receipt, complaint) says about the mail of ours that it returns. */
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

/** Something that came inside a mail and holds a mail of its own, opened for the agents. */
export interface EnclosedMail {
  /** A nested mail, an Outlook item file, or Outlook's wrapping of the mail itself (winmail.dat). */
  readonly kind: 'mail' | 'outlook-item' | 'winmail'
  /** Name of the attachment it was found in, null when it had none. */
  readonly filename: string | null
  readonly subject: string
  readonly from: Mailbox | null
  /** ISO 8601, null when absent or unreadable. */
  readonly date: string | null
  readonly text: string
  readonly attachments: readonly Attachment[]
}

/** One result of an Authentication-Results field (RFC 8601, 2.2) that a server of ours wrote. */
export interface AuthResult {
  /** spf, dkim, dmarc, ... in lower case. */
  readonly method: string
  /** pass, fail, temperror, ... in lower case. */
  readonly result: string
  /** The domain it is about, ASCII and lower case: header.from of dmarc, header.d of dkim, smtp.mailfrom of spf. */
  readonly domain: string | null
}

/** What is known of who really sent a mail. Facts only; desk/sender-proof.ts judges them. */
export interface Authentication {
  /** Every address in From, lower-case, as often as it stands there. Reply-To and Sender never count as From. */
  readonly from: readonly string[]
  /** Domain of the only address in From, in ASCII; null when there is none, or more than one. */
  readonly fromDomain: string | null
  /** Addresses in Sender, lower-case. */
  readonly sender: readonly string[]
  /** Results of servers named in the configuration; empty until `authenticate` has looked for them. */
  readonly results: readonly AuthResult[]
  /** Microsoft 365 marked it as sent within the configured tenant. */
  readonly internal: boolean
  /** Our own check of a signature of the domain in From. `unknown`: not checked, or no key was to be had just now. */
  readonly dkim: 'pass' | 'fail' | 'none' | 'unknown'
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
  /** Unsure: answers stand between quoted lines, or nothing new was found. Readers then get the whole text. */
  readonly replyConfidence?: 'sure' | 'unsure'
  /** What stands behind the signature mark of the new text, which `replyText` leaves out. */
  readonly signature?: string
  readonly html: boolean
  readonly attachments: readonly Attachment[]
  /** What was opened inside attachments, in order; only where a reader asks for it. */
  readonly enclosed?: readonly EnclosedMail[]
  readonly classification: Classification
  readonly autoReplyAllowed: boolean
  readonly autoReplyReasons: readonly string[]
  readonly bounce: Bounce | null
  /** What an absence note says, as far as it could be read. */
  readonly absence?: Absence
  /** An invitation, or an answer to one. */
  readonly calendar?: CalendarMail
  readonly spamFlagged: boolean
  /** 'de', 'en' or null when too little text says so. */
  readonly language: string | null
  /** What was wrong with the mail and how it was read nevertheless. */
  readonly defects: readonly string[]
  readonly ownMark: OwnMark | null
  readonly authentication: Authentication
  /** Outlook's Thread-Index (base64): its first 22 bytes name the conversation. */
  readonly threadIndex: string | null
}
