import type { Config } from '../../config/schema.ts'
import { readDialled } from '../../desk/phone/numbers.ts'
import type { Tx } from '../../store/database.ts'

/** Who is to be forgotten, with everything by which the ledger may know the person. */
export interface Person {
  readonly contactIds: readonly string[]
  readonly names: readonly string[]
  /** Lower-case; this person's alone. */
  readonly addresses: readonly string[]
  /** E.164; this person's alone. */
  readonly phones: readonly string[]
  /** Addresses and numbers that other contacts have as well, so that they stay. */
  readonly shared: readonly string[]
}

export type FoundPerson =
  | { readonly is: 'person'; readonly person: Person }
  /** Several contacts fit; each with an id to name it by. */
  | {
      readonly is: 'several'
      readonly contacts: readonly { readonly id: string; readonly name: string; readonly reached: string }[]
    }
  /** It is an agent's or the desk's own. */
  | { readonly is: 'ours' }
  | { readonly is: 'nobody' }

const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** `words`: a contact's id or name, an address, or a telephone number. An address or number need not be in the books. */
export async function findPerson(
  tx: Tx,
  words: string,
  config: Config,
  country: 'DE' | 'GB',
): Promise<FoundPerson> {
  const wanted = words.trim()
  const address = wanted.includes('@') ? wanted.toLowerCase() : null
  const dialled = address === null && !isId.test(wanted) ? readDialled(wanted, country) : null
  const phone = dialled?.valid ? dialled.number : null
  if (ownPoints(config).has(address ?? phone ?? '')) return { is: 'ours' }
  const value = address ?? phone
  const contacts = await tx.contact.findMany({
    where:
      value !== null
        ? { points: { some: { value } } }
        : isId.test(wanted)
          ? { id: wanted }
          : { name: { equals: wanted.replaceAll(/[\\%_]/g, sign => `\\${sign}`), mode: 'insensitive' } },
    include: { points: true },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: 20,
  })
  if (contacts.length > 1)
    return {
      is: 'several',
      contacts: contacts.map(({ id, name, points }) => ({
        ...{ id, name },
        reached: points.map(one => one.value).join(', '),
      })),
    }
  const [contact] = contacts
  if (!contact && value === null) return { is: 'nobody' }
  const points = contact?.points.map(one => one.value) ?? [value ?? '']
  const others = await tx.contactPoint.findMany({
    where: { value: { in: points }, ...(contact ? { contactId: { not: contact.id } } : {}) },
  })
  const own = ownPoints(config)
  const shared = new Set([...others.map(one => one.value), ...points.filter(one => own.has(one))])
  const alone = points.filter(one => !shared.has(one))
  const addresses = alone.filter(one => one.includes('@'))
  const phones = alone.filter(one => !one.includes('@'))
  return {
    is: 'person',
    person: {
      ...{ contactIds: contact ? [contact.id] : [], addresses, phones, shared: [...shared] },
      names: [
        ...new Set([...(contact ? [contact.name] : []), ...(await namesBeside(tx, addresses, phones))]),
      ],
    },
  }
}

/** As tickets and mails call whoever had these addresses and numbers. */
async function namesBeside(
  tx: Tx,
  addresses: readonly string[],
  phones: readonly string[],
): Promise<readonly string[]> {
  const rows = await tx.$queryRaw<{ name: string }[]>`
    select customer_name as name from ticket
      where customer_address = any(${[...addresses]}::text[])
        or customer_address = '' and customer_phone = any(${[...phones]}::text[])
    union select name from participant where address = any(${[...addresses]}::text[])`
  return rows.map(({ name }) => name.trim()).filter(name => name.length > 2)
}

function ownPoints({ agents, mailboxes, phone }: Config): ReadonlySet<string> {
  return new Set(
    [
      ...Object.values(agents).flatMap(one => [...one.addresses, ...(one.phone ? [one.phone] : [])]),
      ...Object.values(mailboxes).flatMap(one => [one.address, ...one.aliases]),
      ...Object.values(phone?.lines ?? {}).map(one => one.number),
    ].map(one => one.toLowerCase()),
  )
}
