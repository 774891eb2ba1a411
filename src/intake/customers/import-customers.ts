import { randomUUID } from 'node:crypto'
import { compareCustomers } from '../../desk/customers/compare-customers.ts'
import type { CsvFault } from '../../desk/customers/csv-table.ts'
import type { CustomerFiles } from '../../desk/customers/customer-files.ts'
import type { CustomerDifferences, Difference } from '../../desk/customers/stored-customers.ts'
import { type Database, inTransaction, type Tx } from '../../store/database.ts'
import { insertRows } from '../../store/insert-rows.ts'
import { readStored } from './stored.ts'

export interface ImportWish {
  /** Nothing is written; everything else is as if. */
  readonly dryRun: boolean
  /** What the files given do not have is removed. Tickets keep names and addresses, but belong to nobody then. */
  readonly replace: boolean
}

export interface Imported {
  readonly differences: CustomerDifferences
  /** With any of them nothing was written. */
  readonly faults: readonly CsvFault[]
}

/**
 * Brings the books into line with files whose rows are sound by themselves, in one transaction: all or nothing. Two
 * imports at the same moment come one after the other. Throws TransientFailure('database').
 */
export async function importCustomers(
  database: Database,
  files: CustomerFiles,
  { dryRun, replace }: ImportWish,
): Promise<Imported> {
  return inTransaction(database, async tx => {
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended('customer import', 0))`
    const { differences, faults } = compareCustomers(files, await readStored(tx), randomUUID)
    const blocked = replace ? await stillNeeded(tx, differences) : []
    const all = [...faults, ...blocked]
    if (all.length === 0 && !dryRun) await write(tx, differences, replace)
    return { differences, faults: all }
  })
}

/** A company goes only together with its contracts: nobody loses a contract because of a file that does not speak of it. */
async function stillNeeded(
  tx: Tx,
  { companies, contracts }: CustomerDifferences,
): Promise<readonly CsvFault[]> {
  const gone = companies?.missing.map(({ id }) => id) ?? []
  if (gone.length === 0) return []
  const left = await tx.contract.findMany({
    where: { companyId: { in: gone }, id: { notIn: contracts?.missing.map(({ id }) => id) ?? [] } },
    include: { company: true },
    orderBy: { number: 'asc' },
    take: 20,
  })
  const staying = left.filter(({ id }) => !contracts?.changed.some(one => one.id === id))
  return staying.map(({ number, company }) => ({
    ...{ file: 'companies.csv', line: null, column: null },
    problem: `it leaves out ${company.name} (${company.number ?? 'no number'}), which has the contract ${number}; give contracts.csv without it as well, or keep the company`,
  }))
}

async function write(tx: Tx, differences: CustomerDifferences, replace: boolean): Promise<void> {
  const { companies, contacts, contracts, devices } = differences
  const stored = <Row extends { readonly language: string | null }>({ language, ...row }: Row) => ({
    ...row,
    detail: language === null ? {} : { language },
  })
  await insertRows(tx, 'company', companies?.fresh.map(stored) ?? [])
  // What the file does not speak of, such as an agent who knows the company, stays.
  for (const one of companies?.changed ?? [])
    await tx.$executeRaw`
      update company set number = ${one.number}, name = ${one.name},
        detail = (detail - 'language') || ${JSON.stringify(one.language === null ? {} : { language: one.language })}::jsonb
      where id = ${one.id}::uuid`
  await writeContacts(tx, contacts)
  await upsert(tx, 'contract', contracts)
  await upsert(tx, 'device', devices)
  if (!replace) return
  const ids = <Row extends { readonly id: string }>(difference: Difference<Row> | undefined) => ({
    where: { id: { in: difference?.missing.map(({ id }) => id) ?? [] } },
  })
  await tx.device.deleteMany(ids(devices))
  await tx.contract.deleteMany(ids(contracts))
  await tx.contact.deleteMany(ids(contacts))
  await tx.company.deleteMany(ids(companies))
}

async function writeContacts(tx: Tx, contacts: CustomerDifferences['contacts']): Promise<void> {
  if (!contacts) return
  const columns = ({ id, companyId, name, language }: (typeof contacts.fresh)[number]) => ({
    ...{ id, companyId, name, language },
  })
  await insertRows(tx, 'contact', contacts.fresh.map(columns))
  for (const one of contacts.changed) await tx.contact.update({ where: { id: one.id }, data: columns(one) })
  await tx.contactPoint.deleteMany({ where: { contactId: { in: contacts.changed.map(({ id }) => id) } } })
  const points = [...contacts.fresh, ...contacts.changed].flatMap(({ id, addresses, phones }) => [
    ...addresses.map(value => ({ kind: 'address', value, contactId: id })),
    ...phones.map(value => ({ kind: 'phone', value, contactId: id })),
  ])
  await insertRows(tx, 'contact_point', points)
}

/** Rows whose fields are the table's columns. */
async function upsert<Row extends { readonly id: string }>(
  tx: Tx,
  table: 'contract' | 'device',
  difference: Difference<Row> | undefined,
): Promise<void> {
  if (!difference) return
  await insertRows(tx, table, difference.fresh)
  if (difference.changed.length === 0) return
  const rows = JSON.stringify(difference.changed)
  if (table === 'contract')
    await tx.$executeRaw`
      update contract set number = told.number, company_id = told."companyId", kind = told.kind,
        valid_from = told."validFrom", valid_to = told."validTo"
      from jsonb_to_recordset(${rows}::jsonb) as told(id uuid, number text, "companyId" uuid, kind text, "validFrom" date, "validTo" date)
      where contract.id = told.id`
  else
    await tx.$executeRaw`
      update device set serial = told.serial, product = told.product, company_id = told."companyId",
        contract_id = told."contractId", warranty_to = told."warrantyTo"
      from jsonb_to_recordset(${rows}::jsonb) as told(id uuid, serial text, product text, "companyId" uuid, "contractId" uuid, "warrantyTo" date)
      where device.id = told.id`
}
