import { randomUUID } from 'node:crypto'
import { readKnown } from '../desk/checklist.ts'
import type { Severity } from '../desk/command-arguments.ts'
import type { Recognised } from '../desk/customers/recognise.ts'
import type { Action } from '../desk/decide.ts'
import type { InboundMail } from '../desk/inbound.ts'
import { customerThreadOf } from '../desk/threading.ts'
import type { Language, Ticket } from '../desk/ticket.ts'
import type { Prisma } from '../store/generated/client.ts'
import { noticesOfMail } from './agent-notices.ts'
import { languageInBooks, recogniseTicket, unclearEntry, withBooks } from './customers/customers-of-mails.ts'
import { languageOf, linkColumns } from './customers/from-books.ts'
import { planParticipant } from './joined-mail.ts'
import { numbersIn } from './known-of-mail.ts'
import { autoReplyTo } from './letters.ts'
import { dateOf, entryRow, phoneRow, subjectLength } from './mail-rows.ts'
import { type MatterOfMail, matterOfMail, placeMail } from './matter-of-mail.ts'
import type { Plan, PlanContext } from './plan.ts'
import { officeNamed } from './promises/promise-deps.ts'
import { promisesOfMail } from './promises/promises-of-mail.ts'
import { routedEntry } from './promises/routing.ts'

/** A mail that opens a ticket: the ticket, its first entry, the promise, the answer to the customer and the notices. */

/** A number and sequence for a ticket that is opened, taken from the database beforehand. */
export interface FreshNumber {
  readonly sequence: bigint
  readonly number: string
}

/** A ticket that is not written yet, with the line of history that says where it went and why. */
export interface Draft {
  readonly ticket: Ticket
  readonly routed: readonly Prisma.EntryCreateManyInput[]
}

/** What is known of a matter beside the words: somebody told it, or wrote it down. */
export interface ToldOfMatter {
  readonly matter: MatterOfMail
  /** Null: nobody said. */
  readonly language: Language | null
  readonly name: string
  /** By the number that was given. */
  readonly caller: Recognised | undefined
  /** Null: as usual with this kind of request. */
  readonly severity: Severity | null
  readonly customerSeverity: Severity | null
}

/** The ticket that a mail opens. Its customer is whoever From names: Reply-To only directs answers. */
export function draftTicket(
  mail: InboundMail,
  { number }: FreshNumber,
  context: PlanContext,
  told?: ToldOfMatter,
): Draft {
  const { config } = context
  const { content, position } = mail
  const mailbox = config.mailboxes[position.mailbox]
  if (!mailbox) throw new Error(`mailbox "${position.mailbox}" is not in the configuration`)
  const inBooks = () =>
    languageInBooks(mail, context) ?? (told?.caller && languageOf(told.caller)) ?? mailbox.language
  const language: Language =
    content.language === 'de' || content.language === 'en' ? content.language : (told?.language ?? inBooks())
  const matter = told?.matter ?? matterOfMail(mail, config)
  const placing = { ...matter, language, group: mailbox.group }
  const placed = placeMail(mail, placing, mailbox.office, context, told?.caller)
  const id = randomUUID()
  const ticket: Ticket = withBooks(context, {
    id,
    number,
    state: 'open',
    subject: content.subject.slice(0, subjectLength).toWellFormed(),
    customerAddress: content.from?.address ?? '',
    customerName: told?.name || (content.from?.name ?? ''),
    language,
    mailbox: position.mailbox,
    group: placed.group,
    office: mailbox.office,
    closedAt: null,
    waitingUntil: null,
    assignee: placed.agent,
    severity: told?.severity ?? config.requestTypes[matter.requestType ?? '']?.severity ?? null,
    ...(told?.customerSeverity ? { customerSeverity: told.customerSeverity } : {}),
    level: 1,
    area: matter.area,
    product: matter.product,
    requestType: matter.requestType,
    customerThread: customerThreadOf(content),
    known: matter.known,
  })
  const entry = routedEntry(id, placed, matter.trail, context)
  return { ticket, routed: entry ? [entry] : [] }
}

/** Adds to `plan` the drafted ticket and all that begins with it. */
export function openTicket(
  plan: Plan,
  mail: InboundMail,
  inboundId: bigint,
  { answer, follows, likely }: Extract<Action, { readonly kind: 'open-ticket' }>,
  ticket: Ticket,
  fresh: FreshNumber,
  context: PlanContext,
): void {
  const { config, now } = context
  const office = officeNamed(context, ticket.office)
  const promised = promisesOfMail(mail, ticket, context)
  plan.tickets.push({
    ...ticket,
    known: ticket.known ?? {},
    closedAt: null,
    waitingUntil: null,
    customerThread: { ...ticket.customerThread } as unknown as Prisma.InputJsonObject,
    followsId: follows?.id ?? null,
    ...linkColumns(recogniseTicket(ticket, context)),
    sequence: fresh.sequence,
    openedAt: dateOf(now),
    changedAt: dateOf(now),
  })
  planParticipant(plan, mail, ticket, 'customer', context)
  const numbers = numbersIn(readKnown(ticket.known), ticket, config)
  plan.phones.push(...numbers.map(number => phoneRow(ticket.id, number, now)))
  plan.entries.push(entryRow('customer-mail', mail, inboundId, ticket, context, relativesOf(follows, likely)))
  plan.entries.push(...unclearEntry(ticket, context))
  plan.guarantees.push(...promised.guarantees)
  plan.promiseChanges.push(...promised.changes)
  const reply = answer.send ? autoReplyTo(mail, ticket, promised.answerBy, office, config, now) : undefined
  if (reply) plan.letters.push(reply)
  plan.letters.push(...noticesOfMail(ticket, 'new-ticket', mail, promised.answerBy, inboundId, context))
}

/** Numbers of other tickets that an agent who reads this one wants to know of. */
function relativesOf(follows: Ticket | undefined, likely: Ticket | undefined): Record<string, string> {
  return {
    ...(follows ? { follows: follows.number } : {}),
    ...(likely ? { likelyBelongsTo: likely.number } : {}),
  }
}
