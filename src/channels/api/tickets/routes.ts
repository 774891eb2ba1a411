import { z } from 'zod'
import { Problem } from '../problem.ts'
import { type Route, readRoute } from '../route.ts'
import { type Place, readTicket, readTickets } from './read-tickets.ts'
import { listQuery, listSchema, numberSchema, ticketSchema } from './schemas.ts'

/** Reading tickets. A client that sees some departments only is told of no others, not even that a number exists. */

const show = readRoute({
  method: 'get',
  url: '/tickets/{number}',
  id: 'getTicket',
  tag: 'tickets',
  scope: 'read',
  summary: 'How a matter stands',
  description: 'State, promises and conversation of one ticket. Notes among agents are not part of it.',
  path: z.object({ number: numberSchema }),
  answers: { 200: { description: 'The ticket.', schema: ticketSchema } },
  problems: ['not-found'],
  async read({ database }, { client, path }) {
    const ticket = await readTicket(database, path.number, { groups: client.config.groups })
    if (!ticket) throw noTicket()
    return { status: 200, body: ticket }
  },
})

const list = readRoute({
  method: 'get',
  url: '/tickets',
  id: 'listTickets',
  tag: 'tickets',
  scope: 'read',
  summary: 'Tickets in the order of their last change',
  description:
    'Those that changed longest ago first. Follow `next` to its end; later begin again with `since`, a minute before the newest `changedAt` that you have seen.',
  query: listQuery,
  answers: { 200: { description: 'One page.', schema: listSchema } },
  problems: [],
  async read({ database }, { client, query }) {
    const { state, group, limit, since, cursor } = query
    const from = cursor === undefined ? since && Temporal.Instant.from(since) : placeIn(cursor)
    const page = await readTickets(database, {
      ...{ state, group, limit, groups: client.config.groups },
      from: from || undefined,
    })
    return { status: 200, body: { tickets: page.tickets, next: page.next && cursorOf(page.next) } }
  },
})

export function noTicket(): Problem {
  return new Problem('not-found', 'There is no ticket with this number among those that this client sees.')
}

const cursorOf = ({ changedAt, id }: Place): string =>
  Buffer.from(`${changedAt.epochMilliseconds} ${id}`).toString('base64url')

function placeIn(cursor: string): Place {
  const [, at, id] =
    /^(\d{1,14}) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(
      Buffer.from(cursor, 'base64url').toString('latin1'),
    ) ?? []
  if (at !== undefined && id !== undefined)
    return { changedAt: Temporal.Instant.fromEpochMilliseconds(Number(at)), id }
  const fault = {
    in: 'query' as const,
    field: 'cursor',
    problem: 'It is none of ours.',
    remedy: 'Send `next` of the answer before, unchanged, or leave it out to begin again.',
  }
  throw new Problem('invalid-request', 'Please correct: cursor.', { errors: [fault] })
}

export const ticketRoutes: readonly Route[] = [list, show]
