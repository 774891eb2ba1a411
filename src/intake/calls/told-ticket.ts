import type { EarlierTickets } from '../../desk/notice.ts'
import { agentsOnDuty, type NotedAbsence } from '../../desk/on-duty.ts'
import type { Ticket } from '../../desk/ticket.ts'
import type { Tx } from '../../store/database.ts'
import type { Ticket as TicketRow } from '../../store/generated/client.ts'
import { ticketOf } from '../ticket-rows.ts'
import type { CallDeps } from './call-deps.ts'
import { readDuty } from './duty.ts'

/** The ticket that a letter about a call speaks of, and who hears of it. */
export interface ToldTicket {
  readonly ticket: Ticket
  readonly row: TicketRow
  /** For customers; '' where the subject is only our own words for "somebody rang". */
  readonly subject: string
}

/** Merges in a row; more than a few are a fault. */
const mostMerges = 10

/** What is said to a merged ticket is said to the one it was merged into. */
export async function toldTicket(tx: Tx, ticketId: string): Promise<ToldTicket> {
  let row = await tx.ticket.findUniqueOrThrow({ where: { id: ticketId } })
  for (let left = mostMerges; row.mergedIntoId !== null && left > 0; left--)
    row = await tx.ticket.findUniqueOrThrow({ where: { id: row.mergedIntoId } })
  const byCall = await tx.call.count({ where: { ticketId: row.id, arrivedAt: row.openedAt } })
  return { row, ticket: ticketOf(row), subject: byCall > 0 ? '' : row.subject }
}

/** Keys of those who are told of a ticket: whoever has it and is there, else all of the group that are. */
export async function readersOf(
  tx: Tx,
  { config }: Pick<CallDeps, 'config'>,
  ticket: Ticket,
  now: Temporal.Instant,
): Promise<readonly string[]> {
  const { group, office, language, assignee } = ticket
  const { toAssign } = await readDuty(tx, { group, office, language, now, config })
  if (assignee !== null && toAssign.includes(assignee)) return [assignee]
  if (toAssign.length > 0) return toAssign
  // Nobody is there: mail that waits for somebody's return is better than mail that never came.
  return agentsOnDuty(group, config, [] as readonly NotedAbsence[], 'UTC', now)
}

const mostNumbers = 5
const mostCounted = 500

/** Other tickets of the same customer, known by address or by telephone. */
export async function earlierTickets(tx: Tx, ticket: Ticket, number: string | null): Promise<EarlierTickets> {
  const rows = await tx.$queryRaw<{ number: string }[]>`
    select number from ticket where id <> ${ticket.id}::uuid and merged_into_id is null and (
      (${ticket.customerAddress} <> '' and customer_address = ${ticket.customerAddress})
      or id in (select ticket_id from ticket_phone where number = ${number ?? ''}))
    order by opened_at desc limit ${mostCounted}`
  return { count: rows.length, numbers: rows.slice(0, mostNumbers).map(row => row.number) }
}

/** The last call to the hotline about a ticket. */
export async function lastCallOf(tx: Tx, ticketId: string) {
  return tx.call.findFirst({ where: { ticketId, direction: 'in' }, orderBy: { arrivedAt: 'desc' } })
}
