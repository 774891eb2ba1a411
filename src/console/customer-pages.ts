import { entitlementOf } from '../desk/customers/entitlement.ts'
import { serialKey } from '../desk/customers/serial-key.ts'
import type { Entitlement } from '../desk/promise/matter.ts'
import type { Database } from '../store/database.ts'
import type { ShownContact, ShownContract, ShownDevice, ShownTicket } from './customers.ts'

/** The customers' books for pages: with the ids that links and forms need. Days are ISO 8601. */

export interface CustomerHit {
  readonly kind: 'company' | 'person'
  readonly id: string
  readonly name: string
  /** Customer number. */
  readonly number: string | null
  readonly contacts: number
  readonly contracts: number
  readonly devices: number
  readonly openTickets: number
}

export interface CustomerHits {
  readonly rows: readonly CustomerHit[]
  /** Of all pages. */
  readonly total: number
}

export const hitsPerPage = 50

/**
 * Companies and private persons by name; `words` is looked for in names, customer and contract numbers, addresses and
 * serial numbers, `phone` among telephone numbers. All of them for ''. `page` counts from 1.
 */
export async function searchCustomers(
  db: Database,
  { words, phone, page }: { readonly words: string; readonly phone: string | null; readonly page: number },
): Promise<CustomerHits> {
  const part = `%${words.replaceAll(/[\\%_]/g, sign => `\\${sign}`)}%`
  const serial = words === '' ? '' : serialKey(words)
  const rows = await db.$queryRaw<(CustomerHit & { total: number })[]>`
    with people as (
      select id, company_id from contact where name ilike ${part}
      union select c.id, c.company_id from contact c join contact_point p on p.contact_id = c.id
        where p.kind = 'address' and p.value ilike ${part} or p.kind = 'phone' and p.value = ${phone}::text
    ), hits as (
      select 'company' as kind, id, name, number from company where name ilike ${part} or number ilike ${part}
        or id in (select company_id from people)
        or id in (select company_id from contract where number ilike ${part})
        or id in (select company_id from device where ${serial} <> '' and serial_key = ${serial})
      union all
      select 'person', id, name, null from contact where company_id is null and id in (select id from people)
    ), page as (
      select *, count(*) over ()::int as total from hits order by lower(name), id
      limit ${hitsPerPage}::int offset ${(page - 1) * hitsPerPage}::int
    )
    select page.*,
      (select count(*)::int from contact where company_id = page.id) as contacts,
      (select count(*)::int from contract where company_id = page.id) as contracts,
      (select count(*)::int from device where company_id = page.id) as devices,
      (select count(*)::int from ticket where state <> 'resolved'
        and case when page.kind = 'company' then company_id = page.id else contact_id = page.id end) as "openTickets"
    from page order by lower(name), id`
  return { rows: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? 0 }
}

type WithId<Row> = Row & { readonly id: string }

export interface CompanyFile {
  readonly id: string
  readonly number: string | null
  readonly name: string
  readonly language: string | null
  readonly entitlement: Entitlement
  readonly contacts: readonly WithId<ShownContact>[]
  readonly contracts: readonly WithId<ShownContract>[]
  /** Each with what it entitles to today. */
  readonly devices: readonly (WithId<ShownDevice> & { readonly entitlement: Entitlement })[]
  readonly tickets: readonly ShownTicket[]
  /** Of which the last ones are shown. */
  readonly ticketCount: number
}

export interface PersonFile extends WithId<ShownContact> {
  readonly tickets: readonly ShownTicket[]
  readonly ticketCount: number
}

const lastTickets = {
  orderBy: { openedAt: 'desc' },
  take: 20,
  select: { number: true, state: true, subject: true, openedAt: true },
} as const

/** Undefined where there is none of that id. */
export async function companyFile(
  db: Database,
  id: string,
  today: Temporal.PlainDate,
): Promise<CompanyFile | undefined> {
  const row = await db.company.findUnique({
    where: { id },
    include: {
      contacts: { orderBy: [{ name: 'asc' }, { id: 'asc' }], include: { points: true } },
      contracts: { orderBy: [{ validFrom: 'asc' }, { number: 'asc' }] },
      devices: { orderBy: { serialKey: 'asc' }, include: { contract: true } },
      tickets: lastTickets,
      _count: { select: { tickets: true } },
    },
  })
  if (!row) return undefined
  const { number, name, detail, contacts, tickets } = row
  const contracts = row.contracts.map(one => ({
    ...{ id: one.id, number: one.number, kind: one.kind },
    ...{ validFrom: dayOf(one.validFrom) ?? '', validTo: dayOf(one.validTo) },
  }))
  return {
    ...{ id, number, name, contracts },
    language:
      typeof detail === 'object' && detail !== null && 'language' in detail ? String(detail.language) : null,
    entitlement: entitlementOf({ contracts, device: null, known: true }, today),
    contacts: contacts.map(contactOf),
    devices: row.devices.map(({ id, serial, product, contract, contractId, warrantyTo }) => {
      const device = { contractId, warrantyTo: dayOf(warrantyTo) }
      return {
        ...{ id, serial, product, contract: contract?.number ?? null, warrantyTo: device.warrantyTo },
        entitlement: entitlementOf({ contracts, device, known: true }, today),
      }
    }),
    tickets: tickets.map(ticketOf),
    ticketCount: row._count.tickets,
  }
}

/** A private person; undefined for one of a company as well, whose page shows it. */
export async function personFile(db: Database, id: string): Promise<PersonFile | undefined> {
  const row = await db.contact.findFirst({
    where: { id, companyId: null },
    include: { points: true, tickets: lastTickets, _count: { select: { tickets: true } } },
  })
  return row
    ? { ...contactOf(row), tickets: row.tickets.map(ticketOf), ticketCount: row._count.tickets }
    : undefined
}

interface StoredContact {
  readonly id: string
  readonly name: string
  readonly language: string | null
  readonly points: readonly { readonly kind: string; readonly value: string }[]
}

function contactOf({ id, name, language, points }: StoredContact): WithId<ShownContact> {
  const of = (kind: string) => points.flatMap(one => (one.kind === kind ? [one.value] : [])).toSorted()
  return { id, name, language, addresses: of('address'), phones: of('phone') }
}

function ticketOf({ openedAt, ...ticket }: Omit<ShownTicket, 'openedAt'> & { readonly openedAt: Date }) {
  return { ...ticket, openedAt: openedAt.toISOString() }
}

const dayOf = (date: Date | null): string | null => date?.toISOString().slice(0, 10) ?? null
