import { randomUUID } from 'node:crypto'
import { readKnown } from '../desk/checklist.ts'
import type { Action } from '../desk/decide.ts'
import type { InboundMail } from '../desk/inbound.ts'
import { addOfficeTime, type Office } from '../desk/office-hours.ts'
import { customerThreadOf } from '../desk/threading.ts'
import type { Language, Ticket } from '../desk/ticket.ts'
import type { Prisma } from '../store/generated/client.ts'
import { noticesOfMail } from './agent-notices.ts'
import { planParticipant } from './joined-mail.ts'
import { foundIn, numbersIn } from './known-of-mail.ts'
import { autoReplyTo } from './letters.ts'
import { dateOf, entryRow, phoneRow, subjectLength } from './mail-rows.ts'
import type { Plan, PlanContext } from './plan.ts'

/** A mail that opens a ticket: the ticket, its first entry, the promise, the answer to the customer and the notices. */

/** A number and sequence for a ticket that is opened, taken from the database beforehand. */
export interface FreshNumber {
  readonly sequence: bigint
  readonly number: string
}

/** The ticket that a mail opens. Its customer is whoever From names: Reply-To only directs answers. */
export function draftTicket(mail: InboundMail, { number }: FreshNumber, { config }: PlanContext): Ticket {
  const { content, position } = mail
  const mailbox = config.mailboxes[position.mailbox]
  if (!mailbox) throw new Error(`mailbox "${position.mailbox}" is not in the configuration`)
  const language: Language =
    content.language === 'de' || content.language === 'en' ? content.language : mailbox.language
  return {
    id: randomUUID(),
    number,
    state: 'open',
    subject: content.subject.slice(0, subjectLength).toWellFormed(),
    customerAddress: content.from?.address ?? '',
    customerName: content.from?.name ?? '',
    language,
    mailbox: position.mailbox,
    group: mailbox.group,
    office: mailbox.office,
    closedAt: null,
    waitingUntil: null,
    assignee: null,
    severity: null,
    level: 1,
    customerThread: customerThreadOf(content),
    known: foundIn(content, position.mailbox, config),
  }
}

/** Adds to `plan` the drafted ticket and all that begins with it. */
export function openTicket(
  plan: Plan,
  mail: InboundMail,
  inboundId: bigint,
  { answer, follows, likely }: Extract<Action, { readonly kind: 'open-ticket' }>,
  ticket: Ticket,
  fresh: FreshNumber,
  context: PlanContext,
): void {
  const { config, now } = context
  const office = context.offices.get(ticket.office)
  if (!office) throw new Error(`office "${ticket.office}" is not in the configuration`)
  const promise = firstResponse(mail, office, context)
  plan.tickets.push({
    ...ticket,
    known: ticket.known ?? {},
    closedAt: null,
    waitingUntil: null,
    customerThread: { ...ticket.customerThread } as unknown as Prisma.InputJsonObject,
    followsId: follows?.id ?? null,
    sequence: fresh.sequence,
    openedAt: dateOf(now),
    changedAt: dateOf(now),
  })
  planParticipant(plan, mail, ticket, 'customer', context)
  const numbers = numbersIn(readKnown(ticket.known), ticket.mailbox, config)
  plan.phones.push(...numbers.map(number => phoneRow(ticket.id, number, now)))
  plan.entries.push(entryRow('customer-mail', mail, inboundId, ticket, context, relativesOf(follows, likely)))
  plan.guarantees.push({
    id: randomUUID(),
    ticketId: ticket.id,
    kind: 'first-response',
    state: 'open',
    startedAt: dateOf(promise.startedAt),
    dueAt: dateOf(promise.dueAt),
    derivation: promise.derivation as unknown as Prisma.InputJsonValue,
  })
  const reply = answer.send ? autoReplyTo(mail, ticket, promise.dueAt, office, config, now) : undefined
  if (reply) plan.letters.push(reply)
  plan.letters.push(...noticesOfMail(ticket, 'new-ticket', mail, promise.dueAt, inboundId, context))
}

/**
 * The clock runs from the moment the server had the mail, not from when we came to read it. Where that promise would
 * lie in the past already (we were away), it is counted from now: a letter must not promise yesterday.
 */
function firstResponse(mail: InboundMail, office: Office, { config, now }: PlanContext) {
  const minutes = config.tickets.firstResponseMinutes
  const receivedAt = Temporal.Instant.compare(mail.receivedAt, now) > 0 ? now : mail.receivedAt
  const fromReceipt = addOfficeTime(receivedAt, minutes, office)
  if (Temporal.Instant.compare(fromReceipt.dueAt, now) > 0) return { startedAt: receivedAt, ...fromReceipt }
  return { startedAt: now, ...addOfficeTime(now, minutes, office) }
}

/** Numbers of other tickets that an agent who reads this one wants to know of. */
function relativesOf(follows: Ticket | undefined, likely: Ticket | undefined): Record<string, string> {
  return {
    ...(follows ? { follows: follows.number } : {}),
    ...(likely ? { likelyBelongsTo: likely.number } : {}),
  }
}
