import { answerFor } from '../../desk/answer.ts'
import { mergeKnown } from '../../desk/checklist.ts'
import type { CustomerBook } from '../../desk/customers/customer-book.ts'
import { type Recognised, recognise } from '../../desk/customers/recognise.ts'
import type { Facts } from '../../desk/facts.ts'
import type { InboundMail } from '../../desk/inbound.ts'
import {
  phoneOf,
  type Recorder,
  serialField,
  subjectOf,
  type ToldMatter,
} from '../../desk/matters/told-matter.ts'
import { oneLine, printable } from '../../desk/plain-text.ts'
import type { PromiseKind } from '../../desk/promise/matter.ts'
import type { Ticket } from '../../desk/ticket.ts'
import { ticketNumberFrom } from '../../desk/ticket-number.ts'
import { inTransaction, type Tx } from '../../store/database.ts'
import { instantOf } from '../calls/call-rows.ts'
import { readBook } from '../customers/read-book.ts'
import { FactBook } from '../fact-book.ts'
import { foundIn } from '../known-of-mail.ts'
import { lookUp } from '../lookup.ts'
import { dateOf } from '../mail-rows.ts'
import { mailboxFactsOf, numberSignsOf } from '../mailbox-facts.ts'
import { type MatterOfMail, matterOfMail } from '../matter-of-mail.ts'
import { numbersTold } from '../numbers-told.ts'
import { draftTicket, openTicket } from '../open-ticket.ts'
import { emptyPlan, type PlanContext } from '../plan.ts'
import { readLoad } from '../promises/load.ts'
import type { PromiseDeps } from '../promises/promise-deps.ts'
import { record, takeNumbers } from '../record.ts'
import { readSurroundings } from '../surroundings.ts'
import { toldMail } from './told-mail.ts'
import { asTold } from './told-plan.ts'

/**
 * Here a matter that came neither by mail nor by telephone becomes a ticket, with everything a mail would have begun:
 * customers' books, routing, promises, procedures, notices, and the automatic answer within its budgets.
 */

export interface OpenedMatter {
  readonly ticketId: string
  readonly number: string
  readonly promises: readonly { readonly kind: PromiseKind; readonly dueAt: Temporal.Instant }[]
  /** Whether the customer gets a confirmation by mail, and why not. */
  readonly confirmation: { readonly send: true } | { readonly send: false; readonly because: string }
}

/** Opens a ticket in a transaction of its own and wakes whoever has work to do. `faultsOf` has found nothing. */
export async function openMatter(deps: PromiseDeps, matter: ToldMatter): Promise<OpenedMatter> {
  const opened = await inTransaction(deps.database, tx => recordMatter(tx, deps, matter))
  deps.nudge()
  deps.wake()
  return opened
}

/** The same within the caller's transaction. The caller nudges the outbox and wakes the loops after the commit. */
export async function recordMatter(
  tx: Tx,
  deps: PromiseDeps,
  matter: ToldMatter,
  follows?: Ticket,
): Promise<OpenedMatter> {
  const { config, offices } = deps
  const now = deps.now()
  const text = printable(matter.text).trim()
  const name = oneLine(matter.customer.name)
  const address = matter.customer.address?.trim().toLowerCase() ?? null
  const mail = toldMail({
    ...{ mailbox: matter.mailbox, text, receivedAt: matter.receivedAt, confirm: matter.confirm },
    files: matter.files,
    subject: oneLine(subjectOf(matter)),
    from: address === null ? null : { name, address },
  })
  const surroundings = await readSurroundings(tx, [mail], [], now, config)
  const phone = phoneOf(matter, config)
  const caller =
    phone === null && matter.serial === null ? undefined : await callerOf(tx, phone, address, matter.serial)
  const before: PlanContext = { config, offices, now, surroundings, load: await readLoad(tx, config) }
  const [sequence] = (await takeNumbers(tx, 0, 1)).ticketSequences
  if (sequence === undefined) throw new Error('the database gave no ticket number')
  const fresh = { sequence, number: ticketNumberFrom(sequence, config.tickets.digits) }
  const told = {
    matter: matterTold(matter, mail, before),
    language: matter.language,
    ...{ name, caller: caller?.recognised },
    ...{ severity: matter.severity, customerSeverity: matter.customerSeverity },
  }
  const draft = draftTicket(mail, fresh, before, told)
  const context = caller ? knowing(before, draft.ticket.id, caller) : before
  const facts = await factsOf(tx, mail, context)
  const answer = answerFor(mail, facts, now)
  const plan = emptyPlan()
  const opening = { kind: 'open-ticket', answer, ...(follows ? { follows } : {}) } as const
  openTicket(plan, mail, 0n, opening, draft.ticket, fresh, context)
  plan.entries.push(...draft.routed)
  if (phone !== null)
    plan.phones.push({ ticketId: draft.ticket.id, number: phone, source: 'given', since: dateOf(now) })
  const recorded = asTold(plan, {
    ...{ ticketNumber: fresh.number, channel: matter.channel, by: matter.by, phone, files: matter.files },
    author: address === null ? name : `${name} <${address}>`.trim(),
    recorder: recorderName(matter.by, deps),
    detail: {
      opens: true,
      ...(matter.customer.handle === '' ? {} : { handle: oneLine(matter.customer.handle) }),
      ...(matter.reference === '' ? {} : { reference: oneLine(matter.reference) }),
      ...(matter.serial === null ? {} : { serial: oneLine(matter.serial) }),
      ...(matter.severity === null ? {} : { severity: matter.severity }),
      ...(matter.customerSeverity === null ? {} : { customerSeverity: matter.customerSeverity }),
      ...(follows ? { follows: follows.number } : {}),
    },
  })
  const channel = { channel: matter.channel, customerPhone: phone }
  await record(tx, { ...recorded, tickets: plan.tickets.map(row => ({ ...row, ...channel })) }, now, deps)
  const promises = plan.guarantees.map(({ kind, dueAt }) => ({
    kind: kind as PromiseKind,
    dueAt: instantOf(new Date(dueAt)),
  }))
  return { ticketId: draft.ticket.id, number: fresh.number, promises, confirmation: answer }
}

interface Caller {
  readonly recognised: Recognised
  readonly book: CustomerBook
}

/** Who has that number or device, by the customers' books; undefined where they say nothing, or contradict themselves. */
async function callerOf(
  tx: Tx,
  phone: string | null,
  address: string | null,
  serial: string | null,
): Promise<Caller | undefined> {
  const told = (value: string | null) => (value === null ? [] : [value])
  const sought = { addresses: told(address), phones: told(phone), serials: told(serial) }
  const book = await readBook(tx, [sought])
  const recognised = recognise(sought, book)
  return recognised.company === null && recognised.contact === null ? undefined : { recognised, book }
}

/** The books as they are with the ticket linked to whoever has the number. */
function knowing(context: PlanContext, ticketId: string, { recognised, book }: Caller): PlanContext {
  const { customers } = context.surroundings
  const { contact, company, device } = recognised
  const links = {
    contactId: contact?.id ?? null,
    companyId: company?.id ?? null,
    deviceId: device?.id ?? null,
  }
  return {
    ...context,
    surroundings: {
      ...context.surroundings,
      customers: {
        kept: customers.kept,
        companies: together(customers.companies, book.companies),
        contacts: together(customers.contacts, book.contacts),
        contracts: together(customers.contracts, book.contracts),
        devices: together(customers.devices, book.devices),
        links: new Map([...customers.links, [ticketId, links]]),
      },
    },
  }
}

function together<Row extends { readonly id: string }>(
  some: readonly Row[],
  more: readonly Row[],
): readonly Row[] {
  return [...some, ...more.filter(({ id }) => !some.some(one => one.id === id))]
}

/** For notices and the history. */
export function recorderName(by: Recorder, { config }: Pick<PromiseDeps, 'config'>): string {
  return 'agent' in by
    ? (config.agents[by.agent]?.name ?? by.agent)
    : (config.api.clients[by.client]?.name ?? by.client)
}

/** What the rules may know of words in the shape of a mail; nobody who posts them is an agent by that. */
export async function factsOf(tx: Tx, mail: InboundMail, { config, now }: PlanContext): Promise<Facts> {
  const signs = numberSignsOf(config)
  const facts = mailboxFactsOf(config).get(mail.position.mailbox)
  if (!facts) throw new Error(`mailbox "${mail.position.mailbox}" is not in the configuration`)
  const book = new FactBook(await lookUp(tx, [mail], signs, now), facts)
  return { ...book.factsFor(mail, numbersTold(mail, signs, now)), agent: undefined }
}

/** What somebody says of a matter counts before what its words say. */
function matterTold(matter: ToldMatter, mail: InboundMail, { config }: PlanContext): MatterOfMail {
  const recognised = matterOfMail(mail, config)
  const { mailbox } = matter
  const requestType = matter.requestType ?? recognised.requestType
  const product = matter.product ?? recognised.product
  const chosen = matter.requestType ? config.requestTypes[matter.requestType]?.area : undefined
  const belongs = matter.product ? config.products[matter.product]?.area : undefined
  const found =
    matter.requestType === null ? recognised.known : foundIn(mail.content, { mailbox, requestType }, config)
  const asked = serialField({ mailbox, requestType }, config)
  const serial = matter.serial !== null && asked !== undefined ? { [asked]: matter.serial } : {}
  const answers = Object.entries({ ...serial, ...matter.known }).map(
    ([key, value]) => [key, { value: oneLine(value), where: 'text' as const }] as const,
  )
  return {
    ...{ requestType, product, trail: recognised.trail },
    area: matter.area ?? chosen ?? belongs ?? recognised.area,
    known: mergeKnown(Object.fromEntries(answers), found),
  }
}
