import type { Language } from '../ticket.ts'

/** What the customers' books hold, as far as somebody looked it up. Dates are ISO 8601 days and count from first to last. */

export interface KnownCompany {
  readonly id: string
  readonly number: string | null
  readonly name: string
  readonly language: Language | null
}

export interface KnownContact {
  readonly id: string
  readonly name: string
  readonly language: Language | null
  readonly companyId: string | null
  /** Lower-case. */
  readonly addresses: readonly string[]
  /** E.164 */
  readonly phones: readonly string[]
}

export interface KnownContract {
  readonly id: string
  readonly number: string
  readonly companyId: string
  /** Key of a contract kind in the configuration. */
  readonly kind: string
  readonly validFrom: string
  readonly validTo: string | null
}

export interface KnownDevice {
  readonly id: string
  readonly serial: string
  readonly serialKey: string
  readonly product: string
  readonly companyId: string | null
  readonly contractId: string | null
  readonly warrantyTo: string | null
}

/** Who and what a ticket belongs to already. */
export interface TicketLinks {
  readonly contactId: string | null
  readonly companyId: string | null
  readonly deviceId: string | null
}

export interface CustomerBook {
  /** False where nobody has told us of any customer: then an unknown one is nothing to speak of. */
  readonly kept: boolean
  readonly companies: readonly KnownCompany[]
  readonly contacts: readonly KnownContact[]
  /** All of the companies' and of the devices. */
  readonly contracts: readonly KnownContract[]
  readonly devices: readonly KnownDevice[]
  /** By ticket. */
  readonly links: ReadonlyMap<string, TicketLinks>
}

export const emptyBook: CustomerBook = {
  ...{ kept: false, companies: [], contacts: [], contracts: [], devices: [] },
  links: new Map(),
}
