import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type ExampleDesk, exampleDeskFolder } from './config/example-desks.ts'
import type { Config } from './config/schema.ts'
import type { FileKind } from './desk/customers/customer-columns.ts'
import { kindOfFile, readCustomerFiles } from './desk/customers/customer-files.ts'
import { importCustomers } from './intake/customers/import-customers.ts'
import type { Database } from './store/database.ts'

/** The customers' books of an example desk, by the way of every import. Throws where they are wrong. */
export async function importExampleBooks(
  database: Database,
  desk: ExampleDesk,
  { contracts }: Pick<Config, 'contracts'>,
): Promise<void> {
  const folder = join(exampleDeskFolder(desk), 'customers')
  const given: Partial<Record<FileKind, { readonly name: string; readonly bytes: Buffer }>> = {}
  for (const name of await readdir(folder)) {
    const kind = kindOfFile(name)
    if (kind) given[kind] = { name, bytes: await readFile(join(folder, name)) }
  }
  const { files, faults } = readCustomerFiles(given, { country: 'DE', contracts })
  const imported = await importCustomers(database, files, { dryRun: faults.length > 0, replace: false })
  const all = [...faults, ...imported.faults]
  if (all.length > 0) throw new Error(`the books of ${desk} are wrong: ${JSON.stringify(all)}`)
}

/** Only into empty books: what somebody changed or deleted since the first start stays so. */
export async function importExampleBooksOnce(
  database: Database,
  desk: ExampleDesk,
  config: Pick<Config, 'contracts'>,
): Promise<void> {
  if ((await database.company.count()) === 0) await importExampleBooks(database, desk, config)
}
