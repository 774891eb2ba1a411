import type { Config } from '../config/schema.ts'
import { answerAddress } from '../desk/answer.ts'
import type { InboundMail } from '../desk/inbound.ts'
import type { AlarmData, AttachmentLine, AutoReplyData } from '../desk/notice.ts'
import { isOpen, type Office } from '../desk/office-hours.ts'
import type { Language, Ticket } from '../desk/ticket.ts'
import { visibleAttachments } from '../desk/visible-attachments.ts'
import { type LetterRow, letterRow } from '../outbox/enqueue.ts'
import { checklistOf } from './known-of-mail.ts'

/** How much of a customer's words an automatic answer repeats: enough to recognise, too little to relay spam. */
const excerptLength = 600

export function linesOf(mail: InboundMail): AttachmentLine[] {
  return visibleAttachments(mail.content, mail.repeatedPictures)
    .slice(0, 50)
    .map(({ filename, size, contentType }) => ({ filename: filename ?? contentType, size }))
}

export function domainOf(config: Config, mailbox: string): string {
  const address = config.mailboxes[mailbox]?.address ?? ''
  return address.slice(address.lastIndexOf('@') + 1)
}

/** The automatic answer to the mail that opened `ticket`. It promises `dueAt`, so the promise must be recorded with it. */
export function autoReplyTo(
  mail: InboundMail,
  ticket: Ticket,
  dueAt: Temporal.Instant,
  office: Office,
  config: Config,
  now: Temporal.Instant,
): LetterRow | undefined {
  const { content } = mail
  const recipient = answerAddress(content)
  if (!recipient) return undefined
  const words = content.replyText.trim()
  const data: AutoReplyData = {
    ticketNumber: ticket.number,
    subject: ticket.subject,
    customerName: ticket.customerName,
    excerpt: words.slice(0, excerptLength).toWellFormed(),
    excerptCut: words.length > excerptLength,
    attachments: linesOf(mail),
    receivedAt: mail.receivedAt.toString(),
    dueAt: dueAt.toString(),
    office: ticket.office,
    officeOpen: isOpen(now, office),
    oversized: content.defects.includes('oversized'),
    ...checklistOf(ticket, config, ticket.language),
  }
  const references = content.messageId ? [...content.references.slice(-20), content.messageId] : []
  const envelope = {
    ticketId: ticket.id,
    mailbox: ticket.mailbox,
    domain: domainOf(config, ticket.mailbox),
    thread: { inReplyTo: content.messageId, references },
  }
  return letterRow({ kind: 'auto-reply', language: ticket.language, recipient, data }, envelope, now)
}

/** To the administrators: something needs a human. Sent from the mailbox it happened in. */
export function alarms(
  mailbox: string,
  alarm: Omit<AlarmData, 'mailbox' | 'at'>,
  config: Config,
  now: Temporal.Instant,
): LetterRow[] {
  const language: Language = config.mailboxes[mailbox]?.language ?? 'en'
  const envelope = {
    ticketId: null,
    mailbox,
    domain: domainOf(config, mailbox),
    thread: { inReplyTo: null, references: [] },
  }
  const data: AlarmData = { ...alarm, mailbox, at: now.toString() }
  return config.alarms.to.map(recipient =>
    letterRow({ kind: 'alarm', language, recipient, data }, envelope, now),
  )
}
