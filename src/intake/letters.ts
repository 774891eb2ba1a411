import type { Config } from '../config/schema.ts'
import { answerAddress } from '../desk/answer.ts'
import type { InboundMail } from '../desk/inbound.ts'
import type { AgentNoticeData, AlarmData, AttachmentLine, AutoReplyData } from '../desk/notice.ts'
import { isOpen, type Office } from '../desk/office-hours.ts'
import type { Language, Ticket } from '../desk/ticket.ts'
import { type LetterRow, letterRow } from '../outbox/enqueue.ts'

/** How much of a customer's words an automatic answer repeats: enough to recognise, too little to relay spam. */
const excerptLength = 600
/** How much an agent's notice holds; the whole mail stays in the ticket. */
const noticeLength = 100_000

function linesOf(mail: InboundMail): AttachmentLine[] {
  return mail.content.attachments
    .slice(0, 50)
    .map(({ filename, size, contentType }) => ({ filename: filename ?? contentType, size }))
}

function domainOf(config: Config, mailbox: string): string {
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

/** What a mail on a ticket tells the agents of its group; nobody is told of what they wrote themselves. */
export function noticesOfMail(
  ticket: Ticket,
  event: AgentNoticeData['event'],
  mail: InboundMail,
  dueAt: Temporal.Instant | undefined,
  inboundId: bigint,
  config: Config,
  now: Temporal.Instant,
): LetterRow[] {
  const data: AgentNoticeData = {
    ...ticketLines(ticket),
    event,
    text: (mail.content.replyText || mail.content.text).slice(0, noticeLength).toWellFormed(),
    attachments: linesOf(mail),
    receivedAt: mail.receivedAt.toString(),
    dueAt: dueAt?.toString() ?? null,
    inboundHint: String(inboundId),
  }
  return noticesToGroup(ticket, data, mail.content.from?.address, config, now)
}

/** Tells the agents of a ticket's group that a letter to its customer was given up. */
export function noticesOfFailedLetter(
  ticket: Ticket,
  recipient: string,
  response: string,
  config: Config,
  now: Temporal.Instant,
): LetterRow[] {
  const data: AgentNoticeData = {
    ...ticketLines(ticket),
    event: 'letter-failed',
    customerAddress: recipient,
    text: response,
    attachments: [],
    receivedAt: now.toString(),
    dueAt: null,
    inboundHint: ticket.number,
  }
  return noticesToGroup(ticket, data, undefined, config, now)
}

function ticketLines({ number, subject, customerName, customerAddress, office }: Ticket) {
  return { ticketNumber: number, subject, customerName, customerAddress, office }
}

function noticesToGroup(
  ticket: Ticket,
  data: AgentNoticeData,
  author: string | undefined,
  config: Config,
  now: Temporal.Instant,
): LetterRow[] {
  const domain = domainOf(config, ticket.mailbox)
  // All notices of a ticket hang on one invented root, so that an agent's mail client shows them as one thread.
  const thread = { inReplyTo: null, references: [`<ticket${ticket.number}.notices@${domain}>`] }
  const envelope = { ticketId: ticket.id, mailbox: ticket.mailbox, domain, thread }
  return (config.groups[ticket.group]?.agents ?? []).flatMap(key => {
    const agent = config.agents[key]
    const [recipient] = agent?.addresses ?? []
    if (!agent || !recipient) return []
    if (agent.addresses.some(address => address.toLowerCase() === author?.toLowerCase())) return []
    return [letterRow({ kind: 'agent-notice', language: agent.language, recipient, data }, envelope, now)]
  })
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
