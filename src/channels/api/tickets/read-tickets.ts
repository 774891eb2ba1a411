import { customerEntryKinds } from '../../../desk/channel.ts'
import { instantOf } from '../../../intake/calls/call-rows.ts'
import type { Database } from '../../../store/database.ts'
import type { Guarantee, Ticket } from '../../../store/generated/client.ts'

/** Tickets out of rows, for the API. */

/** Of a client; without groups it sees all. */
export interface Sight {
  readonly groups: readonly string[] | undefined
}

const iso = (date: Date | null): string | null => date?.toISOString() ?? null

export function lineOf(row: Ticket) {
  const { number, state, channel, subject, language, mailbox, group, assignee, severity, level } = row
  return {
    ...{ number, state, channel, subject, language, mailbox, group, assignee, severity, level },
    ...{ area: row.area, product: row.product, requestType: row.requestType },
    customer: { name: row.customerName, email: row.customerAddress || null, phone: row.customerPhone },
    openedAt: row.openedAt.toISOString(),
    changedAt: row.changedAt.toISOString(),
    closedAt: iso(row.closedAt),
    waitingUntil: iso(row.waitingUntil),
  }
}

const mostSaid = 100

/** Undefined where there is none with this number, or none that the client sees. */
export async function readTicket(database: Database, number: string, { groups }: Sight) {
  const row = await database.ticket.findFirst({
    where: { number, ...(groups ? { group: { in: [...groups] } } : {}) },
    include: {
      guarantees: { orderBy: [{ startedAt: 'asc' }, { kind: 'asc' }] },
      entries: {
        where: { kind: { in: [...customerEntryKinds, 'agent-answer'] } },
        orderBy: [{ at: 'desc' }, { id: 'desc' }],
        take: mostSaid,
      },
    },
  })
  if (!row) return undefined
  const merged = row.mergedIntoId
    ? await database.ticket.findUnique({ where: { id: row.mergedIntoId }, select: { number: true } })
    : null
  return {
    ...lineOf(row),
    mergedInto: merged?.number ?? null,
    nextStep: row.nextStep,
    promises: row.guarantees.map(promiseOf),
    conversation: row.entries.toReversed().map(({ at, kind, author, text }) => ({
      at: at.toISOString(),
      by: kind === 'agent-answer' ? ('agent' as const) : ('customer' as const),
      name: author,
      text,
    })),
  }
}

function promiseOf({ kind, state, startedAt, dueAt, endedAt, pausedAt }: Guarantee) {
  return {
    ...{ kind, state, startedAt: startedAt.toISOString(), dueAt: dueAt.toISOString() },
    ...{ endedAt: iso(endedAt), pausedAt: iso(pausedAt) },
  }
}

/** A place between two tickets, in the order of their last changes. */
export interface Place {
  readonly changedAt: Temporal.Instant
  readonly id: string
}

export interface Listing extends Sight {
  /** Behind it, or with the tickets of that moment. */
  readonly from: Place | Temporal.Instant | undefined
  readonly state: string | undefined
  readonly group: string | undefined
  readonly limit: number
}

/** Those that changed longest ago first, so that what changes while a client reads on comes once more and is not missed. */
export async function readTickets(database: Database, { from, state, group, groups, limit }: Listing) {
  const since =
    from === undefined ? undefined : new Date(('id' in from ? from.changedAt : from).epochMilliseconds)
  const rows = await database.ticket.findMany({
    where: {
      ...(state === undefined ? {} : { state }),
      AND: [
        ...(group === undefined ? [] : [{ group }]),
        ...(groups === undefined ? [] : [{ group: { in: [...groups] } }]),
        ...(since === undefined ? [] : [{ changedAt: { gte: since } }]),
        ...(from !== undefined && since !== undefined && 'id' in from
          ? [{ OR: [{ changedAt: { gt: since } }, { changedAt: since, id: { gt: from.id } }] }]
          : []),
      ],
    },
    orderBy: [{ changedAt: 'asc' }, { id: 'asc' }],
    take: limit + 1,
  })
  const page = rows.slice(0, limit)
  const last = rows.length > limit ? page.at(-1) : undefined
  return {
    tickets: page.map(lineOf),
    next: last ? { changedAt: instantOf(last.changedAt), id: last.id } : null,
  }
}
