import { randomUUID } from 'node:crypto'
import type { RequestType } from '../../config/request-schema.ts'
import type { Config } from '../../config/schema.ts'
import { type Known, mergeKnown, readKnown, requestTypeOf } from '../../desk/checklist.ts'
import type { CustomerBook } from '../../desk/customers/customer-book.ts'
import { type InBooks, inBooks } from '../../desk/customers/in-books.ts'
import { type Recognised, recognise, type Sought } from '../../desk/customers/recognise.ts'
import type { InboundMail } from '../../desk/inbound.ts'
import { knownFrom } from '../../desk/known-data.ts'
import type { Language, Ticket } from '../../desk/ticket.ts'
import type { Tx } from '../../store/database.ts'
import type { Prisma } from '../../store/generated/client.ts'
import type { PlanContext } from '../plan.ts'
import { dayOf } from './entitlement-of-ticket.ts'
import { knownFromBooks, languageOf, unclearDetail } from './from-books.ts'
import { readBook } from './read-book.ts'

/** Customers of a batch of mails, by the address they write from, serial numbers and customer numbers they tell. */

/** One look-up for the batch and the tickets that it may belong to. */
export async function readCustomersOf(
  tx: Tx,
  config: Config,
  mails: readonly InboundMail[],
  tickets: readonly Ticket[],
): Promise<CustomerBook> {
  const type = tellingFields(config)
  const writers = mails.filter(({ content }) => content.classification === 'customer')
  const sought = [
    ...writers.map(({ content }) =>
      soughtFor(content.from?.address ?? '', type ? knownFrom(content, type) : {}, type),
    ),
    ...tickets.map(ticket => soughtOf(ticket, config)),
  ]
  return readBook(
    tx,
    sought,
    tickets.map(({ id }) => id),
  )
}

type Books = Pick<PlanContext, 'config' | 'surroundings'>

/**
 * Who the customer of a ticket is, the ticket's checklist with what the last mail told included. Numbers below a mail do
 * not count: anybody may write them there.
 */
export function recogniseTicket(ticket: Ticket, { config, surroundings: { customers } }: Books): Recognised {
  return recognise({ ...soughtOf(ticket, config), linked: customers.links.get(ticket.id) }, customers)
}

/** For letters to agents. */
export function booksOf(ticket: Ticket, context: Books & Pick<PlanContext, 'now'>): InBooks | null {
  const today = dayOf(context.now, ticket, context.config)
  return inBooks(recogniseTicket(ticket, context), context.surroundings.customers, today)
}

function soughtOf(ticket: Ticket, config: Config): Sought {
  return soughtFor(ticket.customerAddress, readKnown(ticket.known), requestTypeOf(ticket, config))
}

/** Keys of a checklist field that asks for the customer number, without signs between the words. */
const numberFields = ['customernumber', 'customerno', 'kundennummer', 'kundennr']

const isNumberField = (key: string) => numberFields.includes(key.replaceAll(/[-_]/g, '').toLowerCase())

/** All fields of all checklists by which a customer is recognised: which checklist is the mail's is not decided yet. */
function tellingFields({ requestTypes }: Config): RequestType | undefined {
  const [first] = Object.values(requestTypes)
  const fields = Object.values(requestTypes).flatMap((type, index) =>
    Object.entries(type.fields)
      .filter(([key, { kind }]) => kind === 'serial' || isNumberField(key))
      .map(([key, field]) => [isNumberField(key) ? key : `${key} ${index}`, field] as const),
  )
  return first && { ...first, fields: Object.fromEntries(fields) }
}

function soughtFor(address: string, known: Known, type: RequestType | undefined): Sought {
  const fields = Object.entries(type?.fields ?? {})
  const told = (of: readonly (readonly [string, unknown])[]) =>
    of.flatMap(([key]) => (Object.hasOwn(known, key) ? (known[key]?.value ?? []) : []))
  const [customerNumber = null] = told(fields.filter(([key]) => isNumberField(key)))
  return {
    addresses: address === '' ? [] : [address],
    phones: [],
    serials: told(fields.filter(([, { kind }]) => kind === 'serial')),
    customerNumber,
  }
}

export function languageInBooks(mail: InboundMail, books: Books): Language | null {
  return languageOf(writerOf(mail, books))
}

/** The company that writes, as rows of the configuration name it. */
export function customerInBooks(
  mail: InboundMail,
  books: Books,
): { readonly name: string; readonly number: string | null } | null {
  const { company } = writerOf(mail, books)
  return company && { name: company.name, number: company.number }
}

/** By the address alone. */
function writerOf({ content }: InboundMail, { surroundings }: Books): Recognised {
  const addresses = [content.from?.address ?? ''].filter(Boolean)
  return recognise({ addresses, phones: [], serials: [] }, surroundings.customers)
}

/** A drafted ticket, its gaps filled from the books; what the mail itself says stays. */
export function withBooks(context: Books, ticket: Ticket): Ticket {
  const recognised = recogniseTicket(ticket, context)
  const known = knownFromBooks(recognised, ticket, context.config)
  const { customerName } = ticket
  return {
    ...ticket,
    customerName: customerName === '' && recognised.sure ? (recognised.contact?.name ?? '') : customerName,
    known: mergeKnown(readKnown(ticket.known), known),
  }
}

/** The line of a ticket's history about what contradicts itself in the books; none where nothing does. */
export function unclearEntry(
  ticket: Ticket,
  context: Books & Pick<PlanContext, 'now'>,
): Prisma.EntryCreateManyInput[] {
  const { conflicts } = recogniseTicket(ticket, context)
  if (conflicts.length === 0) return []
  return [
    {
      id: randomUUID(),
      ticketId: ticket.id,
      kind: 'customer-unclear',
      at: new Date(context.now.epochMilliseconds),
      author: '',
      text: '',
      detail: unclearDetail(conflicts) as unknown as Prisma.InputJsonObject,
      inboundId: null,
    },
  ]
}
