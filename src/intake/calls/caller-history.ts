import type { Known } from '../../desk/checklist.ts'
import { readKnown } from '../../desk/checklist.ts'
import type { Severity } from '../../desk/command-arguments.ts'
import type { KnownContact } from '../../desk/customers/customer-book.ts'
import type { Recognised } from '../../desk/customers/recognise.ts'
import type { OfferedTicket } from '../../desk/phone/call-decision.ts'
import { ownWords } from '../../desk/phone/call-subject.ts'
import { isMobile } from '../../desk/phone/numbers.ts'
import type { Language } from '../../desk/ticket.ts'
import type { Tx } from '../../store/database.ts'
import { onlyAddress } from '../customers/link-ticket.ts'
import { recogniseCustomer } from '../customers/recognise-customer.ts'
import { instantOf } from './call-rows.ts'

/**
 * What we know of a telephone number: its tickets, and who is behind it. A number is not a person: behind a fixed line
 * there may be a whole company, so only a mobile telephone with one name to it is taken for its owner.
 */
export interface CallerHistory {
  /** Open ones, newest first. */
  readonly open: readonly OfferedTicket[]
  readonly sure: boolean
  /** Calls that are owed on the number. */
  readonly owed: number
  /** Of the one customer behind the number; null where there are none or several. */
  readonly customer: { readonly address: string; readonly name: string; readonly known: Known } | null
  /** By the customers' books. */
  readonly recognised: Recognised
  /** In which language we last spoke or wrote. */
  readonly language: Language | null
}

interface HistoryRow {
  readonly id: string
  readonly number: string
  readonly subject: string
  readonly openedAt: Date
  readonly state: string
  readonly merged: boolean
  readonly severity: string | null
  readonly customerAddress: string
  readonly customerName: string
  readonly language: string
  readonly known: unknown
  readonly owed: boolean
}

/** Of one number, open ones first: a telephone behind which thousands of tickets lie is no person anyway. */
const mostTickets = 50
const mostOffered = 3

/** `withoutTicket`: the call's own. */
export async function readCallerHistory(
  tx: Tx,
  number: string,
  withoutTicket: string | null,
): Promise<CallerHistory> {
  const rows = await tx.$queryRaw<HistoryRow[]>`
    select t.id, t.number, t.subject, t.opened_at as "openedAt", t.state, t.merged_into_id is not null as merged, t.severity,
           t.customer_address as "customerAddress", t.customer_name as "customerName", t.language, t.known,
           exists (select 1 from callback c where c.owed_for = t.id) as owed
    from ticket_phone p join ticket t on t.id = p.ticket_id
    where p.number = ${number} and t.id is distinct from ${withoutTicket}::uuid
    order by (t.state <> 'resolved' and t.merged_into_id is null) desc, t.opened_at desc, t.sequence desc limit ${mostTickets}`
  const spoken = await tx.call.findFirst({
    where: { number, ...(withoutTicket ? { ticketId: { not: withoutTicket } } : {}) },
    orderBy: { arrivedAt: 'desc' },
    select: { language: true },
  })
  const language = (spoken?.language ?? rows[0]?.language ?? null) as Language | null
  const customers = new Map(
    rows
      .filter(({ customerAddress, customerName }) => customerAddress !== '' || customerName !== '')
      .map(row => [`${row.customerAddress.toLowerCase()} ${row.customerName.toLowerCase()}`, row]),
  )
  const [only] = customers.values()
  const recognised = await recogniseCustomer(tx, { addresses: [], phones: [number], serials: [] })
  const owner = recognised.sure ? recognised.contact : null
  const customer = owner
    ? ownerAmong(owner, rows)
    : only && customers.size === 1
      ? { address: only.customerAddress, name: only.customerName, known: readKnown(only.known) }
      : null
  return {
    open: rows
      .filter(({ state, merged }) => state !== 'resolved' && !merged)
      .slice(0, mostOffered)
      .map(row => ({
        ...{ id: row.id, number: row.number, subject: ownWords(row.subject), owed: row.owed },
        openedAt: instantOf(row.openedAt),
        severity: row.severity as Severity | null,
      })),
    owed: await tx.callback.count({ where: { number, owedFor: { not: null } } }),
    sure: owner !== null || (isMobile(number) && customers.size <= 1 && !isShared(recognised)),
    ...{ customer, recognised },
    language,
  }
}

/** Whose number it is by the books; the address that this person wrote from last. */
function ownerAmong({ name, addresses }: KnownContact, rows: readonly HistoryRow[]) {
  const last = rows.find(row => addresses.includes(row.customerAddress.toLowerCase()))
  return { address: last?.customerAddress ?? onlyAddress(addresses), name, known: readKnown(last?.known) }
}

/** By the books, several people have the number. */
function isShared({ contact, company, conflicts }: Recognised): boolean {
  return contact === null && (company !== null || conflicts.length > 0)
}

/** Calls of an hour from one number, or from withheld ones together, that left nobody to ring, before agents hear of no more. */
const mostTold = 20

/** The number rings so often in vain that one more letter would tell nobody anything; the tickets are there all the same. */
export async function isFlooding(tx: Tx, number: string | null, now: Temporal.Instant): Promise<boolean> {
  const since = new Date(now.subtract({ hours: 1 }).epochMilliseconds)
  const outcome = { in: ['unreachable', 'abandoned'] }
  const calls = await tx.call.count({ where: { number, direction: 'in', arrivedAt: { gt: since }, outcome } })
  return calls >= mostTold
}
