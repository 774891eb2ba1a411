import { randomUUID } from 'node:crypto'
import { mergeKnown, readKnown } from '../desk/checklist.ts'
import type { Action } from '../desk/decide.ts'
import type { InboundMail } from '../desk/inbound.ts'
import { customerThreadOf } from '../desk/threading.ts'
import type { Ticket } from '../desk/ticket.ts'
import type { Prisma } from '../store/generated/client.ts'
import { noticesOfMail } from './agent-notices.ts'
import { recogniseTicket, unclearEntry } from './customers/customers-of-mails.ts'
import { foundIn, numbersIn, withKnown } from './known-of-mail.ts'
import { dateOf, entryRow, phoneRow } from './mail-rows.ts'
import type { Plan, PlanContext, TicketChange } from './plan.ts'
import { senderOf } from './recent-tickets.ts'

/** What a mail that joins a ticket changes beside the history: who takes part, the thread to answer in, the state. */

type Joining = Extract<Action, { readonly kind: 'add-entry' }>

/** Adds to `plan` all that follows from a mail that joins a ticket. */
export function planJoined(
  plan: Plan,
  mail: InboundMail,
  inboundId: bigint,
  action: Joining,
  context: PlanContext,
): void {
  const { ticket, entry, notice } = action
  plan.entries.push(entryRow(entry, mail, inboundId, ticket, context))
  plan.changedTickets.add(ticket.id)
  const found = entry === 'customer-mail' ? foundIn(mail.content, ticket, context.config) : {}
  plan.known.set(ticket.id, mergeKnown(plan.known.get(ticket.id) ?? {}, found))
  plan.phones.push(
    ...numbersIn(found, ticket, context.config).map(number => phoneRow(ticket.id, number, context.now)),
  )
  const told = withKnown(ticket, found)
  plan.links.push({ ticketId: ticket.id, recognised: recogniseTicket(told, context) })
  // Once: with the mail that brought what does not fit.
  if (Object.keys(found).some(key => !Object.hasOwn(readKnown(ticket.known), key)))
    plan.entries.push(...unclearEntry(told, context))
  if (entry === 'customer-mail') planCustomer(plan, mail, inboundId, action, context)
  if (action.vote) plan.votes.push(action.vote)
  if (notice.send) plan.letters.push(...noticesOfMail(told, entry, mail, undefined, inboundId, context))
}

function planCustomer(
  plan: Plan,
  mail: InboundMail,
  inboundId: bigint,
  action: Joining,
  context: PlanContext,
): void {
  const { ticket, reopens } = action
  const isFromCustomer = isCustomer(mail, ticket)
  changeTicket(plan, ticket.id, {
    ...(isFromCustomer
      ? { customerThread: { ...customerThreadOf(mail.content) } as unknown as Prisma.InputJsonObject }
      : {}),
    ...(reopens ? { state: 'open', closedAt: null, waitingUntil: null } : {}),
  })
  planParticipant(plan, mail, ticket, isFromCustomer ? 'customer' : 'guest', context)
  if (reopens) plan.entries.push(reopened(ticket, inboundId, context))
  if (reopens) {
    const kind = ticket.state === 'resolved' ? 'reopened' : 'resume'
    plan.promiseChanges.push({ kind, ticketId: ticket.id })
  }
}

/** Reopening is counted by these: see loop-budget.ts. */
function reopened(
  { id, state }: Ticket,
  inboundId: bigint,
  { now }: PlanContext,
): Prisma.EntryCreateManyInput {
  const row = { id: randomUUID(), ticketId: id, kind: 'reopened', at: dateOf(now), author: '', text: '' }
  return { ...row, detail: { from: state }, inboundId }
}

/** Whoever a mail makes part of a ticket. Those in To and Cc are not: only who answers us has shown to read it. */
export function planParticipant(
  plan: Plan,
  mail: InboundMail,
  ticket: Ticket,
  role: 'customer' | 'guest',
  { now }: PlanContext,
): void {
  const address = senderOf(mail)
  if (address === undefined) return
  const name = (mail.content.from?.name ?? '').slice(0, 200).toWellFormed()
  plan.participants.push({ ticketId: ticket.id, address, name, role, since: dateOf(now) })
}

export function changeTicket(plan: Plan, ticketId: string, change: TicketChange): void {
  plan.changedTickets.add(ticketId)
  plan.ticketChanges.set(ticketId, { ...plan.ticketChanges.get(ticketId), ...change })
}

/** A colleague who joined writes in a thread of mails that the customer may never have had. */
function isCustomer(mail: InboundMail, ticket: Ticket): boolean {
  return senderOf(mail) === ticket.customerAddress.toLowerCase()
}
