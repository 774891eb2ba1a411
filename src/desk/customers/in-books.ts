import type { Entitlement } from '../promise/matter.ts'
import type { CustomerBook } from './customer-book.ts'
import { entitlementOf, factsOf } from './entitlement.ts'
import type { Conflict, Recognised } from './recognise.ts'

/** What a letter to an agent tells of the customer out of the books. Survives JSON. */
export interface InBooks {
  /** '' where no company is known. */
  readonly company: string
  readonly companyNumber: string | null
  readonly contact: string
  readonly device: {
    readonly product: string
    readonly serial: string
    readonly warrantyTo: string | null
  } | null
  readonly entitlement: Entitlement
  readonly conflicts: readonly Conflict[]
}

/** Null where no books are kept: "unknown customer" under every mail would tell nobody anything. */
export function inBooks(
  recognised: Recognised,
  book: CustomerBook,
  today: Temporal.PlainDate,
): InBooks | null {
  if (!book.kept) return null
  const { contact, company, device, conflicts } = recognised
  return {
    company: company?.name ?? '',
    companyNumber: company?.number ?? null,
    contact: contact?.name ?? '',
    device: device && { product: device.product, serial: device.serial, warrantyTo: device.warrantyTo },
    entitlement: entitlementOf(factsOf(recognised, book), today),
    conflicts,
  }
}
