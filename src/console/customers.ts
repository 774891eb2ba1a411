import type { CustomerBook } from '../desk/customers/customer-book.ts'
import { entitlementOf, factsOf } from '../desk/customers/entitlement.ts'
import { serialReadings } from '../desk/customers/serial-key.ts'
import type { Entitlement } from '../desk/promise/matter.ts'
import { customerOfTicket } from '../intake/customers/entitlement-of-ticket.ts'
import type { Database } from '../store/database.ts'

/** Reading the customers' books: for pages and commands. Days are ISO 8601. */

export interface CustomerLine {
  readonly number: string | null
  readonly name: string
  readonly contacts: number
  readonly contracts: number
  readonly devices: number
  readonly tickets: number
}

export interface ShownContact {
  readonly name: string
  readonly language: string | null
  readonly addresses: readonly string[]
  readonly phones: readonly string[]
}
export interface ShownContract {
  readonly number: string
  readonly kind: string
  readonly validFrom: string
  readonly validTo: string | null
}
export interface ShownDevice {
  readonly serial: string
  readonly product: string
  readonly contract: string | null
  readonly warrantyTo: string | null
}
export interface ShownTicket {
  readonly number: string
  readonly state: string
  readonly subject: string
  readonly openedAt: string
}

/** A company with all that is known of it, or a private person. */
export interface ShownCustomer {
  readonly number: string | null
  /** Null for a private person. */
  readonly company: string | null
  readonly language: string | null
  readonly entitlement: Entitlement
  readonly contacts: readonly ShownContact[]
  readonly contracts: readonly ShownContract[]
  readonly devices: readonly ShownDevice[]
  /** The last ten. */
  readonly tickets: readonly ShownTicket[]
}

export interface DeviceView extends ShownDevice {
  readonly company: string | null
  readonly companyNumber: string | null
  readonly entitlement: Entitlement
  readonly tickets: readonly ShownTicket[]
}

export async function listCustomers(db: Database, limit: number): Promise<readonly CustomerLine[]> {
  const rows = await db.company.findMany({
    orderBy: [{ name: 'asc' }, { number: 'asc' }],
    take: limit,
    include: { _count: { select: { contacts: true, contracts: true, devices: true, tickets: true } } },
  })
  return rows.map(({ number, name, _count }) => ({ number, name, ..._count }))
}

const mostShown = 20
const lastTickets = {
  orderBy: { openedAt: 'desc' },
  take: 10,
  select: { number: true, state: true, subject: true, openedAt: true },
} as const
const iso = (date: Date | null): string | null => date?.toISOString().slice(0, 10) ?? null
const dayOf = (date: Date): string => date.toISOString().slice(0, 10)

/** `words`: a customer number, (part of) a name, an address, or a number in E.164. */
export async function findCustomers(
  db: Database,
  words: string,
  today: Temporal.PlainDate,
): Promise<readonly ShownCustomer[]> {
  const named = { contains: words, mode: 'insensitive' } as const
  const person = { OR: [{ name: named }, { points: { some: { value: words.toLowerCase() } } }] }
  const companies = await db.company.findMany({
    where: {
      OR: [
        { number: { equals: words, mode: 'insensitive' } },
        { name: named },
        { contacts: { some: person } },
      ],
    },
    orderBy: { name: 'asc' },
    take: mostShown,
    include: {
      contacts: { orderBy: { name: 'asc' }, include: { points: true } },
      contracts: { orderBy: { validFrom: 'asc' } },
      devices: { orderBy: { serialKey: 'asc' }, include: { contract: true } },
      tickets: lastTickets,
    },
  })
  const persons = await db.contact.findMany({
    where: { companyId: null, ...person },
    orderBy: { name: 'asc' },
    take: mostShown,
    include: { points: true, tickets: lastTickets },
  })
  return [
    ...companies.map(({ number, name, detail, contacts, contracts, devices, tickets }) => {
      const dated = contracts.map(one => ({
        ...one,
        validFrom: dayOf(one.validFrom),
        validTo: iso(one.validTo),
      }))
      return {
        number,
        company: name,
        language: languageIn(detail),
        entitlement: entitlementOf({ contracts: dated, device: null, known: true }, today),
        contacts: contacts.map(contactOf),
        contracts: dated.map(one => ({
          number: one.number,
          kind: one.kind,
          validFrom: one.validFrom,
          validTo: one.validTo,
        })),
        devices: devices.map(({ serial, product, contract, warrantyTo }) => ({
          ...{ serial, product },
          contract: contract?.number ?? null,
          warrantyTo: iso(warrantyTo),
        })),
        tickets: tickets.map(ticketLine),
      }
    }),
    ...persons.map(one => ({
      ...{ number: null, company: null, language: one.language, entitlement: { kind: 'none' } as const },
      ...{ contacts: [contactOf(one)], contracts: [], devices: [] },
      tickets: one.tickets.map(ticketLine),
    })),
  ]
}

function languageIn(detail: unknown): string | null {
  return typeof detail === 'object' && detail !== null && 'language' in detail
    ? String(detail.language)
    : null
}

interface ContactRow {
  readonly name: string
  readonly language: string | null
  readonly points: readonly { readonly kind: string; readonly value: string }[]
}

function contactOf({ name, language, points }: ContactRow): ShownContact {
  const of = (kind: string) => points.flatMap(one => (one.kind === kind ? [one.value] : [])).toSorted()
  return { name, language, addresses: of('address'), phones: of('phone') }
}

function ticketLine({ openedAt, ...ticket }: Omit<ShownTicket, 'openedAt'> & { readonly openedAt: Date }) {
  return { ...ticket, openedAt: openedAt.toISOString() }
}

/** Devices of that serial number; O and 0, I and 1 may be mistaken for each other. */
export async function findDevices(
  db: Database,
  serial: string,
  today: Temporal.PlainDate,
): Promise<readonly DeviceView[]> {
  const rows = await db.device.findMany({
    where: { serialKey: { in: [...serialReadings(serial)] } },
    orderBy: { serialKey: 'asc' },
    include: { contract: true, company: { include: { contracts: true } }, tickets: lastTickets },
  })
  return rows.map(({ serial: printed, product, contract, company, contractId, warrantyTo, tickets }) => {
    const contracts = [...(company?.contracts ?? []), ...(contract && !company ? [contract] : [])].map(
      one => ({
        ...one,
        validFrom: dayOf(one.validFrom),
        validTo: iso(one.validTo),
      }),
    )
    const device = { contractId, warrantyTo: iso(warrantyTo) }
    return {
      ...{ serial: printed, product, contract: contract?.number ?? null, warrantyTo: device.warrantyTo },
      company: company?.name ?? null,
      companyNumber: company?.number ?? null,
      entitlement: entitlementOf({ contracts, device, known: true }, today),
      tickets: tickets.map(ticketLine),
    }
  })
}

/** What a ticket's dossier tells of its customer. */
export interface DossierBooks {
  readonly contact: string | null
  readonly company: string | null
  readonly companyNumber: string | null
  readonly device: ShownDevice | null
  readonly contracts: readonly ShownContract[]
}

/** Null where the ticket belongs to nobody in the books. */
export async function booksOfDossier(db: Database, ticketId: string): Promise<DossierBooks | null> {
  const { recognised, book } = await customerOfTicket(db, ticketId)
  const { contact, company, device } = recognised
  if (!contact && !company && !device) return null
  return {
    contact: contact?.name ?? null,
    company: company?.name ?? null,
    companyNumber: company?.number ?? null,
    device: device ? shownDevice(device, book) : null,
    contracts: factsOf(recognised, book).contracts.map(({ number, kind, validFrom, validTo }) => ({
      ...{ number, kind, validFrom, validTo },
    })),
  }
}

/** To what those books entitle on a day. A contract is known by its number here, which is its own. */
export function entitlementIn({ contracts, device }: DossierBooks, today: Temporal.PlainDate): Entitlement {
  return entitlementOf(
    {
      contracts: contracts.map(contract => ({ ...contract, id: contract.number })),
      device: device && { contractId: device.contract, warrantyTo: device.warrantyTo },
      known: true,
    },
    today,
  )
}

function shownDevice(
  { serial, product, contractId, warrantyTo }: CustomerBook['devices'][number],
  { contracts }: CustomerBook,
): ShownDevice {
  const contract = contracts.find(({ id }) => id === contractId)?.number ?? null
  return { serial, product, contract, warrantyTo }
}
