import type { CsvFault } from './csv-table.ts'
import type { KnownCompany, KnownContact, KnownContract, KnownDevice } from './customer-book.ts'
import type { CompanyRow, ContactRow, ContractRow, CustomerFiles, DeviceRow } from './customer-files.ts'
import { numberKey } from './recognise.ts'
import type { CustomerDifferences, Difference, StoredCustomers } from './stored-customers.ts'

/**
 * What files change of the books. The same files twice change nothing the second time: companies and contracts are
 * found by their number, devices by their serial number, contacts by company and name, or else by an address.
 */

export interface Comparison {
  readonly differences: CustomerDifferences
  readonly faults: readonly CsvFault[]
}

interface Line {
  readonly file: string
  readonly line: number
}

/** `newId` gives the ids of new rows. */
export function compareCustomers(
  files: CustomerFiles,
  stored: StoredCustomers,
  newId: () => string,
): Comparison {
  const faults: CsvFault[] = []
  const fault = ({ file, line }: Line, column: string, problem: string) => {
    faults.push({ file, line, column, problem })
  }
  once(files.companies, ({ number }) => numberKey(number), 'number', fault)
  once(files.contracts, ({ number }) => numberKey(number), 'number', fault)
  once(files.devices, row => row.serialKey, 'serial number', fault)
  once(files.contacts, row => `${numberKey(row.company ?? '')} ${row.name.toLowerCase()}`, 'name', fault)

  const companies = files.companies && companiesOf(files.companies, stored.companies, newId)
  const companyIds = new Map(
    [...stored.companies, ...(companies?.fresh ?? [])].flatMap(({ id, number }) =>
      number === null ? [] : [[numberKey(number), id] as const],
    ),
  )
  const companyOf = (row: Line & { readonly company: string | null }): string | null => {
    if (row.company === null || row.company === '') return null
    const id = companyIds.get(numberKey(row.company))
    if (id === undefined)
      fault(
        row,
        'company',
        `no company has the number "${row.company}"; add it to companies.csv, or correct it`,
      )
    return id ?? null
  }
  const contacts = files.contacts && contactsOf(files.contacts, stored.contacts, companyOf, newId)
  const contracts = files.contracts && contractsOf(files.contracts, stored.contracts, companyOf, newId)
  const known = new Map(
    [...stored.contracts, ...(contracts?.fresh ?? []), ...(contracts?.changed ?? [])].map(one => [
      numberKey(one.number),
      one,
    ]),
  )
  const devices =
    files.devices &&
    devicesOf(files.devices, stored.devices, newId, row => {
      const companyId = companyOf(row)
      if (row.contract === null) return { companyId, contractId: null }
      const contract = known.get(numberKey(row.contract))
      if (!contract)
        fault(
          row,
          'contract',
          `no contract has the number "${row.contract}"; add it to contracts.csv, or correct it`,
        )
      else if (companyId !== null && contract.companyId !== companyId)
        fault(
          row,
          'contract',
          `the contract "${row.contract}" is another company's; correct company or contract`,
        )
      return { companyId: companyId ?? contract?.companyId ?? null, contractId: contract?.id ?? null }
    })
  const all = { companies, contacts, contracts, devices }
  return {
    differences: Object.fromEntries(Object.entries(all).filter(([, one]) => one !== undefined)),
    faults,
  }
}

function once<Row extends Line>(
  rows: readonly Row[] | undefined,
  keyOf: (row: Row) => string,
  column: string,
  fault: (row: Line, column: string, problem: string) => void,
): void {
  const first = new Map<string, number>()
  for (const row of rows ?? []) {
    const key = keyOf(row)
    const before = first.get(key)
    if (key.trim() === '') continue
    if (before === undefined) first.set(key, row.line)
    else fault(row, column, `the same as in line ${before}; keep one of the two`)
  }
}

/** `changed` has the new values under the old ids. */
function differ<Row extends { readonly id: string }>(
  wanted: readonly { readonly before: Row | undefined; readonly row: Row }[],
  stored: readonly Row[],
): Difference<Row> {
  const found = new Set(wanted.flatMap(({ before }) => before?.id ?? []))
  const same = ({ before, row }: { readonly before: Row | undefined; readonly row: Row }) =>
    before !== undefined && JSON.stringify(before) === JSON.stringify(row)
  return {
    fresh: wanted.filter(({ before }) => before === undefined).map(({ row }) => row),
    changed: wanted.filter(one => one.before !== undefined && !same(one)).map(({ row }) => row),
    unchanged: wanted.filter(same).map(({ row }) => row),
    missing: stored.filter(({ id }) => !found.has(id)),
  }
}

function companiesOf(rows: readonly CompanyRow[], stored: readonly KnownCompany[], newId: () => string) {
  const byNumber = new Map(stored.map(one => [numberKey(one.number ?? ''), one]))
  const wanted = rows.map(({ number, name, language }) => {
    const before = byNumber.get(numberKey(number))
    return { before, row: { id: before?.id ?? newId(), number, name, language } }
  })
  return differ(wanted, stored)
}

function contactsOf(
  rows: readonly ContactRow[],
  stored: readonly KnownContact[],
  companyOf: (row: ContactRow) => string | null,
  newId: () => string,
) {
  const placed = rows.map(row => ({ ...row, companyId: companyOf(row) }))
  const nameKey = ({ companyId, name }: { readonly companyId: string | null; readonly name: string }) =>
    `${companyId ?? ''} ${name.toLowerCase()}`
  const byName = new Map(stored.map(one => [nameKey(one), one]))
  const taken = new Set(placed.flatMap(row => byName.get(nameKey(row))?.id ?? []))
  const byAddress = Map.groupBy(
    stored
      .filter(({ id }) => !taken.has(id))
      .flatMap(one => one.addresses.map(address => ({ address, one }))),
    ({ address, one }) => `${one.companyId ?? ''} ${address}`,
  )
  const wanted = placed.map(row => {
    const { companyId, name, language } = row
    // Somebody who married has another name and the same address.
    const renamed = new Set(
      row.addresses
        .flatMap(address => byAddress.get(`${companyId ?? ''} ${address}`) ?? [])
        .map(({ one }) => one),
    )
    const [only] = renamed
    const candidate = byName.get(nameKey(row)) ?? (renamed.size === 1 ? only : undefined)
    const before =
      candidate && !(taken.has(candidate.id) && candidate !== byName.get(nameKey(row)))
        ? candidate
        : undefined
    if (before) taken.add(before.id)
    const points = { addresses: row.addresses.toSorted(), phones: row.phones.toSorted() }
    return { before, row: { id: before?.id ?? newId(), companyId, name, language, ...points } }
  })
  return differ(wanted, stored)
}

function contractsOf(
  rows: readonly ContractRow[],
  stored: readonly KnownContract[],
  companyOf: (row: ContractRow) => string | null,
  newId: () => string,
) {
  const byNumber = new Map(stored.map(one => [numberKey(one.number), one]))
  const wanted = rows.map(row => {
    const { number, kind, validFrom, validTo } = row
    const before = byNumber.get(numberKey(number))
    return {
      before,
      row: { id: before?.id ?? newId(), number, companyId: companyOf(row) ?? '', kind, validFrom, validTo },
    }
  })
  return differ(wanted, stored)
}

function devicesOf(
  rows: readonly DeviceRow[],
  stored: readonly KnownDevice[],
  newId: () => string,
  ownersOf: (row: DeviceRow) => Pick<KnownDevice, 'companyId' | 'contractId'>,
) {
  const bySerial = new Map(stored.map(one => [one.serialKey, one]))
  const wanted = rows.map(row => {
    const { serial, serialKey, product, warrantyTo } = row
    const before = bySerial.get(serialKey)
    return {
      before,
      row: { id: before?.id ?? newId(), serial, serialKey, product, ...ownersOf(row), warrantyTo },
    }
  })
  return differ(wanted, stored)
}
