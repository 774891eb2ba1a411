import { isMobile } from '../phone/numbers.ts'
import type { CustomerBook, KnownCompany, KnownContact, KnownDevice, TicketLinks } from './customer-book.ts'
import { serialReadings } from './serial-key.ts'

/**
 * Who a customer is, by what the books say of an address, a number, a serial number. A domain is no proof: anybody may
 * work for two companies, and freemail belongs to everybody. What contradicts itself is told and not decided.
 */

export interface Sought {
  readonly addresses: readonly string[]
  /** E.164 */
  readonly phones: readonly string[]
  readonly serials: readonly string[]
  readonly customerNumber?: string | null
  /** What the ticket belongs to already; it is never changed. */
  readonly linked?: TicketLinks | undefined
}

export type Conflict =
  /** Several people of several companies share it. */
  | { readonly kind: 'shared'; readonly value: string; readonly names: readonly string[] }
  /** The books have the device, or the customer number, with another company than the one that writes or rings. */
  | { readonly kind: 'elsewhere'; readonly value: string; readonly names: readonly string[] }
  /** Several devices are named: which one it is about is not told. */
  | { readonly kind: 'several-devices'; readonly value: string; readonly names: readonly string[] }

export interface Recognised {
  readonly contact: KnownContact | null
  /** The contact is who writes or rings, and not only somebody on the same line. */
  readonly sure: boolean
  readonly company: KnownCompany | null
  readonly device: KnownDevice | null
  readonly conflicts: readonly Conflict[]
}

export const nobody: Recognised = { contact: null, sure: false, company: null, device: null, conflicts: [] }

const mostNames = 5

export function recognise(sought: Sought, book: CustomerBook): Recognised {
  const { linked } = sought
  const companyOf = (id: string | null | undefined) => book.companies.find(one => one.id === id) ?? null
  const person = personIn(sought, book)
  const contact = linked?.contactId
    ? (book.contacts.find(({ id }) => id === linked.contactId) ?? person.contact)
    : person.contact
  const conflicts: Conflict[] = [...person.conflicts]
  const known = companyOf(linked?.companyId) ?? companyOf(contact?.companyId) ?? companyOf(person.companyId)
  const numbered = numberedIn(sought, book)
  const devices = devicesIn(sought, book)
  const owners = new Set(devices.flatMap(({ companyId }) => companyId ?? []))
  const told = [
    ...(numbered ? [{ value: sought.customerNumber ?? '', company: numbered }] : []),
    ...devices.flatMap(({ serial, companyId }) => {
      const company = companyOf(companyId)
      return company ? [{ value: serial, company }] : []
    }),
  ]
  const companies = new Map(
    [...(known ? [known] : []), ...told.map(({ company }) => company)].map(one => [one.id, one]),
  )
  if (companies.size > 1) {
    const names = namesOf([...companies.values()])
    const other = told.filter(({ company }) => company.id !== known?.id)
    conflicts.push({ kind: 'elsewhere', value: other.map(({ value }) => value).join(', '), names })
  }
  const agreed = companies.size === 1 ? ([...companies.values()][0] ?? null) : known
  const own = devices.filter(({ companyId }) => companyId === null || companyId === agreed?.id)
  if (own.length > 1 && owners.size <= 1)
    conflicts.push({
      kind: 'several-devices',
      value: own.map(({ serial }) => serial).join(', '),
      names: [...new Set(own.map(({ product }) => product))].slice(0, mostNames),
    })
  const before = book.devices.find(({ id }) => id === linked?.deviceId)
  return {
    contact,
    sure: contact !== null && person.sure && person.contact === contact,
    company: agreed,
    device: before ?? (own.length === 1 ? (own[0] ?? null) : null),
    conflicts,
  }
}

interface Person {
  readonly contact: KnownContact | null
  readonly sure: boolean
  /** Of those who share an address or number, where all of them have the same. */
  readonly companyId: string | null
  readonly conflicts: readonly Conflict[]
}

/**
 * An address is a person's own, and so is a mobile telephone with one owner. Behind a fixed line there may be a whole
 * company: whom the books name for it is probably, not surely, who rings.
 */
function personIn({ addresses, phones }: Sought, { contacts, companies }: CustomerBook): Person {
  const lower = new Set(addresses.map(one => one.toLowerCase()))
  const writers = contacts.filter(one => one.addresses.some(address => lower.has(address)))
  const callers = contacts.filter(one => one.phones.some(phone => phones.includes(phone)))
  const both = writers.filter(one => callers.includes(one))
  const candidates = both.length === 1 ? both : writers.length > 0 ? writers : callers
  const [only] = candidates
  const none = { contact: null, sure: false, companyId: null, conflicts: [] }
  if (!only) return none
  if (candidates.length === 1) {
    const byAddress = writers.includes(only)
    return { ...none, contact: only, sure: byAddress || phones.some(isMobile), companyId: only.companyId }
  }
  const ids = new Set(candidates.map(({ companyId }) => companyId))
  if (ids.size === 1) return { ...none, companyId: only.companyId }
  const value = (writers.length > 0 ? addresses : phones).join(', ')
  const names = candidates.map(
    ({ name, companyId }) => companies.find(({ id }) => id === companyId)?.name ?? name,
  )
  return { ...none, conflicts: [{ kind: 'shared', value, names: [...new Set(names)].slice(0, mostNames) }] }
}

function numberedIn({ customerNumber }: Sought, { companies }: CustomerBook): KnownCompany | undefined {
  const wanted = numberKey(customerNumber ?? '')
  return wanted === ''
    ? undefined
    : companies.find(({ number }) => number !== null && numberKey(number) === wanted)
}

/** Customer numbers as people write them: "K 1001" for "K-1001". */
export function numberKey(number: string): string {
  return number.toUpperCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
}

/** A serial number as written counts before its other readings; of those, only a single device that fits. */
function devicesIn({ serials }: Sought, { devices }: CustomerBook): readonly KnownDevice[] {
  const found = serials.flatMap(serial => {
    const [exact, ...others] = serialReadings(serial)
    const written = devices.find(one => one.serialKey === exact)
    if (written) return [written]
    const similar = devices.filter(one => others.includes(one.serialKey))
    return similar.length === 1 ? similar : []
  })
  return [...new Set(found)]
}

function namesOf(companies: readonly KnownCompany[]): readonly string[] {
  return companies
    .slice(0, mostNames)
    .map(({ name, number }) => (number === null ? name : `${name} (${number})`))
}
