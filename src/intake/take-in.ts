import type { Config } from '../config/schema.ts'
import { decide } from '../desk/decide.ts'
import { TransientFailure } from '../desk/failure.ts'
import type { InboundMail } from '../desk/inbound.ts'
import type { Office } from '../desk/office-hours.ts'
import type { Ticket } from '../desk/ticket.ts'
import { ticketNumberFrom } from '../desk/ticket-number.ts'
import type { Log } from '../log.ts'
import { type Database, inTransaction, isTaken, type Tx } from '../store/database.ts'
import { FactBook, type MailboxFacts } from './fact-book.ts'
import { type Lookup, lookUp } from './lookup.ts'
import { type MailboxFactsByKey, numberSignsOf } from './mailbox-facts.ts'
import { numbersTold } from './numbers-told.ts'
import { draftTicket, type FreshNumber } from './open-ticket.ts'
import { emptyPlan, type Plan, type PlanContext, planFor } from './plan.ts'
import { Load, readLoad } from './promises/load.ts'
import { promiseDepsOf } from './promises/promise-deps.ts'
import { quarantineMail } from './quarantine.ts'
import { moveCursor, type Recorded, record, takeNumbers } from './record.ts'
import { markRepeatedPictures } from './repeated-pictures.ts'
import { readSurroundings } from './surroundings.ts'
import { planVendorMail } from './vendors/plan-vendor-mail.ts'

/**
 * Here a mail becomes a ticket. Facts are read, each mail is decided on, and all that follows is written, in one
 * transaction with the cursor: the mail is either wholly taken in or not at all. What has to be sent waits in the
 * outbox when this returns; nothing is sent from here.
 */

export interface TakeInDeps {
  readonly database: Database
  readonly config: Config
  readonly offices: ReadonlyMap<string, Office>
  readonly mailboxFacts: MailboxFactsByKey
  readonly now: () => Temporal.Instant
  /** Called after a commit that put letters into the outbox. */
  readonly nudge: () => void
  /** Called after a commit that promised calls or ended promised ones, with the providers' ids of calls to hang up. */
  readonly callbacksChanged?: ((hangUps: readonly string[]) => void) | undefined
  readonly log: Log
  /** Fault hook: the moments at which a crash must not hurt. */
  readonly step?: ((name: 'facts-read' | 'recorded' | 'rows-committed') => void | Promise<void>) | undefined
}

/** What became of one mail. */
export interface TakenIn {
  readonly inboundId: bigint
  readonly uid: bigint
  readonly outcome: string
  readonly rule: string
  readonly ticketNumber: string | undefined
}

/**
 * Takes in a batch from one folder, in UID order. Positions that have a row already are passed over. Throws
 * TransientFailure('database') while the database is away, and never because of a mail: if the batch cannot be
 * recorded its mails are tried one by one, and the one that cannot be goes to quarantine.
 */
export async function takeIn(deps: TakeInDeps, mails: readonly InboundMail[]): Promise<readonly TakenIn[]> {
  if (mails.length === 0) return []
  try {
    return await takeInDespiteRivals(deps, mails)
  } catch (error) {
    if (error instanceof TransientFailure) throw error
    const [only] = mails
    if (mails.length === 1 && only) return [await quarantineMail(deps, only, error)]
    const one: TakenIn[] = []
    for (const mail of mails) one.push(...(await takeIn(deps, [mail])))
    return one
  }
}

/**
 * Another reader may record the same mail between our look-up and our commit: a copy in a second mailbox, or a gateway
 * that has not noticed yet that it lost its lock. The ledger's constraints refuse the second one; looking again finds
 * the first.
 */
async function takeInDespiteRivals(deps: TakeInDeps, mails: readonly InboundMail[]): Promise<TakenIn[]> {
  for (let left = mails.length + 2; ; left--) {
    try {
      return await takeInTogether(deps, mails)
    } catch (error) {
      if (!isTaken(error) || left === 0) throw error
    }
  }
}

async function takeInTogether(deps: TakeInDeps, mails: readonly InboundMail[]): Promise<TakenIn[]> {
  const now = deps.now()
  const { taken, letters, callbacks } = await inTransaction(deps.database, async tx => {
    const result = await decideAndRecord(deps, tx, mails, now)
    await moveCursor(tx, mails, now)
    await deps.step?.('recorded')
    return result
  })
  await deps.step?.('rows-committed')
  if (letters > 0) deps.nudge()
  if (callbacks) deps.callbacksChanged?.(callbacks.hangUps)
  return taken
}

/** The heart of a transaction that takes mails in: also used to take in a mail released from quarantine. */
export async function decideAndRecord(
  deps: TakeInDeps,
  tx: Tx,
  mails: readonly InboundMail[],
  now: Temporal.Instant,
): Promise<{ taken: TakenIn[]; letters: number; callbacks?: Recorded }> {
  const lookup = await lookUp(tx, mails, numberSignsOf(deps.config), now)
  await deps.step?.('facts-read')
  const unknown = mails.filter(mail => !lookup.knownUids.has(mail.position.uid))
  if (unknown.length === 0) return { taken: [], letters: 0 }
  const mailbox = deps.mailboxFacts.get(unknown[0]?.position.mailbox ?? '')
  if (!mailbox) throw new Error(`mailbox "${unknown[0]?.position.mailbox}" is not in the configuration`)
  const marked = await markRepeatedPictures(tx, unknown)
  const { plan, taken } = await decideAll(deps, tx, marked, lookup, mailbox, now)
  const recorded = await record(tx, plan, now, promiseDepsOf(deps))
  const written = writtenLater(plan)
  const touched = plan.callbackWishes.length + plan.endedCallbacks.length + written > 0
  return { taken, letters: plan.letters.length + written, ...(touched ? { callbacks: recorded } : {}) }
}

/**
 * What may have put letters into the outbox, or made an escalation due, while the plan was recorded. At the most: to look
 * in vain costs a query, and a matter on its way up must not wait for the next round.
 */
function writtenLater(plan: Plan): number {
  const { progress, passedOn, escalations, promiseChanges, procedureOrders, vendorOrders, votes, tickets } =
    plan
  const lists = [progress, passedOn, escalations, promiseChanges, procedureOrders, vendorOrders, votes]
  const begun = tickets.filter(({ requestType }) => requestType).length
  return lists.reduce((sum, list) => sum + list.length, begun)
}

async function decideAll(
  deps: TakeInDeps,
  tx: Tx,
  mails: readonly InboundMail[],
  lookup: Lookup,
  mailbox: MailboxFacts,
  now: Temporal.Instant,
): Promise<{ plan: Plan; taken: TakenIn[] }> {
  const book = new FactBook(lookup, mailbox)
  const signs = numberSignsOf(deps.config)
  const newcomers = mails.filter(mail => mayOpenTicket(mail, lookup)).length
  const { inboundIds, ticketSequences } = await takeNumbers(tx, mails.length, newcomers)
  const read = await readSurroundings(tx, mails, [...lookup.tickets.byId.values()], now, deps.config)
  const { targets } = lookup.tickets
  const named = new Map(read.named.entries().map(([number, id]) => [number, targets.get(id) ?? id]))
  const surroundings = { ...read, named }
  const load = newcomers > 0 ? await readLoad(tx, deps.config) : new Load()
  const context: PlanContext = { config: deps.config, offices: deps.offices, now, surroundings, load }
  const plan = emptyPlan()
  const taken: TakenIn[] = []
  for (const [index, mail] of mails.entries()) {
    const inboundId = inboundIds[index]
    if (inboundId === undefined) throw new Error('the database gave fewer ids than were asked for')
    const decision = decide(mail, book.factsFor(mail, numbersTold(mail, signs, now)), now)
    const { action } = decision
    let fresh: FreshNumber | undefined
    if (action.kind === 'open-ticket') {
      const sequence = ticketSequences.shift() ?? (await takeNumbers(tx, 0, 1)).ticketSequences[0]
      if (sequence === undefined) throw new Error('the database gave no ticket number')
      fresh = { sequence, number: ticketNumberFrom(sequence, deps.config.tickets.digits) }
    }
    const draft = fresh && draftTicket(mail, fresh, context)
    const ticket: Ticket | undefined = draft?.ticket ?? ('ticket' in action ? action.ticket : undefined)
    planFor(plan, mail, inboundId, decision, ticket, fresh, context)
    if (action.kind === 'vendor-mail' || action.kind === 'vendor-agent')
      planVendorMail(plan, mail, inboundId, action, book.ticketWithId(action.case.ticketId), context)
    plan.entries.push(...(draft?.routed ?? []).map(entry => ({ ...entry, inboundId })))
    book.learn(mail, inboundId, ticket, action, plan.ticketChanges.get(ticket?.id ?? ''))
    taken.push({
      inboundId,
      uid: mail.position.uid,
      outcome: action.kind,
      rule: decision.rule,
      ticketNumber: ticket?.number,
    })
  }
  return { plan, taken }
}

/** A guess that saves a round trip per ticket; a number taken in vain leaves a gap, one too few is fetched later. */
function mayOpenTicket({ content, fingerprint }: InboundMail, lookup: Lookup): boolean {
  if (content.classification !== 'customer' || lookup.originals.has(fingerprint)) return false
  return ![...content.inReplyTo, ...content.references].some(
    id => lookup.threads.has(id) || lookup.letters.has(id),
  )
}
