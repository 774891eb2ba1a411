/**
 * What a letter's template gets to see: the data of the outbox row, the configuration that is printed in letters, and
 * what follows from both. Every name here is a word of the templates' language; a template that uses another one fails.
 */
import type { Config, MailboxConfig } from '../config/schema.ts'
import type { HelpData, HoldQuestionData, ReceiptData, WhyData } from '../desk/agent-notice.ts'
import type { DigestData } from '../desk/digest.ts'
import type { FeedbackAnswerData, FeedbackTaskData } from '../desk/feedback/notice-data.ts'
import type {
  AgentAnswerData,
  AgentNoticeData,
  AlarmData,
  AttachmentLine,
  AutoReplyData,
  NoticeKind,
  SignInData,
} from '../desk/notice.ts'
import { nextOpening, type Office } from '../desk/office-hours.ts'
import type { CallbackNewsData, CallbackTaskData, CallConfirmationData } from '../desk/phone/notice-data.ts'
import { bareSubject, oneLine, shortened, withoutLinks } from '../desk/plain-text.ts'
import type { ProcedureLetterData, ProcedureTaskData } from '../desk/procedures/notice-data.ts'
import type { EscalationData } from '../desk/promise/escalation-notice.ts'
import type { ClosingData, StatusUpdateData } from '../desk/promise/progress-data.ts'
import type { PromiseTaskData } from '../desk/promise/promise-notice.ts'
import { hoursWords } from '../desk/promise-words.ts'
import { salutationName } from '../desk/salutation.ts'
import type { Language } from '../desk/ticket.ts'
import { ticketMarker } from '../desk/ticket-marker.ts'
import type { View } from '../template-language.ts'
import { agentNoticeView, helpView, holdQuestionView, receiptView, whyView } from './agent-view.ts'
import { callbackNewsView, callbackTaskView, callConfirmationView } from './callback-view.ts'
import { escalationView } from './escalation-view.ts'
import { feedbackAnswerView, feedbackTaskView } from './feedback-view.ts'
import { procedureLetterView, procedureTaskView } from './procedure-view.ts'
import { promiseTaskView } from './promise-view.ts'
import { isReport, reportView } from './report-view.ts'
import { signInView } from './sign-in-view.ts'
import { closingView, statusUpdateView } from './update-view.ts'
import { isVendorLetter, vendorView } from './vendor-view.ts'

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
export const longestSubject = 100
const mostAttachments = 30

export function viewFor(template: string, given: ViewSource): View {
  const source = housed(given)
  if (isVendorLetter(template)) return vendorView(template, source)
  if (isReport(template)) return reportView(source)
  switch (template as NoticeKind) {
    case 'auto-reply':
      return autoReplyView(source.data as AutoReplyData, source)
    case 'agent-answer':
      return agentAnswerView(source.data as AgentAnswerData, source)
    case 'agent-notice':
      return agentNoticeView(source.data as AgentNoticeData, source)
    case 'receipt':
      return receiptView(source.data as ReceiptData, source)
    case 'help':
      return helpView(source.data as HelpData, source)
    case 'why':
      return whyView(source.data as WhyData, source)
    case 'hold-question':
      return holdQuestionView(source.data as HoldQuestionData, source)
    case 'alarm':
      return alarmView(source.data as AlarmData, source)
    case 'digest':
      return digestView(source.data as DigestData, source)
    case 'callback-task':
      return callbackTaskView(source.data as CallbackTaskData, source)
    case 'call-confirmation':
      return callConfirmationView(source.data as CallConfirmationData, source)
    case 'escalation':
      return escalationView(source.data as EscalationData, source)
    case 'promise-task':
      return promiseTaskView(source.data as PromiseTaskData, source)
    case 'callback-news':
      return callbackNewsView(source.data as CallbackNewsData, source)
    case 'procedure-task':
      return procedureTaskView(source.data as ProcedureTaskData, source)
    case 'procedure-letter':
      return procedureLetterView(source.data as ProcedureLetterData, source)
    case 'status-update':
      return statusUpdateView(source.data as StatusUpdateData, source)
    case 'closing':
      return closingView(source.data as ClosingData, source)
    case 'feedback-task':
      return feedbackTaskView(source.data as FeedbackTaskData, source)
    case 'feedback-answer':
      return feedbackAnswerView(source.data as FeedbackAnswerData, source)
    case 'sign-in':
      return signInView(source.data as SignInData, source)
    default:
      throw new TypeError(`no letter is called "${template}"`)
  }
}

/** A letter that waited while its office was removed from the configuration goes out with that of its mailbox. */
function housed(source: ViewSource): ViewSource {
  const { data, offices, mailbox } = source
  if (typeof data !== 'object' || data === null || !('office' in data)) return source
  const isThere = typeof data.office !== 'string' || data.office === '' || offices.has(data.office)
  return isThere ? source : { ...source, data: { ...data, office: mailbox.office } }
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
    marker: ticketMarker(config.secret, data.ticketNumber),
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
    missing: data.missing ?? [],
    known: (data.known ?? []).map(({ label, value }) => ({
      label,
      value: shortened(withoutLinks(oneLine(value), link), longestSubject),
    })),
  }
}

function agentAnswerView(data: AgentAnswerData, source: ViewSource): View {
  return {
    ...commonView(source, officeOf(data.office, source)),
    ticketNumber: data.ticketNumber,
    subject: shortened(bareSubject(data.subject), longestSubject),
    words: data.words,
    signature: data.signature?.trim() ?? '',
    marker: ticketMarker(source.config.secret, data.ticketNumber),
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

function digestView({ since, sections }: DigestData, source: ViewSource): View {
  const total = sections.reduce((sum, { count }) => sum + count, 0)
  return {
    ...commonView(source, officeOf(source.mailbox.office, source)),
    instance: source.config.instance,
    since,
    total,
    one: total === 1,
    sections: sections.map(({ topic, count, lines }) => ({
      topic,
      count,
      more: count - lines.length,
      lines: lines.map(line => ({
        ...line,
        who: oneLine(line.who),
        what: shortened(oneLine(line.what), 200),
      })),
    })),
  }
}

export function commonView({ config, createdAt, mailbox, replyAddress }: ViewSource, { timeZone }: Office) {
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

export function attachmentsView(attachments: readonly AttachmentLine[]) {
  return {
    attachments: attachments
      .slice(0, mostAttachments)
      .map(({ filename, size }) => ({ filename: shortened(oneLine(filename), 80), size })),
    moreAttachments: Math.max(0, attachments.length - mostAttachments),
  }
}

export function officeOf(key: string, { offices }: ViewSource): Office {
  const office = offices.get(key)
  if (!office) throw new TypeError(`office "${key}" is not in the configuration any more`)
  return office
}
