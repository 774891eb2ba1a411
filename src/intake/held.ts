import { randomUUID } from 'node:crypto'
import { answerFor } from '../desk/answer.ts'
import type { TrailStep } from '../desk/decide.ts'
import type { InboundMail } from '../desk/inbound.ts'
import type { Ticket } from '../desk/ticket.ts'
import { ticketNumberFrom } from '../desk/ticket-number.ts'
import { inTransaction, type Tx } from '../store/database.ts'
import type { Held, Prisma } from '../store/generated/client.ts'
import { FactBook } from './fact-book.ts'
import { planJoined } from './joined-mail.ts'
import { type Lookup, lookUp } from './lookup.ts'
import { dateOf } from './mail-rows.ts'
import { numberSignsOf } from './mailbox-facts.ts'
import { numbersTold } from './numbers-told.ts'
import { draftTicket, openTicket } from './open-ticket.ts'
import { emptyPlan, type Plan, type PlanContext } from './plan.ts'
import { readLoad } from './promises/load.ts'
import { promiseDepsOf } from './promises/promise-deps.ts'
import { record, takeNumbers } from './record.ts'
import { readSurroundings } from './surroundings.ts'
import type { TakeInDeps } from './take-in.ts'
import { lockTickets } from './ticket-rows.ts'
import { addToCase } from './vendors/add-held.ts'

/**
 * Deciding on a mail that was held: it joins the ticket it speaks of, opens one of its own, or is left where it is. One
 * transaction with the row that says so, so that two people who decide at once decide once. The mail's row in the ledger
 * stays; its trail gains a line.
 */

export type HeldDecision = 'add' | 'new' | 'discard'

/** What came of it; `repeated` if exactly this had been decided before. */
export type Released =
  | { readonly ok: true; readonly repeated: boolean; readonly ticketNumber: string | undefined }
  | { readonly ok: false; readonly because: string }

interface Case {
  readonly tx: Tx
  readonly held: Held
  readonly mail: InboundMail
  readonly lookup: Lookup
  readonly context: PlanContext
  readonly plan: Plan
}

/**
 * `mail` is the held one, read again from its bytes; `by` is who decides, for the history. Refuses, as a value, what is
 * not held, was decided otherwise, or cannot be added because it names no ticket.
 */
export async function decideHeld(
  deps: TakeInDeps,
  inboundId: bigint,
  decision: HeldDecision,
  mail: InboundMail,
  by: string,
): Promise<Released> {
  const now = deps.now()
  const released = await inTransaction(deps.database, async tx => {
    await tx.$queryRaw`select id from held where inbound_id = ${inboundId} for update`
    const held = await tx.held.findUnique({ where: { inboundId } })
    if (!held) return refused(`mail ${inboundId} was never held`)
    if (held.state !== 'held') return decidedBefore(tx, held, decision)
    const lookup = await lookUp(tx, [mail], numberSignsOf(deps.config), now)
    const surroundings = await readSurroundings(
      tx,
      [mail],
      [...lookup.tickets.byId.values()],
      now,
      deps.config,
    )
    const context: PlanContext = { config: deps.config, offices: deps.offices, now, surroundings }
    return settle(deps, { tx, held, mail, lookup, context, plan: emptyPlan() }, decision, by)
  })
  if (released.ok && !released.repeated) deps.nudge()
  return released
}

const refused = (because: string): Released => ({ ok: false, because })

async function decidedBefore(tx: Tx, held: Held, decision: HeldDecision): Promise<Released> {
  if (held.decision !== decision)
    return refused(`mail ${held.inboundId} was decided already: ${held.decision}`)
  const inbound = await tx.inbound.findUnique({ where: { id: held.inboundId }, include: { ticket: true } })
  return { ok: true, repeated: true, ticketNumber: inbound?.ticket?.number }
}

async function settle(deps: TakeInDeps, one: Case, decision: HeldDecision, by: string): Promise<Released> {
  const { tx, held, plan, context } = one
  const linked = await linkedTicket(one)
  const inCase = decision === 'add' && !linked && addToCase(plan, held, one.mail)
  if (decision === 'add' && !linked && !inCase)
    return refused(`mail ${held.inboundId} speaks of no ticket; decide on "new"`)
  if (decision === 'add' && linked) addTo(one, linked)
  const opened = decision === 'new' ? await openFor(deps, one) : undefined
  const ticket = opened ?? linked
  if (linked) plan.entries.push(decisionEntry(one, linked, decision, by, opened))
  await record(tx, plan, context.now, promiseDepsOf(deps))
  await tx.held.update({
    where: { inboundId: held.inboundId },
    data: {
      state: 'decided',
      decision,
      decidedAt: dateOf(context.now),
      ...(ticket ? { ticketId: ticket.id } : {}),
    },
  })
  await writeTrail(one, ticket, { rule: 'held', hit: true, because: `${by} decided: ${decision}` })
  return { ok: true, repeated: false, ticketNumber: ticket?.number }
}

/** The ticket that the mail speaks of, or what it has been merged into meanwhile. */
async function linkedTicket({ tx, held }: Case): Promise<Ticket | undefined> {
  if (held.ticketId === null) return undefined
  const { byId, targets } = await lockTickets(tx, [held.ticketId], [], [])
  return byId.get(targets.get(held.ticketId) ?? held.ticketId)
}

/** A stranger comes in by this; an agent's mail that lacked a proof stays inside and goes to nobody. */
function addTo({ plan, mail, held, context }: Case, ticket: Ticket): void {
  const fromOutside = held.reason === 'stranger'
  const entry = fromOutside ? 'customer-mail' : 'agent-mail'
  const reopens = fromOutside && ticket.state !== 'open'
  const action = { kind: 'add-entry', ticket, entry, reopens, notice: { send: true } } as const
  planJoined(plan, mail, held.inboundId, action, context)
}

async function openFor(deps: TakeInDeps, { tx, held, mail, lookup, context, plan }: Case): Promise<Ticket> {
  const { config, now } = context
  const mailbox = deps.mailboxFacts.get(mail.position.mailbox)
  if (!mailbox) throw new Error(`mailbox "${mail.position.mailbox}" is not in the configuration`)
  const told = numbersTold(mail, numberSignsOf(config), now)
  const facts = new FactBook(lookup, mailbox).factsFor(mail, told)
  const [sequence] = (await takeNumbers(tx, 0, 1)).ticketSequences
  if (sequence === undefined) throw new Error('the database gave no ticket number')
  const fresh = { sequence, number: ticketNumberFrom(sequence, config.tickets.digits) }
  const { ticket, routed } = draftTicket(mail, fresh, { ...context, load: await readLoad(tx, config) })
  const action = { kind: 'open-ticket', answer: answerFor(mail, facts, now) } as const
  openTicket(plan, mail, held.inboundId, action, ticket, fresh, context)
  plan.entries.push(...routed.map(entry => ({ ...entry, inboundId: held.inboundId })))
  return ticket
}

function decisionEntry(
  { held, mail, context }: Case,
  ticket: Ticket,
  decision: HeldDecision,
  by: string,
  opened: Ticket | undefined,
): Prisma.EntryCreateManyInput {
  const from = mail.content.from?.address ?? ''
  return {
    id: randomUUID(),
    ticketId: ticket.id,
    kind: 'held-decision',
    at: dateOf(context.now),
    author: by,
    text: '',
    detail: { decision, from, reason: held.reason, ...(opened ? { newTicket: opened.number } : {}) },
    inboundId: held.inboundId,
  }
}

async function writeTrail({ tx, held }: Case, ticket: Ticket | undefined, step: TrailStep): Promise<void> {
  const { trail } = await tx.inbound.findUniqueOrThrow({
    where: { id: held.inboundId },
    select: { trail: true },
  })
  const steps = [...(Array.isArray(trail) ? trail : []), { ...step }]
  await tx.inbound.update({
    where: { id: held.inboundId },
    data: { trail: steps, ...(ticket ? { ticketId: ticket.id } : {}) },
  })
}
