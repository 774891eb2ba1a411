import type { Language } from './ticket.ts'

/**
 * The wish to write: which letter, to whom, with which data. Renders nothing. `kind` is also the template's name
 * (templates/<language>/<kind>.<part>.hbs). Instants are ISO 8601 in UTC, so that data survives JSON.
 */

export interface AttachmentLine {
  readonly filename: string
  readonly size: number
}

/** To the customer who opened a ticket: number, what we understood, what happens until when. */
export interface AutoReplyData {
  readonly ticketNumber: string
  readonly subject: string
  readonly customerName: string
  /** The beginning of what the customer wrote, capped. */
  readonly excerpt: string
  readonly excerptCut: boolean
  readonly attachments: readonly AttachmentLine[]
  readonly receivedAt: string
  readonly dueAt: string
  readonly office: string
  /** Was the office open when the mail arrived? */
  readonly officeOpen: boolean
  /** The mail was over the size limit: its attachments were left on the server. */
  readonly oversized: boolean
}

/** To each agent of the group: a new ticket, or something new on one. */
export interface AgentNoticeData {
  readonly event: 'new-ticket' | 'customer-mail' | 'machine-mail' | 'agent-mail' | 'letter-failed'
  readonly ticketNumber: string
  readonly subject: string
  readonly customerName: string
  readonly customerAddress: string
  readonly text: string
  readonly attachments: readonly AttachmentLine[]
  readonly receivedAt: string
  /** The first-response promise that is running, if any. */
  readonly dueAt: string | null
  readonly office: string
  readonly inboundHint: string
}

/** To the administrators: something needs a human. */
export interface AlarmData {
  readonly event: 'quarantine' | 'letter-failed'
  /** Key of the mailbox it happened in. */
  readonly mailbox: string
  readonly code: string
  /** The technical words, in English or the server's own language. */
  readonly detail: string
  /** The command that helps, ready to paste. */
  readonly command: string
  readonly at: string
}

export type Notice =
  | {
      readonly kind: 'auto-reply'
      readonly language: Language
      readonly recipient: string
      readonly data: AutoReplyData
    }
  | {
      readonly kind: 'agent-notice'
      readonly language: Language
      readonly recipient: string
      readonly data: AgentNoticeData
    }
  | {
      readonly kind: 'alarm'
      readonly language: Language
      readonly recipient: string
      readonly data: AlarmData
    }

export type NoticeKind = Notice['kind']
