import type { KnownCompany, KnownContact, KnownContract, KnownDevice } from './customer-book.ts'

/** The books as they are stored, and what an import makes of them; rows are found by what people call them. */

export interface StoredCustomers {
  readonly companies: readonly KnownCompany[]
  readonly contacts: readonly KnownContact[]
  readonly contracts: readonly KnownContract[]
  readonly devices: readonly KnownDevice[]
}

/** Of one kind. `missing` is in the database and not in the file. */
export interface Difference<Row> {
  readonly fresh: readonly Row[]
  readonly changed: readonly Row[]
  readonly unchanged: readonly Row[]
  readonly missing: readonly Row[]
}

export interface CustomerDifferences {
  readonly companies?: Difference<KnownCompany>
  readonly contacts?: Difference<KnownContact>
  readonly contracts?: Difference<KnownContract>
  readonly devices?: Difference<KnownDevice>
}
