import { answerAddress } from '../desk/answer.ts'
import type { KnownLetter } from '../desk/facts.ts'
import type { InboundMail } from '../desk/inbound.ts'
import { ticketNumberOf } from '../desk/reply-token.ts'
import type { Language, Ticket, TicketState } from '../desk/ticket.ts'
import type { Tx } from '../store/database.ts'

/**
 * What the ledger knows about a batch of mails, read in two statements however many mails there are: one round trip
 * per question and mail was where a reader of a full mailbox spent its time.
 */
export interface Lookup {
  /** UIDs of the batch that have a row already. */
  readonly knownUids: ReadonlySet<bigint>
  readonly originals: ReadonlyMap<string, { inboundId: bigint; ticketId: string | null }>
  readonly letters: ReadonlyMap<string, KnownLetter>
  /** Message-ID of a mail that was taken in, to the ticket it belongs to. */
  readonly threads: ReadonlyMap<string, string>
  readonly ticketsById: ReadonlyMap<string, Ticket>
  readonly ticketsByNumber: ReadonlyMap<string, Ticket>
  readonly countsByAddress: ReadonlyMap<string, { lastHour: number; lastDay: number }>
  readonly totalLastHour: number
}

/** Which signed reply addresses count, and the secret that signs them. */
export interface ReplyAddresses {
  readonly secret: string
  readonly patterns: readonly string[]
}

interface Found {
  known: string[]
  originals: { print: string; id: string; ticketId: string | null }[]
  letters: (KnownLetter & { messageId: string })[]
  threads: { messageId: string; ticketId: string }[]
  counts: { address: string; lastHour: number; lastDay: number }[]
  totalLastHour: number
}

const lookUpSql = `
select json_build_object(
  'known', (select coalesce(json_agg(uid::text), '[]'::json) from inbound
     where mailbox = $1 and folder = $2 and uid_validity = $3 and uid = any($4::bigint[])),
  'originals', (select coalesce(json_agg(json_build_object('print', original_print, 'id', id::text, 'ticketId', ticket_id)), '[]'::json)
     from inbound where original_print = any($5::text[])),
  'letters', (select coalesce(json_agg(json_build_object('messageId', message_id, 'id', id, 'kind', kind, 'recipient', recipient, 'ticketId', ticket_id)), '[]'::json)
     from letter where message_id = any($6::text[])),
  'threads', (select coalesce(json_agg(json_build_object('messageId', message_id, 'ticketId', ticket_id) order by id), '[]'::json)
     from inbound where message_id = any($6::text[]) and ticket_id is not null),
  'counts', (select coalesce(json_agg(c), '[]'::json) from (
     select recipient as address, count(*) filter (where created_at > $8::timestamptz - interval '1 hour') as "lastHour", count(*) as "lastDay"
     from letter where recipient = any($7::text[]) and kind = 'auto-reply' and created_at > $8::timestamptz - interval '1 day'
     group by recipient) c),
  'totalLastHour', (select count(*) from letter where kind = 'auto-reply' and created_at > $8::timestamptz - interval '1 hour')
) as found`

const lockTicketsSql = `
select id, number, state, subject, customer_address as "customerAddress", customer_name as "customerName",
       language, mailbox, "group", office
from ticket where id = any($1::uuid[]) or number = any($2::text[]) order by id for update`

/** Every Message-ID by which a mail may be known or may name what it belongs to. */
function messageIdsOf({ content }: InboundMail): string[] {
  const returned = content.bounce?.originalMessageId
  return [content.messageId, returned, ...content.inReplyTo, ...content.references].filter(id => id != null)
}

/** The ticket number of the first genuine signed reply address a mail was sent to. */
export function tokenNumberOf(
  { content }: InboundMail,
  { secret, patterns }: ReplyAddresses,
): string | undefined {
  const addresses = [...content.to, ...content.cc].map(to => to.address).concat(content.deliveredTo)
  for (const address of addresses)
    for (const pattern of patterns) {
      const number = ticketNumberOf(secret, pattern, address)
      if (number) return number
    }
  return undefined
}

/** Reads what is known about the batch and locks the tickets it may touch, in a fixed order so that none wait in a ring. */
export async function lookUp(
  tx: Tx,
  mails: readonly InboundMail[],
  replyAddresses: ReplyAddresses,
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
  )
  const found = rows[0]?.found
  if (!found) throw new Error('the look-up always gives one row')
  const ticketIds = [...found.letters, ...found.threads, ...found.originals].flatMap(
    row => row.ticketId ?? [],
  )
  const numbers = mails.flatMap(mail => tokenNumberOf(mail, replyAddresses) ?? [])
  const tickets = ticketIds.length + numbers.length > 0 ? await lockTickets(tx, ticketIds, numbers) : []
  return {
    knownUids: new Set(found.known.map(BigInt)),
    originals: new Map(
      found.originals.map(row => [row.print, { inboundId: BigInt(row.id), ticketId: row.ticketId }]),
    ),
    letters: new Map(found.letters.map(({ messageId, ...letter }) => [messageId, letter])),
    threads: new Map(found.threads.map(row => [row.messageId, row.ticketId])),
    ticketsById: new Map(tickets.map(ticket => [ticket.id, ticket])),
    ticketsByNumber: new Map(tickets.map(ticket => [ticket.number, ticket])),
    countsByAddress: new Map(found.counts.map(({ address, ...counts }) => [address, counts])),
    totalLastHour: found.totalLastHour,
  }
}

async function lockTickets(tx: Tx, ids: readonly string[], numbers: readonly string[]): Promise<Ticket[]> {
  const rows = await tx.$queryRawUnsafe<(Ticket & { state: TicketState; language: Language })[]>(
    lockTicketsSql,
    ids,
    numbers,
  )
  return rows
}
