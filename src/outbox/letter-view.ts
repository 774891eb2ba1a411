/**
 * What a letter's template gets to see: the data of the outbox row, the configuration that is printed in letters, and
 * what follows from both. Every name here is a word of the templates' language; a template that uses another one fails.
 */
import type { Config, MailboxConfig } from '../config/schema.ts'
import type { AgentNoticeData, AlarmData, AttachmentLine, AutoReplyData, NoticeKind } from '../desk/notice.ts'
import { nextOpening, type Office } from '../desk/office-hours.ts'
import { bareSubject, oneLine, shortened, withoutLinks } from '../desk/plain-text.ts'
import { hoursWords } from '../desk/promise-words.ts'
import { salutationName } from '../desk/salutation.ts'
import type { Language } from '../desk/ticket.ts'
import type { View } from '../template-language.ts'

export interface ViewSource {
  readonly language: Language
  /** Of the kind that the template belongs to; written by intake, read back from JSON. */
  readonly data: unknown
  readonly createdAt: Date
  readonly mailbox: MailboxConfig
  /** Where an answer to the letter goes. */
  readonly replyAddress: string
  readonly config: Config
  readonly offices: ReadonlyMap<string, Office>
}

/** A subject of a letter of ours holds a ticket number and a few words beside the customer's. */
const longestSubject = 100
const mostAttachments = 30

export function viewFor(template: string, source: ViewSource): View {
  switch (template as NoticeKind) {
    case 'auto-reply':
      return autoReplyView(source.data as AutoReplyData, source)
    case 'agent-notice':
      return agentNoticeView(source.data as AgentNoticeData, source)
    case 'alarm':
      return alarmView(source.data as AlarmData, source)
    default:
      throw new TypeError(`no letter is called "${template}"`)
  }
}

function autoReplyView(data: AutoReplyData, source: ViewSource): View {
  const { config, language, createdAt } = source
  const office = officeOf(data.office, source)
  const link = { de: 'Link', en: 'link' }[language]
  const now = Temporal.Instant.fromEpochMilliseconds(createdAt.getTime())
  return {
    ...commonView(source, office),
    ...attachmentsView(data.attachments),
    ticketNumber: data.ticketNumber,
    subject: shortened(withoutLinks(bareSubject(data.subject), link), longestSubject),
    salutation: salutationName(data.customerName),
    excerpt: withoutLinks(data.excerpt, link).trim(),
    excerptCut: data.excerptCut,
    oversized: data.oversized,
    receivedAt: data.receivedAt,
    dueAt: data.dueAt,
    closedUntil: data.officeOpen ? null : nextOpening(now, office).toString(),
    officeName: config.offices[data.office]?.name ?? '',
    phone: config.offices[data.office]?.phone ?? null,
    openingHours: hoursWords(office, language),
  }
}

function agentNoticeView(data: AgentNoticeData, source: ViewSource): View {
  const name = oneLine(data.customerName)
  return {
    ...commonView(source, officeOf(data.office, source)),
    ...attachmentsView(data.attachments),
    event: data.event,
    ticketNumber: data.ticketNumber,
    subject: shortened(bareSubject(data.subject), longestSubject),
    customer: name === '' ? data.customerAddress : name,
    customerName: name,
    customerAddress: data.customerAddress,
    text: data.text.trim(),
    receivedAt: data.receivedAt,
    dueAt: data.dueAt,
    inboundHint: data.inboundHint,
  }
}

function alarmView(data: AlarmData, source: ViewSource): View {
  const { event, mailbox, code, detail, command, at } = data
  const office = officeOf(source.mailbox.office, source)
  return {
    ...commonView(source, office),
    instance: source.config.instance,
    event,
    mailbox,
    code,
    detail,
    command,
    at,
  }
}

function commonView({ config, createdAt, mailbox, replyAddress }: ViewSource, { timeZone }: Office) {
  return {
    now: createdAt.toISOString(),
    timeZone,
    ticketFormat: config.tickets.format,
    company: config.company,
    mailboxName: mailbox.name,
    mailboxAddress: mailbox.address,
    replyAddress,
  }
}

function attachmentsView(attachments: readonly AttachmentLine[]) {
  return {
    attachments: attachments
      .slice(0, mostAttachments)
      .map(({ filename, size }) => ({ filename: shortened(oneLine(filename), 80), size })),
    moreAttachments: Math.max(0, attachments.length - mostAttachments),
  }
}

function officeOf(key: string, { offices }: ViewSource): Office {
  const office = offices.get(key)
  if (!office) throw new TypeError(`office "${key}" is not in the configuration any more`)
  return office
}
