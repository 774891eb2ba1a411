import type { Entitlement } from '../promise/matter.ts'
import type { CustomerBook, KnownContract, KnownDevice } from './customer-book.ts'
import type { Recognised } from './recognise.ts'

/** What of the books decides about the entitlement to support. */
export interface EntitlementFacts {
  readonly contracts: readonly Pick<KnownContract, 'id' | 'number' | 'kind' | 'validFrom' | 'validTo'>[]
  readonly device: Pick<KnownDevice, 'contractId' | 'warrantyTo'> | null
  /** Contact, company or device is in the books. */
  readonly known: boolean
}

/**
 * G3: a contract that is valid today counts before a warranty, the device's own before the company's others, and of
 * those the one that lasts longest. What is over is told with its last day. First and last day count; one that begins
 * later entitles to nothing yet.
 */
export function entitlementOf(
  { contracts, device, known }: EntitlementFacts,
  today: Temporal.PlainDate,
): Entitlement {
  const day = today.toString()
  const valid = contracts.filter(
    ({ validFrom, validTo }) => validFrom <= day && (validTo === null || validTo >= day),
  )
  const own = valid.find(({ id }) => id === device?.contractId)
  const contract = own ?? valid.toSorted((a, b) => longestFirst(a.validTo, b.validTo))[0]
  if (contract) {
    const { kind, number, validTo } = contract
    return { kind: 'contract', contract: kind, number, validTo }
  }
  const warranty = device?.warrantyTo ?? null
  if (warranty !== null && warranty >= day) return { kind: 'warranty', until: warranty }
  const ended = contracts
    .flatMap(({ validTo }) => (validTo !== null && validTo < day ? [validTo] : []))
    .toSorted()
  const last = ended.at(-1)
  if (last !== undefined && (warranty === null || last >= warranty))
    return { kind: 'expired', what: 'contract', since: last }
  if (warranty !== null) return { kind: 'expired', what: 'warranty', since: warranty }
  return { kind: known ? 'none' : 'unknown-customer' }
}

/** ISO days, null for no end. */
function longestFirst(a: string | null, b: string | null): number {
  if (a === b) return 0
  if (a === null) return -1
  if (b === null) return 1
  return a > b ? -1 : 1
}

/** Of a company its own contracts; of a device without a known company the one that it is in. */
export function factsOf({ contact, company, device }: Recognised, book: CustomerBook): EntitlementFacts {
  return {
    contracts: book.contracts.filter(({ id, companyId }) =>
      company ? companyId === company.id : id === device?.contractId,
    ),
    device,
    known: contact !== null || company !== null || device !== null,
  }
}
