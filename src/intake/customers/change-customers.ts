import type { FileKind } from '../../desk/customers/customer-columns.ts'
import type { ContactRow, CustomerFiles } from '../../desk/customers/customer-files.ts'
import { numberKey } from '../../desk/customers/recognise.ts'
import { type Database, inTransaction, type Tx } from '../../store/database.ts'
import { addContact } from './add-contact.ts'
import { importCustomers } from './import-customers.ts'

/** Changes of single rows of the books, by a person on a page. What an import does, it does here. */

/** taken: the name or number is another row's; gone: somebody removed it meanwhile; needed: others still refer to it. */
export type Changed = 'done' | 'taken' | 'gone' | 'needed'

/** Adds the row, whose form was sound. A contact of the same name gets what is new, as with the command. */
export async function addRow(database: Database, kind: FileKind, files: CustomerFiles): Promise<Changed> {
  const [contact] = files.contacts ?? []
  if (kind === 'contacts' && contact) {
    const { faults } = await addContact(database, contact)
    return faults.length > 0 ? 'gone' : 'done'
  }
  if (await isTaken(database, files)) return 'taken'
  return writeRow(database, files)
}

/** Companies, contracts and devices keep their number; what it names is changed. */
export async function changeRow(
  database: Database,
  kind: FileKind,
  id: string,
  files: CustomerFiles,
): Promise<Changed> {
  const [contact] = files.contacts ?? []
  return kind === 'contacts' && contact ? changeContact(database, id, contact) : writeRow(database, files)
}

async function writeRow(database: Database, files: CustomerFiles): Promise<Changed> {
  const { faults } = await importCustomers(database, files, { dryRun: false, replace: false })
  return faults.length > 0 ? 'gone' : 'done'
}

/** An import would change the row of that number; whoever adds one means another. */
async function isTaken(
  database: Database,
  { companies, contracts, devices }: CustomerFiles,
): Promise<boolean> {
  const [company, contract, device] = [companies?.[0], contracts?.[0], devices?.[0]]
  const rows = await database.$queryRaw<{ number: string }[]>`
    select number from company where ${company?.number ?? null}::text is not null and number is not null
    union all select number from contract where ${contract?.number ?? null}::text is not null
    union all select serial_key from device where serial_key = ${device?.serialKey ?? null}::text`
  const wanted = device ? device.serialKey : numberKey(company?.number ?? contract?.number ?? '')
  return rows.some(({ number }) => (device ? number : numberKey(number)) === wanted)
}

/** By its id, whatever name and addresses it gets: a form knows whom it is about, a file does not. */
async function changeContact(database: Database, id: string, row: ContactRow): Promise<Changed> {
  return inTransaction(database, async tx => {
    await lockBooks(tx)
    const before = await tx.contact.findUnique({ where: { id } })
    if (!before) return 'gone'
    const { name, language, addresses, phones } = row
    const namesake = await tx.contact.findFirst({
      where: {
        companyId: before.companyId,
        id: { not: id },
        name: { equals: literal(name), mode: 'insensitive' },
      },
    })
    if (namesake) return 'taken'
    await tx.contact.update({ where: { id }, data: { name, language } })
    await tx.contactPoint.deleteMany({ where: { contactId: id } })
    await tx.contactPoint.createMany({
      data: [
        ...addresses.map(value => ({ kind: 'address', value, contactId: id })),
        ...phones.map(value => ({ kind: 'phone', value, contactId: id })),
      ],
    })
    return 'done'
  })
}

/** Without regard to case the database compares by pattern. */
const literal = (text: string) => text.replaceAll(/[\\%_]/g, sign => `\\${sign}`)

/** Tickets keep names and addresses, but belong to nobody then. A company goes only when nothing is left in it. */
export async function removeRow(
  database: Database,
  kind: Exclude<FileKind, 'contracts'>,
  id: string,
): Promise<Changed> {
  return inTransaction(database, async tx => {
    await lockBooks(tx)
    if (kind === 'companies') {
      const of = { where: { companyId: id } }
      const left = (await tx.contact.count(of)) + (await tx.contract.count(of)) + (await tx.device.count(of))
      if (left > 0) return 'needed'
      return (await tx.company.deleteMany({ where: { id } })).count > 0 ? 'done' : 'gone'
    }
    const removed =
      kind === 'contacts'
        ? await tx.contact.deleteMany({ where: { id } })
        : await tx.device.deleteMany({ where: { id } })
    return removed.count > 0 ? 'done' : 'gone'
  })
}

/** As imports do: one change of the books after the other. */
async function lockBooks(tx: Tx): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended('customer import', 0))`
}
