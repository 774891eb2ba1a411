/** `gateway customers list`, `show` and `add-contact`, `gateway devices show`. */
import { findCustomers, findDevices, listCustomers } from '../../console/customers.ts'
import type { CsvFault } from '../../desk/customers/csv-table.ts'
import { readCustomerFiles } from '../../desk/customers/customer-files.ts'
import { readDialled } from '../../desk/phone/numbers.ts'
import { addContact } from '../../intake/customers/add-contact.ts'
import { type Answer, CommandFailed } from '../answer.ts'
import { indented, oneLine } from '../terminal.ts'
import { type Place, withDatabase } from '../with-database.ts'
import { type CustomerTextOptions, customerText, deviceText, listText } from './customer-text.ts'
import { fileContextOf } from './import.ts'

const most = 10_000

function optionsOf({
  config,
  timeZone,
}: Place): CustomerTextOptions & { readonly today: Temporal.PlainDate } {
  const [office] = Object.values(config?.offices ?? {})
  const zone = office?.timeZone ?? timeZone
  return { timeZone: zone, contracts: config?.contracts ?? {}, today: Temporal.Now.plainDateISO(zone) }
}

export async function showCustomers(place: Place): Promise<Answer> {
  const rows = await withDatabase(place, db => listCustomers(db, most))
  return { text: listText(rows), data: rows }
}

/** Throws CommandFailed where nobody fits. */
export async function showCustomer(place: Place, words: string): Promise<Answer> {
  const options = optionsOf(place)
  const phone = readDialled(words, fileContextOf(place).country)
  const wanted = (phone?.valid ? phone.number : words).trim()
  if (wanted.length < 2) throw new CommandFailed('Name the customer by two characters at least.')
  const found = await withDatabase(place, db => findCustomers(db, wanted, options.today))
  if (found.length === 0) throw new CommandFailed(`Nobody in the books is called or reached by "${words}".`)
  return { text: found.map(one => customerText(one, options)).join('\n\n'), data: found }
}

/** Throws CommandFailed where no device has that number. */
export async function showDevice(place: Place, serial: string): Promise<Answer> {
  const options = optionsOf(place)
  const found = await withDatabase(place, db => findDevices(db, serial, options.today))
  if (found.length === 0) throw new CommandFailed(`No device in the books has the serial number "${serial}".`)
  return { text: found.map(one => deviceText(one, options)).join('\n\n'), data: found }
}

export interface NewContact {
  readonly company?: string
  readonly name: string
  readonly language?: string
  readonly address?: readonly string[]
  readonly phone?: readonly string[]
}

/** Checked as a line of contacts.csv is. Throws CommandFailed for what is not sound. */
export async function newContact(place: Place, contact: NewContact): Promise<Answer> {
  const { company = '', name, language = '', address = [], phone = [] } = contact
  const cells = [company, name, language, address.join(' '), phone.join(';')]
  const line = cells.map(cell => `"${cell.replaceAll('"', '""')}"`).join(',')
  const text = `customer number,name,language,email,phone\n${line}\n`
  const bytes = new TextEncoder().encode(text)
  const { files, faults } = readCustomerFiles(
    { contacts: { name: 'the contact', bytes } },
    fileContextOf(place),
  )
  const [row] = files.contacts ?? []
  if (faults.length > 0 || !row) throw new CommandFailed(wrongOptions(faults))
  const added = await withDatabase(place, db => addContact(db, row))
  if (added.faults.length > 0) throw new CommandFailed(wrongOptions(added.faults))
  const { fresh = [], changed = [] } = added.differences.contacts ?? {}
  const done =
    fresh.length > 0 ? 'is in the books now' : changed.length > 0 ? 'was completed' : 'was there already'
  return { text: `✓ ${row.name} ${done}`, data: { contact: fresh[0] ?? changed[0] ?? row } }
}

/** Nobody who gave options has a file with lines and columns before them. */
function wrongOptions(faults: readonly CsvFault[]): string {
  const lines = faults.map(({ column, problem }) => {
    const option = optionOf[column ?? '']
    return oneLine(option === undefined ? problem : `${option}: ${problem}`, 200)
  })
  return `Nothing was written:\n${indented(lines.join('\n'), 2)}`
}

const optionOf: Readonly<Record<string, string>> = {
  'customer number': '--company',
  company: '--company',
  name: '--name',
  language: '--language',
  email: '--address',
  phone: '--phone',
}
