/** `gateway customers import`: brings companies, contacts, contracts and devices in from CSV files. */
import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { mostBytes } from '../../desk/customers/csv-table.ts'
import type { FileKind } from '../../desk/customers/customer-columns.ts'
import {
  type FileContext,
  kindOfFile,
  type NamedBytes,
  readCustomerFiles,
} from '../../desk/customers/customer-files.ts'
import { importCustomers } from '../../intake/customers/import-customers.ts'
import { type Answer, CommandFailed } from '../answer.ts'
import { type Place, withDatabase } from '../with-database.ts'
import { faultsText, importText } from './customer-text.ts'

export interface ImportOptions {
  readonly dryRun: boolean
  readonly replace: boolean
}

/** Throws CommandFailed where no file is one of ours; faults within them are a failed answer. */
export async function runImport(
  place: Place,
  paths: readonly string[],
  options: ImportOptions,
): Promise<Answer> {
  const given = await filesIn(paths)
  const { files, faults } = readCustomerFiles(given, fileContextOf(place))
  // A file that cannot be read at all would make every reference to it a fault as well.
  const unreadable = faults.filter(({ line }) => line === null || line === 1)
  if (unreadable.length > 0)
    return { text: faultsText(unreadable), data: { faults: unreadable }, failed: true }
  const sound = faults.length === 0
  const imported = await withDatabase(place, database =>
    importCustomers(database, files, { ...options, dryRun: options.dryRun || !sound }),
  )
  const all = [...faults, ...imported.faults]
  if (all.length > 0) return { text: faultsText(all), data: { faults: all }, failed: true }
  return { text: importText(imported.differences, options), data: { ...imported.differences, ...options } }
}

/** Numbers that are written nationally are read in the country of the first office. */
export function fileContextOf({ config }: Place): FileContext {
  const [office] = Object.values(config?.offices ?? {})
  return {
    country: office?.holidays.startsWith('GB') ? 'GB' : 'DE',
    contracts: config?.contracts ?? {},
  }
}

async function filesIn(paths: readonly string[]): Promise<Partial<Record<FileKind, NamedBytes>>> {
  const found: Partial<Record<FileKind, NamedBytes>> = {}
  for (const path of await csvPaths(paths)) {
    const name = basename(path)
    const kind = kindOfFile(name)
    if (!kind)
      throw new CommandFailed(
        `${name} is none of the files that an import takes: companies.csv, contacts.csv, contracts.csv, devices.csv.`,
      )
    const before = found[kind]
    if (before)
      throw new CommandFailed(`${before.name} and ${name} are both about ${kind}; give one of them.`)
    const { size } = await lookAt(path)
    if (size > mostBytes)
      throw new CommandFailed(`${name} is larger than ${mostBytes / 1024 / 1024} MB; split it.`)
    found[kind] = { name, bytes: await readFile(path) }
  }
  if (Object.keys(found).length === 0)
    throw new CommandFailed(
      'There is no companies.csv, contacts.csv, contracts.csv or devices.csv in that folder.',
    )
  return found
}

/** Of a folder those that are ours; a file named by hand has to be one. */
async function csvPaths(paths: readonly string[]): Promise<readonly string[]> {
  const lists = await Promise.all(
    paths.map(async path => {
      if (!(await lookAt(path)).isDirectory()) return [path]
      const names = await readdir(path)
      return names.filter(name => /\.csv$/i.test(name) && kindOfFile(name)).map(name => join(path, name))
    }),
  )
  return lists.flat()
}

async function lookAt(path: string) {
  try {
    return await stat(path)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw new CommandFailed(`There is no file or folder "${path}"; nothing was written.`)
    if (code === 'EACCES' || code === 'EPERM')
      throw new CommandFailed(`"${path}" may not be read by this user; nothing was written.`)
    throw error
  }
}
