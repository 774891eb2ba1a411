import type { Language } from '../ticket.ts'
import { Cells, type ContractKinds } from './csv-cells.ts'
import { type CsvColumns, type CsvFault, readCsv } from './csv-table.ts'
import { columns, type FileKind, fileKinds } from './customer-columns.ts'
import { serialKey } from './serial-key.ts'

/** The four files of an import and what a row of each has to be. Companies are named by their customer number. */

interface Line {
  readonly file: string
  readonly line: number
}
export interface CompanyRow extends Line {
  readonly number: string
  readonly name: string
  readonly language: Language | null
}
export interface ContactRow extends Line {
  /** Customer number; null for a private person. */
  readonly company: string | null
  readonly name: string
  readonly language: Language | null
  readonly addresses: readonly string[]
  readonly phones: readonly string[]
}
export interface ContractRow extends Line {
  readonly number: string
  readonly company: string
  readonly kind: string
  readonly validFrom: string
  readonly validTo: string | null
}
export interface DeviceRow extends Line {
  readonly serial: string
  readonly serialKey: string
  readonly product: string
  readonly company: string | null
  readonly contract: string | null
  readonly warrantyTo: string | null
}

/** What files say; undefined for a kind that no file was given for. */
export interface CustomerFiles {
  readonly companies?: readonly CompanyRow[]
  readonly contacts?: readonly ContactRow[]
  readonly contracts?: readonly ContractRow[]
  readonly devices?: readonly DeviceRow[]
}

export interface FileContext {
  /** Of numbers that are written nationally. */
  readonly country: 'DE' | 'GB'
  /** `contracts` of the configuration. */
  readonly contracts: ContractKinds
}

/** Whether a file is one of ours, by its name: companies.csv, Firmen.csv. */
export function kindOfFile(name: string): FileKind | undefined {
  const stem = name.toLowerCase().replace(/\.csv$/, '')
  const names: Readonly<Record<FileKind, readonly string[]>> = {
    companies: ['companies', 'customers', 'firmen', 'kunden'],
    contacts: ['contacts', 'kontakte', 'ansprechpartner'],
    contracts: ['contracts', 'verträge', 'vertraege'],
    devices: ['devices', 'geräte', 'geraete'],
  }
  return fileKinds.find(kind => names[kind].includes(stem.normalize('NFC')))
}

export interface NamedBytes {
  readonly name: string
  readonly bytes: Uint8Array
}

/** All files together; nothing of them may be used while there are faults. */
export function readCustomerFiles(
  files: Readonly<Partial<Record<FileKind, NamedBytes>>>,
  context: FileContext,
): { readonly files: CustomerFiles; readonly faults: readonly CsvFault[] } {
  const faults: CsvFault[] = []
  const read = <Field extends string, Row>(
    kind: FileKind,
    shape: CsvColumns<Field>,
    rowOf: (cell: Cells<Field>) => Row,
  ): readonly (Row & Line)[] | undefined => {
    const given = files[kind]
    if (!given) return undefined
    const table = readCsv(given.name, given.bytes, shape)
    faults.push(...table.faults)
    return table.rows.map(row => ({
      file: given.name,
      line: row.line,
      ...rowOf(new Cells(given.name, row, faults)),
    }))
  }
  const companies = read('companies', columns.companies, cell => ({
    number: cell.needed('number'),
    name: cell.needed('name'),
    language: cell.language('language'),
  }))
  const contacts = read('contacts', columns.contacts, cell => {
    const row = {
      company: cell.maybe('company'),
      name: cell.needed('name'),
      language: cell.language('language'),
      addresses: cell.addresses('addresses'),
      phones: cell.phones('phones', context.country),
    }
    if (cell.text('addresses') === '' && cell.text('phones') === '')
      cell.fault('addresses', 'neither an address nor a number; nobody could be recognised by it')
    return row
  })
  const contracts = read('contracts', columns.contracts, cell => {
    const row = {
      number: cell.needed('number'),
      company: cell.needed('company'),
      kind: cell.kind('kind', context.contracts),
      validFrom: cell.needed('validFrom') && (cell.day('validFrom') ?? ''),
      validTo: cell.day('validTo'),
    }
    if (row.validTo !== null && row.validFrom !== '' && row.validTo < row.validFrom)
      cell.fault('validTo', 'it ends before it begins; correct one of the days')
    return row
  })
  const devices = read('devices', columns.devices, cell => {
    const serial = cell.needed('serial')
    const key = serialKey(serial)
    if (serial !== '' && key === '')
      cell.fault('serial', 'no letter or digit in it; write the number on the label')
    return {
      ...{ serial, serialKey: key },
      product: cell.needed('product'),
      company: cell.maybe('company'),
      contract: cell.maybe('contract'),
      warrantyTo: cell.day('warrantyTo'),
    }
  })
  const all = { companies, contacts, contracts, devices }
  return {
    files: Object.fromEntries(Object.entries(all).filter(([, rows]) => rows !== undefined)),
    faults,
  }
}
