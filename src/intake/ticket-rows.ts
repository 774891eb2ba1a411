import { mergeTarget } from '../desk/threading.ts'
import type { CustomerThread, Language, Ticket, TicketState } from '../desk/ticket.ts'
import type { Tx } from '../store/database.ts'
import type { Ticket as TicketRow } from '../store/generated/client.ts'
import type { TicketChange } from './plan.ts'

/** Tickets as the rules see them, out of rows. */

/** The columns that `ticketOf` reads. */
export type TicketColumns = Pick<
  TicketRow,
  | 'id'
  | 'number'
  | 'state'
  | 'subject'
  | 'customerAddress'
  | 'customerName'
  | 'language'
  | 'mailbox'
  | 'group'
  | 'office'
  | 'closedAt'
  | 'waitingUntil'
  | 'assignee'
  | 'severity'
  | 'level'
  | 'area'
  | 'product'
  | 'requestType'
  | 'customerThread'
  | 'known'
>

const instantOf = (date: Date | null): Temporal.Instant | null =>
  date && Temporal.Instant.fromEpochMilliseconds(date.getTime())

export function ticketOf(row: TicketColumns): Ticket {
  const { id, number, subject, customerAddress, customerName, mailbox, group, office } = row
  return {
    ...{ id, number, subject, customerAddress, customerName, mailbox, group, office },
    state: row.state as TicketState,
    language: row.language as Language,
    closedAt: instantOf(row.closedAt),
    waitingUntil: instantOf(row.waitingUntil),
    assignee: row.assignee,
    severity: row.severity,
    level: row.level,
    area: row.area,
    product: row.product,
    requestType: row.requestType,
    customerThread: threadOf(row.customerThread),
    known: row.known,
  }
}

/** The ticket as it is once `change` has been written. */
export function changedTicket(ticket: Ticket, change: TicketChange = {}): Ticket {
  const {
    state,
    closedAt,
    waitingUntil,
    customerThread,
    mergedIntoId: _,
    customerPhone: __,
    ...plain
  } = change
  return {
    ...ticket,
    ...plain,
    ...(state === undefined ? {} : { state: state as TicketState }),
    ...(closedAt === undefined ? {} : { closedAt: instantOf(closedAt) }),
    ...(waitingUntil === undefined ? {} : { waitingUntil: instantOf(waitingUntil) }),
    ...(customerThread === undefined ? {} : { customerThread: threadOf(customerThread) }),
  }
}

/** Tickets of an older version have an empty object there. */
function threadOf(stored: unknown): CustomerThread {
  const none = { messageId: null, references: [], threadIndex: null, threadTopic: '' }
  return { ...none, ...(stored as Partial<CustomerThread>) }
}

/** Tickets, locked; with who among the senders takes part in each, and where merged ones lead. */
export interface LockedTickets {
  readonly byId: ReadonlyMap<string, Ticket>
  readonly idByNumber: ReadonlyMap<string, string>
  /** Of a merged ticket, to the last one of its chain. */
  readonly targets: ReadonlyMap<string, string>
  /** Addresses, lower-case, by the ticket's id. */
  readonly participants: ReadonlyMap<string, ReadonlySet<string>>
}

interface LockedRow extends TicketColumns {
  readonly mergedIntoId: string | null
  readonly participants: readonly string[]
}

/** In a fixed order, so that no two batches wait in a ring. */
const lockSql = `
with recursive chain (id, merged_into_id) as (
  select id, merged_into_id from ticket where id = any($1::uuid[]) or number = any($2::text[])
  union
  select ticket.id, ticket.merged_into_id from chain join ticket on ticket.id = chain.merged_into_id
)
select id, number, state, subject, customer_address as "customerAddress", customer_name as "customerName", language, mailbox,
       "group", office, closed_at as "closedAt", waiting_until as "waitingUntil", assignee, severity, level, area, product,
       request_type as "requestType", known,
       customer_thread as "customerThread", merged_into_id as "mergedIntoId",
       array(select address from participant where ticket_id = ticket.id and address = any($3::text[])) as participants
from ticket where id in (select id from chain) order by id for update`

/** Merges that overtake a look-up, one after the other; more than a few are a fault. */
const mergesBetween = 10

/**
 * Locks the tickets of these ids and numbers and all that merged ones lead to, and tells which of the senders (lower-case
 * addresses) take part in them. A ticket that was merged while we waited for its lock is followed as well.
 */
export async function lockTickets(
  tx: Tx,
  ids: readonly string[],
  numbers: readonly string[],
  senders: readonly string[],
): Promise<LockedTickets> {
  const rows = new Map<string, LockedRow>()
  let wanted: readonly string[] = ids
  for (
    let round = 0;
    round < mergesBetween && (round === 0 ? ids.length + numbers.length : wanted.length) > 0;
    round++
  ) {
    const found = await tx.$queryRawUnsafe<LockedRow[]>(lockSql, wanted, round === 0 ? numbers : [], senders)
    for (const row of found) rows.set(row.id, row)
    wanted = found.flatMap(({ mergedIntoId }) =>
      mergedIntoId && !rows.has(mergedIntoId) ? [mergedIntoId] : [],
    )
  }
  const mergedInto = new Map(
    rows.values().flatMap(({ id, mergedIntoId }) => (mergedIntoId ? [[id, mergedIntoId] as const] : [])),
  )
  return {
    byId: new Map(rows.values().map(row => [row.id, ticketOf(row)])),
    idByNumber: new Map(rows.values().map(row => [row.number, row.id])),
    targets: new Map(mergedInto.keys().map(id => [id, mergeTarget(id, mergedInto)])),
    participants: new Map(rows.values().map(row => [row.id, new Set(row.participants)])),
  }
}
