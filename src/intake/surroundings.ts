import type { Config } from '../config/schema.ts'
import type { WhyClock, WhyData, WhyMail } from '../desk/agent-notice.ts'
import { type CustomerBook, emptyBook } from '../desk/customers/customer-book.ts'
import type { InboundMail } from '../desk/inbound.ts'
import type { Attachment } from '../desk/mail-content.ts'
import type { EarlierTickets } from '../desk/notice.ts'
import type { NotedAbsence } from '../desk/on-duty.ts'
import { isMeasureKind, type MeasureKind } from '../desk/promise/measure.ts'
import type { Ticket } from '../desk/ticket.ts'
import type { Tx } from '../store/database.ts'
import { readCustomersOf } from './customers/customers-of-mails.ts'
import { noProcedureFacts, type ProcedureFacts, readProcedureFacts } from './procedures/procedure-facts.ts'
import { readTicketVendors, type TicketVendors } from './vendors/ticket-vendors.ts'

/**
 * What letters to agents tell beside the mail itself, and what commands speak of: read for a batch in two statements,
 * before anything is planned. Decisions do not depend on it; those have their facts.
 */
export interface Surroundings {
  /** Tickets by the address of their customer, as written there: how many, and the last ones' numbers. */
  readonly earlier: ReadonlyMap<string, EarlierTickets>
  /** When a running first-response promise ends, by the ticket's id. */
  readonly promises: ReadonlyMap<string, Temporal.Instant>
  /** Until when a call is promised on a ticket, by its id. */
  readonly callbacks: ReadonlyMap<string, Temporal.Instant>
  /** Tickets that a command names by number, to their ids. */
  readonly named: ReadonlyMap<string, string>
  /** By the ticket's id, for tickets about which an agent asks why. */
  readonly whys: ReadonlyMap<string, Pick<WhyData, 'mails' | 'clocks'>>
  /** The last answer that waits for its agent's word, by `heldKey`. */
  readonly held: ReadonlyMap<string, HeldAnswer>
  /** Customers of the batch and of its tickets, as far as the books know them. */
  readonly customers: CustomerBook
  /** What is documented of a ticket, by its id. */
  readonly measures: ReadonlyMap<string, readonly MeasureKind[]>
  /** What agents' absence notes told of: their deputies are told as well. */
  readonly absences: readonly NotedAbsence[]
  /** Steps and known problems that commands speak of. */
  readonly procedures: ProcedureFacts
  /** Cases at manufacturers and what is known of the device, by the ticket's id. */
  readonly vendors: ReadonlyMap<string, TicketVendors>
}

/** An answer of an agent of which only the audience was in doubt. */
export interface HeldAnswer {
  readonly id: string
  readonly rawSha256: string
  readonly words: string
  readonly attachments: readonly Attachment[]
  /** No other one of this agent waits on the ticket. */
  readonly only: boolean
}

export const heldKey = (ticketId: string, agent: string): string => `${ticketId} ${agent}`

export const noSurroundings: Surroundings = {
  earlier: new Map(),
  promises: new Map(),
  callbacks: new Map(),
  named: new Map(),
  whys: new Map(),
  held: new Map(),
  measures: new Map(),
  customers: emptyBook,
  absences: [],
  procedures: noProcedureFacts,
  vendors: new Map(),
}

/** Mails of a ticket that an answer to "why?" tells of. */
const mailsTold = 10
/** Of one customer: monitoring systems open thousands of tickets, and nobody needs their exact number. */
const mostCounted = 500
const mostNumbers = 6

interface Found {
  held: (HeldAnswer & { ticketId: string; agent: string })[]
  earlier: { address: string; count: number; numbers: string[] }[]
  promises: { ticketId: string; dueAt: string }[]
  callbacks: { ticketId: string; dueAt: string }[]
  named: { number: string; id: string }[]
  measures: { ticketId: string; of: string }[]
  absences: { agent: string; fromAt: string; untilAt: string | null; deputy: string | null }[]
  mails: (WhyMail & { ticketId: string })[]
  clocks: (WhyClock & { ticketId: string })[]
}

const surroundingsSql = `
select json_build_object(
  'earlier', (select coalesce(json_agg(e), '[]'::json) from (
     select a.address, count(t.*) as count, coalesce((array_agg(t.number order by t.opened_at desc))[1:${mostNumbers}], '{}') as numbers
     from unnest($1::text[]) as a(address) cross join lateral (
       select number, opened_at from ticket where customer_address = a.address order by opened_at desc limit ${mostCounted}) t
     group by a.address) e),
  'promises', (select coalesce(json_agg(json_build_object('ticketId', ticket_id, 'dueAt', due_at)), '[]'::json) from guarantee
     where ticket_id = any($2::uuid[]) and kind = 'first-response' and state = 'open'),
  'callbacks', (select coalesce(json_agg(json_build_object('ticketId', owed_for, 'dueAt', due_at)), '[]'::json) from callback
     join guarantee on guarantee.id = guarantee_id where owed_for = any($2::uuid[])),
  'named', (select coalesce(json_agg(json_build_object('number', number, 'id', id)), '[]'::json) from ticket where number = any($3::text[])),
  'held', (select coalesce(json_agg(h order by h.held_at), '[]'::json) from (
     select held.id, held.held_at, held.ticket_id as "ticketId", held.agent, inbound.raw_sha256 as "rawSha256", held.detail->>'words' as words,
            coalesce(held.detail->'attachments', '[]') as attachments,
            count(*) over (partition by held.ticket_id, held.agent) = 1 as "only"
     from held join inbound on inbound.id = held.inbound_id
     where held.ticket_id = any($5::uuid[]) and held.state = 'held' and held.agent is not null and held.detail ? 'words') h),
  'measures', (select coalesce(json_agg(distinct jsonb_build_object('ticketId', ticket_id, 'of', detail->>'of')), '[]'::json) from entry
     where ticket_id = any($2::uuid[]) and kind = 'measure'),
  'absences', (select coalesce(json_agg(json_build_object('agent', agent, 'fromAt', from_at, 'untilAt', until_at, 'deputy', deputy)), '[]'::json)
     from absence where until_at > $6::timestamptz or until_at is null),
  'mails', (select coalesce(json_agg(m), '[]'::json) from unnest($4::uuid[]) as w(id) cross join lateral (
     select ticket_id as "ticketId", received_at as "receivedAt", coalesce(from_address, '') as "from", subject, outcome, rule, trail
     from inbound where ticket_id = w.id order by id desc limit ${mailsTold}) m),
  'clocks', (select coalesce(json_agg(json_build_object('ticketId', ticket_id, 'kind', kind, 'state', state, 'startedAt', started_at,
       'dueAt', due_at, 'endedAt', ended_at) order by started_at), '[]'::json) from guarantee where ticket_id = any($4::uuid[]))
) as found`

/** `tickets` are those that the batch may belong to. Two statements a batch for the facts, two more for the words. */
export async function readSurroundings(
  tx: Tx,
  mails: readonly InboundMail[],
  tickets: readonly Ticket[],
  now: Temporal.Instant,
  config: Config,
): Promise<Surroundings> {
  const writers = mails.filter(({ content }) => content.classification === 'customer')
  const addresses = writers.flatMap(({ content }) => content.from?.address ?? [])
  const texts = writers
    .map(({ content }) => content.replyText.slice(0, 2000))
    .filter(text => text.includes('#'))
  const asked = texts.some(text => /#\s?(?:warum|why)/i.test(text)) ? tickets.map(({ id }) => id) : []
  const mayConsent = writers.some(({ content }) => /#?\s?send/i.test(content.replyText.slice(0, 200)))
  const numbers = texts
    .flatMap(text => text.match(/\d[\d .-]{5,14}\d/g) ?? [])
    .map(one => one.replace(/\D/g, ''))
  const rows = await tx.$queryRawUnsafe<{ found: Found }[]>(
    surroundingsSql,
    // Callers whose address nobody knows are not one customer.
    [...new Set([...addresses, ...tickets.map(({ customerAddress }) => customerAddress)])].filter(Boolean),
    tickets.map(({ id }) => id),
    numbers,
    asked,
    mayConsent ? tickets.map(({ id }) => id) : [],
    now.toString(),
  )
  const procedures = await readProcedureFacts(
    tx,
    texts,
    tickets.map(({ id }) => id),
  )
  const found = rows[0]?.found
  if (!found) throw new Error('the look-up always gives one row')
  const mailsOf = Map.groupBy(found.mails, ({ ticketId }) => ticketId)
  const clocksOf = Map.groupBy(found.clocks, ({ ticketId }) => ticketId)
  return {
    procedures,
    vendors: isByAgent(addresses, config) ? await readTicketVendors(tx, tickets) : new Map(),
    earlier: new Map(found.earlier.map(({ address, ...rest }) => [address, rest])),
    promises: new Map(found.promises.map(({ ticketId, dueAt }) => [ticketId, instant(dueAt)])),
    callbacks: new Map(found.callbacks.map(({ ticketId, dueAt }) => [ticketId, instant(dueAt)])),
    named: new Map(found.named.map(({ number, id }) => [number, id])),
    absences: found.absences.map(({ agent, fromAt, untilAt, deputy }) => ({
      agent,
      fromAt: instant(fromAt),
      untilAt: untilAt === null ? null : instant(untilAt),
      deputy,
    })),
    customers: await readCustomersOf(tx, config, mails, tickets),
    measures: new Map(
      Map.groupBy(found.measures, ({ ticketId }) => ticketId)
        .entries()
        .map(([id, some]) => [id, some.map(({ of }) => of).filter(isMeasureKind)]),
    ),
    held: new Map(found.held.map(({ ticketId, agent, ...rest }) => [heldKey(ticketId, agent), rest])),
    whys: new Map(
      asked.map(id => [
        id,
        { mails: (mailsOf.get(id) ?? []).map(mailOf), clocks: (clocksOf.get(id) ?? []).map(clockOf) },
      ]),
    ),
  }
}

/** Only agents speak of cases at manufacturers. */
function isByAgent(addresses: readonly string[], { agents }: Config): boolean {
  const own = Object.values(agents).flatMap(one => one.addresses.map(address => address.toLowerCase()))
  return addresses.some(address => own.includes(address.toLowerCase()))
}

const instant = (text: string): Temporal.Instant => Temporal.Instant.from(text)

function mailOf({ receivedAt, from, subject, outcome, rule, trail }: WhyMail): WhyMail {
  return { receivedAt: instant(receivedAt).toString(), from, subject, outcome, rule, trail }
}

function clockOf({ kind, state, startedAt, dueAt, endedAt }: WhyClock): WhyClock {
  return {
    ...{ kind, state },
    startedAt: instant(startedAt).toString(),
    dueAt: instant(dueAt).toString(),
    endedAt: endedAt === null ? null : instant(endedAt).toString(),
  }
}

/** The customer's other tickets. */
export function earlierThan({ number, customerAddress }: Ticket, { earlier }: Surroundings): EarlierTickets {
  const found = earlier.get(customerAddress) ?? { count: 0, numbers: [] }
  const others = found.numbers.filter(one => one !== number)
  return {
    count: found.count - (found.numbers.length - others.length),
    numbers: others.slice(0, mostNumbers - 1),
  }
}
