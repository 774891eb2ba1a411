import type { Config } from '../config/schema.ts'
import { readersOf } from '../desk/assignment.ts'
import { requestTypeOf } from '../desk/checklist.ts'
import type { InboundMail } from '../desk/inbound.ts'
import type { MailContent } from '../desk/mail-content.ts'
import type { AgentNoticeData, AgentNoticeEvent, RelayedParts } from '../desk/notice.ts'
import { agentsOnDuty } from '../desk/on-duty.ts'
import type { Ticket } from '../desk/ticket.ts'
import { visibleAttachments } from '../desk/visible-attachments.ts'
import type { WhyNeither } from '../desk/why-not-told.ts'
import { type Envelope, type LetterRow, letterRow } from '../outbox/enqueue.ts'
import { booksOf } from './customers/customers-of-mails.ts'
import { checklistForAgent } from './known-of-mail.ts'
import { domainOf, linesOf } from './letters.ts'
import type { PlanContext } from './plan.ts'
import { earlierThan } from './surroundings.ts'

/** What agents hear of a ticket: a mail that holds all they need to answer it by pressing Reply. */

/** How much a notice holds of a mail's text; the whole mail stays in the ticket. */
const noticeLength = 100_000

/** What a mail on a ticket tells the agents of its group; nobody is told of what they wrote themselves. */
export function noticesOfMail(
  ticket: Ticket,
  event: AgentNoticeEvent,
  mail: InboundMail,
  dueAt: Temporal.Instant | undefined,
  inboundId: bigint,
  context: PlanContext,
): LetterRow[] {
  const { config, surroundings } = context
  const data: NoticeOfGroup = {
    ...ticketLines(ticket),
    event,
    text: wordsOf(mail.content).slice(0, noticeLength).toWellFormed(),
    attachments: linesOf(mail),
    receivedAt: mail.receivedAt.toString(),
    dueAt: (dueAt ?? surroundings.promises.get(ticket.id))?.toString() ?? null,
    inboundHint: String(inboundId),
    earlier: earlierThan(ticket, surroundings),
    books: booksOf(ticket, context),
    relayed: relayedWithin(mail, config.limits.noticeAttachmentBytes),
    ...(event === 'customer-mail' ? guestOf(ticket, mail) : {}),
  }
  const author = mail.content.from?.address.toLowerCase()
  const readers = readersOfMail(ticket, context).filter(
    key => !config.agents[key]?.addresses.some(address => address.toLowerCase() === author),
  )
  return noticesTo(readers, ticket, data, context)
}

/** A colleague of the customer's who takes part: the agent must see who wrote, and whom an answer reaches. */
function guestOf(ticket: Ticket, { content }: InboundMail): { readonly guest?: string } {
  const writer = content.from?.address
  if (!writer || writer.toLowerCase() === ticket.customerAddress.toLowerCase()) return {}
  return { guest: writer }
}

/** Tells colleagues what an agent did by mail: the answer or note itself, or that the ticket is theirs now. */
export function noticesOfAgent(
  readers: readonly string[],
  event: 'agent-answer' | 'agent-note' | 'assigned',
  ticket: Ticket,
  mail: InboundMail,
  spoken: { readonly author: string; readonly words: string },
  inboundId: bigint,
  context: PlanContext,
): LetterRow[] {
  const data: NoticeOfGroup = {
    ...ticketLines(ticket),
    event,
    author: spoken.author,
    text: spoken.words.slice(0, noticeLength).toWellFormed(),
    attachments: linesOf(mail),
    receivedAt: mail.receivedAt.toString(),
    dueAt: context.surroundings.promises.get(ticket.id)?.toString() ?? null,
    inboundHint: String(inboundId),
    earlier: earlierThan(ticket, context.surroundings),
    books: booksOf(ticket, context),
  }
  return noticesTo(readers, ticket, data, context)
}

/** Tells colleagues of an answer that was composed of an agent's words and those of a manufacturer. */
export function noticesOfShared(
  readers: readonly string[],
  ticket: Ticket,
  spoken: { readonly author: string; readonly words: string },
  inboundId: bigint,
  { config, now }: Pick<PlanContext, 'config' | 'now'>,
): LetterRow[] {
  const data: NoticeOfGroup = {
    ...{ ...ticketLines(ticket), event: 'agent-answer', author: spoken.author, attachments: [] },
    text: spoken.words.slice(0, noticeLength).toWellFormed(),
    ...{ receivedAt: now.toString(), dueAt: null, inboundHint: String(inboundId) },
  }
  return noticesTo(readers, ticket, data, { config, now })
}

/** Tells the agents of a ticket's group that a letter to its customer was given up. */
export function noticesOfFailedLetter(
  ticket: Ticket,
  recipient: string,
  response: string,
  context: Pick<PlanContext, 'config' | 'now'>,
): LetterRow[] {
  const data: NoticeOfGroup = {
    ...ticketLines(ticket),
    event: 'letter-failed',
    customerAddress: recipient,
    text: response,
    attachments: [],
    receivedAt: context.now.toString(),
    dueAt: null,
    inboundHint: ticket.number,
  }
  return noticesTo(groupOf(ticket, context), ticket, data, context)
}

/** Tells `readers` that the customer could be told nothing of how the matter stands. */
export function noticesOfSilence(
  ticket: Ticket,
  readers: readonly string[],
  { noText, noMail }: WhyNeither,
  context: Pick<PlanContext, 'config' | 'now'>,
): LetterRow[] {
  const data: NoticeOfGroup = {
    ...ticketLines(ticket),
    event: 'customer-not-told',
    text: '',
    untold: { noText, noMail },
    attachments: [],
    receivedAt: context.now.toString(),
    dueAt: null,
    inboundHint: ticket.number,
  }
  return noticesTo(readers, ticket, data, context)
}

/** Keys of the agents that hear of a ticket: those of its group, and the deputies of those who are away. */
export function groupOf(
  { group, office }: Pick<Ticket, 'group' | 'office'>,
  { config, surroundings, now }: Pick<PlanContext, 'config' | 'now'> & Partial<PlanContext>,
): readonly string[] {
  const timeZone = config.offices[office]?.timeZone ?? 'UTC'
  return agentsOnDuty(group, config, surroundings?.absences ?? [], timeZone, now)
}

/**
 * Where the routing shares out the work a customer's mail is for whoever has the ticket: ten people who read what one of
 * them answers stop reading. Urgent kinds of request are everybody's; without routing the whole group sees to its mail.
 */
function readersOfMail(ticket: Ticket, context: PlanContext): readonly string[] {
  const { config, surroundings, now } = context
  if (config.routing.length === 0) return groupOf(ticket, context)
  const timeZone = config.offices[ticket.office]?.timeZone ?? 'UTC'
  const own = readersOf(ticket, { config, absences: surroundings.absences, timeZone, now })
  const isUrgent = requestTypeOf(ticket, config)?.urgent === true
  return isUrgent ? [...new Set([...own, ...groupOf(ticket, context)])] : own
}

/** All letters to agents about a ticket hang on one invented root, so that a mail client shows them as one thread. */
export function agentEnvelope(ticket: Ticket, config: Config, answered: string | null = null): Envelope {
  const domain = domainOf(config, ticket.mailbox)
  const references = [`<ticket${ticket.number}.notices@${domain}>`, ...(answered === null ? [] : [answered])]
  return { ticketId: ticket.id, mailbox: ticket.mailbox, domain, thread: { inReplyTo: answered, references } }
}

type NoticeOfGroup = Omit<AgentNoticeData, 'agent' | 'known' | 'missing'>

/** One letter each, in the reader's language and with an address to answer to that is signed for the reader alone. */
function noticesTo(
  readers: readonly string[],
  ticket: Ticket,
  data: NoticeOfGroup,
  { config, now }: Pick<PlanContext, 'config' | 'now'>,
): LetterRow[] {
  const envelope = agentEnvelope(ticket, config)
  return readers.flatMap(key => {
    const agent = config.agents[key]
    const [recipient] = agent?.addresses ?? []
    if (!agent || !recipient) return []
    const own: AgentNoticeData = { ...data, agent: key, ...checklistForAgent(ticket, config, agent.language) }
    return [
      letterRow({ kind: 'agent-notice', language: agent.language, recipient, data: own }, envelope, now),
    ]
  })
}

/** What agents read: the new words, or all of them where it is not sure which are new. Nothing is cut, only folded. */
function wordsOf({ replyText, replyConfidence, text }: MailContent): string {
  return replyConfidence === 'unsure' ? text : replyText || text
}

function ticketLines({
  number,
  subject,
  customerName,
  customerAddress,
  office,
  severity,
  level,
  assignee,
}: Ticket) {
  return { ticketNumber: number, subject, customerName, customerAddress, office, severity, level, assignee }
}

/** The first attachments of a mail that fit into `bytes` together; a small one behind a large one still comes along. */
function relayedWithin(
  { content, rawSha256, repeatedPictures }: InboundMail,
  bytes: number,
): RelayedParts | null {
  let room = content.defects.includes('oversized') ? 0 : bytes
  const parts = visibleAttachments(content, repeatedPictures)
    .slice(0, 50)
    .filter(({ size }) => {
      if (size > room) return false
      room -= size
      return true
    })
  if (parts.length === 0) return null
  return {
    rawSha256,
    parts: parts.map(({ sha256, filename, contentType }) => ({ sha256, filename, contentType })),
  }
}
