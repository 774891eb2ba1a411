import { answerAddress } from '../desk/answer.ts'
import type { KnownLetter } from '../desk/facts.ts'
import type { InboundMail } from '../desk/inbound.ts'
import { countedKinds, kindsByHumans, noTicket, type TicketCounts } from '../desk/loop-budget.ts'
import { nearestReferences, type RecentTicket, sameConversation, sameTopic } from '../desk/threading.ts'
import type { Ticket } from '../desk/ticket.ts'
import type { Tx } from '../store/database.ts'
import { readSurveys, type StoredSurvey } from './feedback/survey-facts.ts'
import { noticeTexts, type TextsOfTicket } from './notice-texts.ts'
import { allNumbers, type NumberSigns, type NumbersTold, numbersTold } from './numbers-told.ts'
import { recentTickets, senderOf } from './recent-tickets.ts'
import { type SuppressedAddress, suppressedAddress } from './suppression.ts'
import { type LockedTickets, lockTickets } from './ticket-rows.ts'
import { readVendorBook } from './vendors/read-vendor-book.ts'
import type { VendorBook } from './vendors/vendor-book.ts'

/**
 * What the ledger knows about a batch of mails, read in a handful of statements however many mails there are: one round trip
 * per question and mail was where a reader of a full mailbox spent its time.
 */
export interface Lookup {
  /** UIDs of the batch that have a row already. */
  readonly knownUids: ReadonlySet<bigint>
  readonly originals: ReadonlyMap<string, { inboundId: bigint; ticketId: string | null }>
  readonly letters: ReadonlyMap<string, KnownLetter>
  /** Message-ID of a mail that was taken in, to the ticket it belongs to. */
  readonly threads: ReadonlyMap<string, string>
  readonly tickets: LockedTickets
  /** Tickets that the senders of the batch took part in lately, newest first. */
  readonly recent: ReadonlyMap<string, readonly RecentTicket[]>
  readonly countsByAddress: ReadonlyMap<string, AddressCounts>
  readonly totals: { readonly last10Minutes: number; readonly lastHour: number }
  readonly ticketCounts: ReadonlyMap<string, TicketCounts>
  /** Of the tickets that agents answer on, merged ones and their targets apart. */
  readonly noticeTexts: ReadonlyMap<string, TextsOfTicket>
  readonly suppressions: ReadonlyMap<string, SuppressedAddress>
  /** Cases at manufacturers that the batch may speak of. */
  readonly vendors: VendorBook
  /** The last survey of tickets that are closed, by the ticket's id. */
  readonly surveys: ReadonlyMap<string, StoredSurvey>
}

/** Automatic letters to one address. */
export interface AddressCounts {
  readonly lastHour: number
  readonly lastDay: number
}

interface Found {
  known: string[]
  originals: { print: string; id: string; ticketId: string | null }[]
  letters: (KnownLetter & { messageId: string })[]
  /** It names a letter or a mail of a case at a manufacturer. */
  sealed: boolean
  threads: { messageId: string; ticketId: string }[]
  counts: { address: string; lastHour: number; lastDay: number }[]
  totals: { last10Minutes: number; lastHour: number }
  unticketed: TicketCounts
  suppressions: { address: string; until: string; since: string }[]
}

const lookUpSql = `
select json_build_object(
  'known', (select coalesce(json_agg(uid::text), '[]'::json) from inbound
     where mailbox = $1 and folder = $2 and uid_validity = $3 and uid = any($4::bigint[])),
  'originals', (select coalesce(json_agg(json_build_object('print', original_print, 'id', id::text, 'ticketId', ticket_id)), '[]'::json)
     from inbound where original_print = any($5::text[])),
  'letters', (select coalesce(json_agg(json_build_object('messageId', message_id, 'id', id, 'kind', kind, 'recipient', recipient, 'ticketId', ticket_id, 'event', data->>'event')), '[]'::json)
     from letter where message_id = any($6::text[])),
  'sealed', exists (select from letter where message_id = any($6::text[]) and vendor_case_id is not null)
     or exists (select from inbound where message_id = any($6::text[]) and vendor_case_id is not null),
  'threads', (select coalesce(json_agg(json_build_object('messageId', message_id, 'ticketId', ticket_id) order by id), '[]'::json)
     from inbound where message_id = any($6::text[]) and ticket_id is not null),
  'counts', (select coalesce(json_agg(c), '[]'::json) from (
     select recipient as address, count(*) filter (where created_at > $8::timestamptz - interval '1 hour') as "lastHour", count(*) as "lastDay"
     from letter where recipient = any($7::text[]) and kind = any($9::text[]) and created_at > $8::timestamptz - interval '1 day'
     group by recipient) c),
  'totals', (select json_build_object('last10Minutes', count(*) filter (where created_at > $8::timestamptz - interval '10 minutes'), 'lastHour', count(*))
     from letter where kind = any($9::text[]) and created_at > $8::timestamptz - interval '1 hour'),
  'unticketed', (select json_build_object('last10Minutes', coalesce(max(q.ten), 0), 'lastHour', coalesce(max(q.hour), 0), 'reopensLastHour', 0)
     from (select count(*) filter (where created_at > $8::timestamptz - interval '10 minutes') as ten, count(*) as hour
       from letter where kind = 'hold-question' and ticket_id is null and created_at > $8::timestamptz - interval '1 hour'
       group by recipient) q),
  'suppressions', (select coalesce(json_agg(json_build_object('address', address, 'until', until, 'since', since)), '[]'::json)
     from suppression where address = any($7::text[]) and until > $8::timestamptz)
) as found`

/** Per recipient first: see TicketCounts. */
const ticketCountsSql = `
select t.id, coalesce(max(l.ten), 0)::int as "last10Minutes", coalesce(max(l.hour), 0)::int as "lastHour",
       (select count(*)::int from entry where ticket_id = t.id and kind = 'reopened' and at > $2::timestamptz - interval '1 hour') as "reopensLastHour"
from unnest($1::uuid[]) as t(id) left join lateral (
  select count(*) filter (where created_at > $2::timestamptz - interval '10 minutes') as ten, count(*) as hour
  from letter where ticket_id = t.id and kind <> all($3::text[]) and created_at > $2::timestamptz - interval '1 hour'
  group by recipient) l on true
group by t.id`

/** Every Message-ID by which a mail may be known or may name what it belongs to. */
function messageIdsOf({ content }: InboundMail): string[] {
  const returned = content.bounce?.originalMessageId
  return [content.messageId, returned, ...content.inReplyTo, ...nearestReferences(content)].filter(
    id => id != null,
  )
}

/** Reads what is known about the batch and locks the tickets it may touch, in a fixed order so that none wait in a ring. */
export async function lookUp(
  tx: Tx,
  mails: readonly InboundMail[],
  signs: NumberSigns,
  now: Temporal.Instant,
): Promise<Lookup> {
  const [first] = mails
  if (!first) throw new Error('a batch holds at least one mail')
  const { mailbox, folder, uidValidity } = first.position
  const rows = await tx.$queryRawUnsafe<{ found: Found }[]>(
    lookUpSql,
    mailbox,
    folder,
    uidValidity,
    mails.map(mail => mail.position.uid),
    mails.map(mail => mail.fingerprint),
    mails.flatMap(messageIdsOf),
    mails.map(mail => answerAddress(mail.content)?.toLowerCase()).filter(address => address !== undefined),
    now.toString(),
    countedKinds,
  )
  const found = rows[0]?.found
  if (!found) throw new Error('the look-up always gives one row')
  const recent = await recentTickets(tx, mails, now)
  const ticketIds = [...found.letters, ...found.threads, ...found.originals].flatMap(
    row => row.ticketId ?? [],
  )
  const told = mails.map(mail => numbersTold(mail, signs, now))
  const vendors = await readVendorBook(tx, mails, signs, found.sealed, now)
  const tickets = await lockTickets(
    tx,
    [...ticketIds, ...mails.flatMap(mail => relatedIds(mail, recent)), ...vendors.ticketIds],
    told.flatMap(allNumbers),
    [...new Set(mails.flatMap(mail => senderOf(mail) ?? []))],
  )
  return {
    vendors,
    surveys: await readSurveys(tx, found.letters, tickets.byId.values()),
    knownUids: new Set(found.known.map(BigInt)),
    originals: new Map(
      found.originals.map(row => [row.print, { inboundId: BigInt(row.id), ticketId: row.ticketId }]),
    ),
    letters: new Map(found.letters.map(({ messageId, ...letter }) => [messageId, letter])),
    threads: new Map(found.threads.map(row => [row.messageId, row.ticketId])),
    tickets,
    recent,
    countsByAddress: new Map(found.counts.map(({ address, ...counts }) => [address, counts])),
    totals: found.totals,
    noticeTexts: await noticeTexts(tx, answeredIds(told, tickets)),
    ticketCounts: (await countAbout(tx, [...tickets.byId.values()], now)).set(noTicket, found.unticketed),
    suppressions: new Map(found.suppressions.map(row => [row.address, suppressedAddress(row)])),
  }
}

async function countAbout(
  tx: Tx,
  tickets: readonly Ticket[],
  now: Temporal.Instant,
): Promise<Map<string, TicketCounts>> {
  if (tickets.length === 0) return new Map()
  const rows = await tx.$queryRawUnsafe<(TicketCounts & { id: string })[]>(
    ticketCountsSql,
    tickets.map(ticket => ticket.id),
    now.toString(),
    kindsByHumans,
  )
  return new Map(rows.map(({ id, ...counts }) => [id, counts]))
}

/** A notice may have been written before its ticket was merged. */
function answeredIds(told: readonly NumbersTold[], { idByNumber, targets }: LockedTickets): string[] {
  const ids = told.flatMap(({ agent }) => idByNumber.get(agent?.number ?? '') ?? [])
  return [...new Set(ids.flatMap(id => [id, targets.get(id) ?? id]))]
}

function relatedIds(mail: InboundMail, recent: Lookup['recent']): string[] {
  const own = recent.get(senderOf(mail) ?? '') ?? []
  return [sameConversation(mail.content, own), sameTopic(mail.content, own)].flatMap(
    ticket => ticket?.id ?? [],
  )
}
