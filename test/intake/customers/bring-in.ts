/** The example files as the books of a test's desk. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../../../src/config/schema.ts'
import { fileKinds } from '../../../src/desk/customers/customer-columns.ts'
import { readCustomerFiles } from '../../../src/desk/customers/customer-files.ts'
import { importCustomers } from '../../../src/intake/customers/import-customers.ts'
import type { Database } from '../../../src/store/database.ts'

const folder = join(import.meta.dirname, '../../../examples/customers')

export const contracts = {
  premium: { name: { de: 'Wartungsvertrag Premium', en: 'Premium maintenance' } },
  standard: { name: { de: 'Wartungsvertrag', en: 'Maintenance' } },
}

export async function bringIn(database: Database, config: Config): Promise<void> {
  const given = Object.fromEntries(
    fileKinds.map(kind => [kind, { name: `${kind}.csv`, bytes: readFileSync(join(folder, `${kind}.csv`)) }]),
  )
  const { files, faults } = readCustomerFiles(given, { country: 'DE', contracts: config.contracts })
  const imported = await importCustomers(database, files, { dryRun: false, replace: false })
  const all = [...faults, ...imported.faults]
  if (all.length > 0) throw new Error(`the example files are not sound: ${JSON.stringify(all)}`)
}
