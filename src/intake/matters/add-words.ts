import type { TicketChannel } from '../../desk/channel.ts'
import type { Attachment } from '../../desk/mail-content.ts'
import type { Recorder } from '../../desk/matters/told-matter.ts'
import { oneLine, printable } from '../../desk/plain-text.ts'
import { joins } from '../../desk/threading-rules.ts'
import type { Ticket } from '../../desk/ticket.ts'
import type { Tx } from '../../store/database.ts'
import { planJoined } from '../joined-mail.ts'
import { emptyPlan, type PlanContext } from '../plan.ts'
import type { PromiseDeps } from '../promises/promise-deps.ts'
import { record } from '../record.ts'
import { readSurroundings } from '../surroundings.ts'
import { lockTickets } from '../ticket-rows.ts'
import { factsOf, recorderName, recordMatter } from './open-matter.ts'
import { toldMail } from './told-mail.ts'
import { asTold } from './told-plan.ts'

/** Further words of the customer on a ticket that is there. */
export interface ToldWords {
  readonly number: string
  readonly text: string
  /** Name of whoever said it, where it was not the ticket's customer. */
  readonly author: string
  readonly channel: TicketChannel
  readonly by: Recorder
  /** Whether the recorder may know of this ticket. */
  readonly maySee: (ticket: Ticket) => boolean
  readonly receivedAt: Temporal.Instant
  /** In the blob store already. */
  readonly files: readonly Attachment[]
}

/** `number` is where the words went: a merged ticket's go to its target, those for one closed long ago open another. */
export type AddedWords =
  | { readonly kind: 'added' | 'reopened' | 'opened'; readonly number: string }
  | { readonly kind: 'none' }

/**
 * What is said of a ticket does with it what the customer's mail would do: it reopens a closed one, lets the clocks go on
 * that waited for the customer, and tells the agents. In the caller's transaction; the caller nudges and wakes afterwards.
 */
export async function recordWords(tx: Tx, deps: PromiseDeps, words: ToldWords): Promise<AddedWords> {
  const { config, offices } = deps
  const now = deps.now()
  const { byId, idByNumber, targets } = await lockTickets(tx, [], [words.number], [])
  const id = idByNumber.get(words.number)
  const ticket = id === undefined ? undefined : byId.get(targets.get(id) ?? id)
  if (!ticket || !words.maySee(ticket)) return { kind: 'none' }
  const text = printable(words.text).trim()
  // Without a sender: whoever posts it does not become a participant, and the thread of mails stays the customer's.
  const told = {
    mailbox: ticket.mailbox,
    subject: '',
    text,
    from: null,
    receivedAt: words.receivedAt,
    confirm: true,
    files: words.files,
  }
  const mail = toldMail(told)
  const surroundings = await readSurroundings(tx, [mail], [ticket], now, config)
  const context: PlanContext = { config, offices, now, surroundings }
  // The number in the subject is how the look-up counts what was written about the ticket.
  const named = toldMail({ ...told, subject: config.tickets.format.replace('{number}', ticket.number) })
  const verdict = joins(ticket, 'it was told of this ticket', mail, await factsOf(tx, named, context), now)
  if (!verdict.hit) throw new Error('words on a ticket always belong somewhere')
  const { action } = verdict
  const author = oneLine(words.author) || ticket.customerName || ticket.customerAddress
  if (action.kind === 'open-ticket') {
    const opened = await recordMatter(tx, deps, matterOf(words, ticket, text), ticket)
    return { kind: 'opened', number: opened.number }
  }
  if (action.kind !== 'add-entry') throw new Error(`words on a ticket cannot be ${action.kind}`)
  const plan = emptyPlan()
  planJoined(plan, mail, 0n, action, context)
  const saying = {
    ...{ ticketNumber: ticket.number, channel: words.channel, author, by: words.by, detail: {} },
    ...{ files: words.files, phone: null, recorder: recorderName(words.by, deps) },
  }
  await record(tx, asTold(plan, saying), now, deps)
  return { kind: action.reopens ? 'reopened' : 'added', number: ticket.number }
}

/** A new matter of the same customer, which goes on with the closed one. */
function matterOf({ channel, by, receivedAt, files }: ToldWords, ticket: Ticket, text: string) {
  const { mailbox, subject, customerName, customerAddress, language } = ticket
  return {
    ...{ channel, by, receivedAt, mailbox, subject, text, language },
    customer: { name: customerName, address: customerAddress || null, phone: null, handle: '' },
    ...{ area: ticket.area ?? null, product: ticket.product ?? null, requestType: null },
    ...{ severity: null, customerSeverity: null, serial: null, files },
    ...{ known: {}, reference: '', confirm: true },
  }
}
