import { type InBooks, inBooks } from '../../../desk/customers/in-books.ts'
import { recognise } from '../../../desk/customers/recognise.ts'
import { phoneOf } from '../../../desk/matters/told-matter.ts'
import { readBook } from '../../../intake/customers/read-book.ts'
import type { PromiseDeps } from '../../../intake/promises/promise-deps.ts'
import type { Cells } from './form-fields.ts'

/** What the customers' books say of the address, number and serial number in the form; null where no books are kept. */
export async function booksOfForm(
  { database, config, offices, now }: PromiseDeps,
  cells: Cells,
): Promise<InBooks | null> {
  const cell = (name: string) => cells[name] ?? ''
  const told = (value: string | null) => (value ? [value] : [])
  const mailbox = cell('mailbox') || (Object.keys(config.mailboxes)[0] ?? '')
  const customer = { name: '', handle: '', address: null, phone: cell('phone') || null }
  const sought = {
    addresses: told(cell('address').toLowerCase()),
    phones: told(phoneOf({ customer, mailbox }, config)),
    serials: told(cell('serial')),
  }
  const book = await readBook(database, [sought])
  const timeZone = offices.get(config.mailboxes[mailbox]?.office ?? '')?.timeZone ?? 'UTC'
  return inBooks(recognise(sought, book), book, now().toZonedDateTimeISO(timeZone).toPlainDate())
}
