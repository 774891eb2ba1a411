/** Customers, devices and imports as texts for a terminal. Pure. */
import type {
  CustomerLine,
  DeviceView,
  DossierBooks,
  ShownCustomer,
  ShownTicket,
} from '../../console/customers.ts'
import type { CsvFault } from '../../desk/customers/csv-table.ts'
import type { CustomerDifferences } from '../../desk/customers/stored-customers.ts'
import { type ContractNames, entitlementWords } from '../../desk/customers/words.ts'
import { columns, indented, oneLine, wallTime } from '../terminal.ts'

export interface CustomerTextOptions {
  readonly timeZone: string
  readonly contracts: ContractNames
}

export function listText(rows: readonly CustomerLine[]): string {
  if (rows.length === 0)
    return 'No company is in the books; "gateway customers import <folder>" brings them in.'
  const lines = rows.map(({ number, name, contacts, contracts, devices, tickets }) => [
    number ?? '-',
    oneLine(name, 40),
    ...[contacts, contracts, devices, tickets].map(String),
  ])
  return table(['number', 'company', 'contacts', 'contracts', 'devices', 'tickets'], lines)
}

function table(head: readonly string[], lines: readonly (readonly string[])[]): string {
  const widths = head.map((name, at) => Math.max(name.length, ...lines.map(line => line[at]?.length ?? 0)))
  return [head, ...lines]
    .map(line =>
      line
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

export function customerText(one: ShownCustomer, { timeZone, contracts }: CustomerTextOptions): string {
  const number = one.number === null ? '' : ` (${one.number})`
  const head = one.company === null ? 'Private customer' : `${oneLine(one.company)}${number}`
  const to = (end: string | null) => (end === null ? 'without end' : `to ${end}`)
  return [
    head,
    indented(`entitlement: ${entitlementWords(one.entitlement, 'en', contracts)}`, 2),
    ...part(
      'contacts',
      one.contacts.map(({ name, language, addresses, phones }) =>
        oneLine(
          [name, ...addresses, ...phones, ...(language === null ? [] : [`writes ${language}`])].join(', '),
          200,
        ),
      ),
    ),
    ...part(
      'contracts',
      one.contracts.map(
        ({ kind, validFrom, validTo, ...rest }) => `${rest.number} ${kind}, from ${validFrom} ${to(validTo)}`,
      ),
    ),
    ...part(
      'devices',
      one.devices.map(({ serial, product, contract, warrantyTo }) =>
        oneLine(
          `${serial} ${product}${contract === null ? '' : `, contract ${contract}`}${warrantyTo === null ? '' : `, warranty to ${warrantyTo}`}`,
          200,
        ),
      ),
    ),
    ...part(
      'last tickets',
      one.tickets.map(ticket => ticketText(ticket, timeZone)),
    ),
  ].join('\n')
}

function part(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [indented(`${title}:\n${indented(lines.join('\n'), 2)}`, 2)]
}

function ticketText({ number, state, subject, openedAt }: ShownTicket, timeZone: string): string {
  return `${number} ${state}, ${wallTime(openedAt, timeZone)} "${oneLine(subject, 80)}"`
}

export function deviceText(one: DeviceView, { timeZone, contracts }: CustomerTextOptions): string {
  const owner = [one.company, one.companyNumber && `(${one.companyNumber})`].filter(Boolean).join(' ')
  const head = columns([
    ['company', oneLine(owner || 'unknown')],
    ['contract', one.contract ?? 'none of its own'],
    ['warranty', one.warrantyTo === null ? 'unknown' : `to ${one.warrantyTo}`],
    ['entitlement', entitlementWords(one.entitlement, 'en', contracts)],
  ])
  const tickets = part(
    'last tickets',
    one.tickets.map(ticket => ticketText(ticket, timeZone)),
  )
  return [`${oneLine(one.product)}, serial number ${oneLine(one.serial)}`, head, ...tickets].join('\n')
}

/** Rows for the head of a ticket; none where it belongs to nobody in the books. */
export function booksRows(books: DossierBooks | null): [string, string][] {
  if (!books) return []
  const { contact, company, companyNumber, device, contracts } = books
  const owner = [company, companyNumber && `(${companyNumber})`].filter(Boolean).join(' ')
  return [
    ['in the books', oneLine([owner, contact].filter(Boolean).join(', ') || 'the device only')],
    ...contracts.map(({ number, kind, validFrom, validTo }): [string, string] => [
      'contract',
      oneLine(`${number} ${kind}, from ${validFrom} ${validTo === null ? 'without end' : `to ${validTo}`}`),
    ]),
    ...(device
      ? [
          [
            'device',
            oneLine(
              `${device.product}, ${device.serial}${device.warrantyTo === null ? '' : `, warranty to ${device.warrantyTo}`}`,
            ),
          ] as [string, string],
        ]
      : []),
  ]
}

const mostNamed = 10

export function importText(
  { companies, contacts, contracts, devices }: CustomerDifferences,
  { dryRun, replace }: { readonly dryRun: boolean; readonly replace: boolean },
): string {
  const kinds = [
    ['companies', companies, companies?.missing.map(({ name }) => name)],
    ['contacts', contacts, contacts?.missing.map(({ name }) => name)],
    ['contracts', contracts, contracts?.missing.map(({ number }) => number)],
    ['devices', devices, devices?.missing.map(({ serial }) => serial)],
  ] as const
  const given = kinds.filter(([, difference]) => difference !== undefined)
  const lines = given.map(([kind, one]) => [
    kind,
    ...[one?.fresh, one?.changed, one?.unchanged, one?.missing].map(rows => String(rows?.length ?? 0)),
  ])
  const left = given.flatMap(([kind, , names = []]) => {
    if (names.length === 0) return []
    const more = names.length > mostNamed ? ` and ${names.length - mostNamed} more` : ''
    return [`${kind}: ${names.slice(0, mostNamed).join(', ')}${more}`]
  })
  const fate = dryRun
    ? replace
      ? 'would be removed'
      : 'would be kept'
    : replace
      ? 'were removed'
      : 'were kept; --replace removes them'
  return [
    dryRun ? 'Nothing was written (--dry-run). An import would make of it:' : '✓ imported',
    table(['', 'new', 'changed', 'unchanged', 'missing'], lines),
    ...(left.length === 0
      ? []
      : [`In the database but not in the files; they ${fate}:`, indented(left.join('\n'), 2)]),
  ].join('\n')
}

export function faultsText(faults: readonly CsvFault[]): string {
  const files = [...new Set(faults.map(({ file }) => file))]
  const inOrder = faults.toSorted(
    (a, b) => files.indexOf(a.file) - files.indexOf(b.file) || (a.line ?? 0) - (b.line ?? 0),
  )
  const lines = inOrder.map(
    ({ file, line, column, problem }) =>
      `${file}${line === null ? '' : `, line ${line}`}${column === null ? '' : `, "${oneLine(column, 60)}"`}: ${problem}`,
  )
  const count = faults.length === 1 ? '1 fault' : `${faults.length} faults`
  return `${count}; nothing was written:\n${indented(lines.map(line => oneLine(line, 400)).join('\n'), 2)}`
}
