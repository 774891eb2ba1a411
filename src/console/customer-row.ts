import type { FileKind } from '../desk/customers/customer-columns.ts'
import type { FormCells } from '../desk/customers/customer-form.ts'
import type { Database } from '../store/database.ts'

/** One row of the books as a form shows it. Days are ISO 8601, '' for what is not known. */
export interface CustomerRow {
  /** What people call it. */
  readonly name: string
  /** By field, as a form of the kind sends them, the customer number of its company included. */
  readonly cells: FormCells
  /** Whose it is; null for a private person and for a device of nobody. */
  readonly companyId: string | null
}

const owner = { company: { select: { number: true } } } as const
const dayOf = (date: Date | null): string => date?.toISOString().slice(0, 10) ?? ''

/** Undefined where there is none of that id. */
export async function customerRow(
  db: Database,
  kind: FileKind,
  id: string,
): Promise<CustomerRow | undefined> {
  const row = await readers[kind](db, id)
  return row ?? undefined
}

const readers: Readonly<Record<FileKind, (db: Database, id: string) => Promise<CustomerRow | null>>> = {
  async companies(db, id) {
    const row = await db.company.findUnique({ where: { id } })
    if (!row) return null
    const { name, detail } = row
    const language =
      typeof detail === 'object' && detail !== null && 'language' in detail ? String(detail.language) : ''
    return { name, cells: { number: row.number ?? '', name, language }, companyId: id }
  },
  async contacts(db, id) {
    const row = await db.contact.findUnique({ where: { id }, include: { ...owner, points: true } })
    if (!row) return null
    const { name, language, companyId, company, points } = row
    const of = (kind: string) => points.flatMap(one => (one.kind === kind ? [one.value] : [])).toSorted()
    const cells = {
      ...{ company: company?.number ?? '', name, language: language ?? '' },
      ...{ addresses: of('address').join(' '), phones: of('phone').join('; ') },
    }
    return { name, cells, companyId }
  },
  async contracts(db, id) {
    const row = await db.contract.findUnique({ where: { id }, include: owner })
    if (!row) return null
    const { number, kind, companyId, company } = row
    const days = { validFrom: dayOf(row.validFrom), validTo: dayOf(row.validTo) }
    return { name: number, cells: { number, company: company.number ?? '', kind, ...days }, companyId }
  },
  async devices(db, id) {
    const row = await db.device.findUnique({ where: { id }, include: { ...owner, contract: true } })
    if (!row) return null
    const { serial, product, companyId, company, contract, warrantyTo } = row
    const cells = {
      ...{ serial, product, company: company?.number ?? '', contract: contract?.number ?? '' },
      warrantyTo: dayOf(warrantyTo),
    }
    return { name: `${product}, ${serial}`, cells, companyId }
  },
}

/** Numbers of a company's contracts, for choosing one. */
export async function contractNumbers(db: Database, companyId: string): Promise<readonly string[]> {
  const rows = await db.contract.findMany({ where: { companyId }, orderBy: { number: 'asc' } })
  return rows.map(({ number }) => number)
}
