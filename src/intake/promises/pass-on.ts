import { randomUUID } from 'node:crypto'
import { readersOf } from '../../desk/assignment.ts'
import { customerEntryKinds } from '../../desk/channel.ts'
import type { AgentNoticeData } from '../../desk/notice.ts'
import { passedOnText } from '../../desk/pass-on-words.ts'
import type { Ticket } from '../../desk/ticket.ts'
import { enqueue, type LetterRow, letterRow } from '../../outbox/enqueue.ts'
import type { Tx } from '../../store/database.ts'
import type { Ticket as TicketRow } from '../../store/generated/client.ts'
import { agentEnvelope } from '../agent-notices.ts'
import { readAbsences } from '../calls/duty.ts'
import { earlierTickets } from '../calls/told-ticket.ts'
import { checklistForAgent } from '../known-of-mail.ts'
import { dateOf } from '../mail-rows.ts'
import { ticketOf } from '../ticket-rows.ts'
import { judgeLevel } from './judge-level.ts'
import { readLoad } from './load.ts'
import type { PromiseDeps } from './promise-deps.ts'
import { retarget } from './retarget.ts'
import { type Placed, placeWithin, type RoutingContext } from './routing.ts'
import { sendUpdate } from './status-update.ts'

/** A matter goes to another department: number, history and promises stay, and who is responsible changes. */

export interface PassOn {
  readonly ticketId: string
  /** Key of the group that gets it. */
  readonly group: string
  readonly reason: string
  /** Key of the agent who says so; null for a procedure. */
  readonly by: string | null
  readonly now: Temporal.Instant
  /** Who had it, where the row says the new group already. */
  readonly from?: Side
  readonly inboundId?: bigint
}

/** One side of a hand-over. */
export interface Side {
  readonly group: string
  /** Null: the whole group. */
  readonly agent: string | null
}

/** How much of the customer's first words the new department gets; the rest is in the ticket. */
const requestLength = 20_000

/**
 * Passes a ticket on, in the caller's transaction; the caller nudges the outbox and wakes the callbacks after its
 * commit. A callback that is owed stays owed, and its next look finds somebody of the new group.
 */
export async function passOn(tx: Tx, deps: PromiseDeps, passing: PassOn): Promise<void> {
  const { ticketId, group, reason, by, now, from, inboundId = null } = passing
  const row = await tx.ticket.findUniqueOrThrow({
    where: { id: ticketId },
    include: { company: { select: { name: true, number: true } } },
  })
  const before = from ?? { group: row.group, agent: row.assignee }
  const context = {
    ...{ config: deps.config, now, load: await readLoad(tx, deps.config) },
    absences: await readAbsences(tx, now),
  }
  // Somebody who took it right after the command, in the same batch, has it already.
  const taken = from ? row.assignee : null
  const placed = taken === null ? placeRow({ ...row, group }, context) : takenBy(group, taken)
  const ticket: Ticket = { ...ticketOf(row), group, assignee: placed.agent }
  await tx.ticket.update({
    where: { id: ticketId },
    data: { group, assignee: placed.agent, changedAt: dateOf(now) },
  })
  const { because, row: rule, trail } = placed
  await tx.entry.create({
    data: {
      ...{ id: randomUUID(), ticketId, kind: 'passed-on', at: dateOf(now), text: reason, inboundId },
      author: by === null ? '' : (deps.config.agents[by]?.name ?? by),
      detail: {
        ...{ fromGroup: before.group, fromAgent: before.agent, group, agent: placed.agent },
        ...{ by, because, row: rule },
        trail: trail.map(step => ({ ...step })),
      },
    },
  })
  await enqueue(tx, await notices(tx, ticket, row.customerPhone, passing, context))
  await tx.callback.updateMany({ where: { owedFor: ticketId }, data: { wakeAt: dateOf(now) } })
  await retarget(tx, deps, { ticketId, now })
  // A department may have levels of its own in the policy, as it has times.
  await judgeLevel(tx, deps, { ticketId, because: { kind: 'changed' }, now })
  if (deps.config.policy.updateOn.includes('passed-on'))
    await sendUpdate(tx, deps, { ticketId, done: '', next: '', by, now, automatic: true })
}

type PassedRow = TicketRow & {
  readonly company: { readonly name: string; readonly number: string | null } | null
}

/** The line of a call is not asked after: the matter has left it. */
function placeRow(row: PassedRow, context: RoutingContext): Placed {
  const { mailbox, product, area, requestType, company, group, office } = row
  const { language } = ticketOf(row)
  const facts = { line: null, mailbox, product, area, language, requestType, customer: company, group }
  return placeWithin(facts, office, context)
}

function takenBy(group: string, agent: string): Placed {
  return { group, agent, because: `${agent} took it`, row: null, trail: [] }
}

async function notices(
  tx: Tx,
  ticket: Ticket,
  phone: string | null,
  { by, reason, inboundId, now }: PassOn,
  { config, absences }: RoutingContext,
): Promise<LetterRow[]> {
  const timeZone = config.offices[ticket.office]?.timeZone ?? 'UTC'
  const duty = { config, absences, timeZone, now }
  const readers = readersOf(ticket, duty).filter(key => key !== by)
  const request = await tx.entry.findFirst({
    where: { ticketId: ticket.id, kind: { in: [...customerEntryKinds] } },
    orderBy: { at: 'asc' },
    select: { text: true },
  })
  const owed = await tx.guarantee.findFirst({
    where: { ticketId: ticket.id, state: 'open', kind: 'first-response' },
    select: { dueAt: true },
  })
  const earlier = await earlierTickets(tx, ticket, phone)
  const { subject, customerName, customerAddress, office, severity, level, assignee } = ticket
  return readers.flatMap(key => {
    const agent = config.agents[key]
    const [recipient] = agent?.addresses ?? []
    if (!agent || !recipient) return []
    const { language } = agent
    const data: AgentNoticeData = {
      ...{ subject, customerName, customerAddress, office, severity, level, assignee, earlier, phone },
      event: 'passed-on',
      agent: key,
      ticketNumber: ticket.number,
      author: by === null ? config.company : (config.agents[by]?.name ?? by),
      text: passedOnText(reason, (request?.text ?? '').slice(0, requestLength).toWellFormed(), language),
      attachments: [],
      receivedAt: now.toString(),
      dueAt: owed?.dueAt.toISOString() ?? null,
      inboundHint: inboundId === undefined ? ticket.number : String(inboundId),
      ...checklistForAgent(ticket, config, language),
    }
    return [
      letterRow({ kind: 'agent-notice', language, recipient, data }, agentEnvelope(ticket, config), now),
    ]
  })
}
