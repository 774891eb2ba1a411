import type { ContactRow } from '../../desk/customers/customer-files.ts'
import type { Database } from '../../store/database.ts'
import { type Imported, importCustomers } from './import-customers.ts'

/**
 * Adds a contact, or to a contact of the same name and company what is new of addresses and numbers. Nothing is taken
 * away. With faults nothing was written.
 */
export async function addContact(database: Database, row: ContactRow): Promise<Imported> {
  const before = await database.contact.findFirst({
    where: {
      name: { equals: row.name, mode: 'insensitive' },
      ...(row.company === null ? { companyId: null } : { company: { number: row.company } }),
    },
    include: { points: true },
  })
  const points = (kind: string) => before?.points.flatMap(one => (one.kind === kind ? [one.value] : [])) ?? []
  const whole: ContactRow = {
    ...row,
    language:
      row.language ?? (before?.language === 'de' || before?.language === 'en' ? before.language : null),
    addresses: [...new Set([...points('address'), ...row.addresses])],
    phones: [...new Set([...points('phone'), ...row.phones])],
  }
  return importCustomers(database, { contacts: [whole] }, { dryRun: false, replace: false })
}
