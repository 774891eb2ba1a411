import type { Config } from '../../config/schema.ts'
import type { CustomerBook } from '../../desk/customers/customer-book.ts'
import { entitlementOf, factsOf } from '../../desk/customers/entitlement.ts'
import { type InBooks, inBooks } from '../../desk/customers/in-books.ts'
import { type Recognised, recognise } from '../../desk/customers/recognise.ts'
import type { Entitlement } from '../../desk/promise/matter.ts'
import type { Tx } from '../../store/database.ts'
import { readBook } from './read-book.ts'

/** The day at a ticket's office. */
export function dayOf(
  now: Temporal.Instant,
  { office }: { readonly office: string },
  config: Config,
): Temporal.PlainDate {
  return now.toZonedDateTimeISO(config.offices[office]?.timeZone ?? 'UTC').toPlainDate()
}

/** To what the customer of a ticket is entitled on that day, by the company and device that the ticket belongs to. */
export async function entitlementOfTicket(
  tx: Tx,
  ticketId: string,
  today: Temporal.PlainDate,
): Promise<Entitlement> {
  const { recognised, book } = await customerOfTicket(tx, ticketId)
  return entitlementOf(factsOf(recognised, book), today)
}

/** What letters tell of a ticket's customer out of the books; null where no books are kept. */
export async function booksOfTicket(
  tx: Tx,
  ticketId: string,
  today: Temporal.PlainDate,
): Promise<InBooks | null> {
  const { recognised, book } = await customerOfTicket(tx, ticketId)
  return inBooks(recognised, book, today)
}

/** Whose ticket it is, and what of the books hangs together with them: whoever tells of it reads it here. */
export async function customerOfTicket(
  tx: Tx,
  ticketId: string,
): Promise<{ readonly recognised: Recognised; readonly book: CustomerBook }> {
  const book = await readBook(tx, [], [ticketId])
  return { recognised: recogniseLinked(ticketId, book), book }
}

/** Nothing but what the ticket belongs to already. */
export function recogniseLinked(ticketId: string, book: CustomerBook): Recognised {
  return recognise({ addresses: [], phones: [], serials: [], linked: book.links.get(ticketId) }, book)
}
