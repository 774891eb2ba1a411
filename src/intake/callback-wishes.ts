import { randomUUID } from 'node:crypto'
import type { Config } from '../config/schema.ts'
import { addOfficeTime, type Office } from '../desk/office-hours.ts'
import type { Language, Ticket } from '../desk/ticket.ts'
import type { Tx } from '../store/database.ts'
import {
  cancelAttempts,
  endPromise,
  finishCallback,
  lockCallback,
  type Owed,
  type OwedRow,
  oweCallback,
} from './calls/callback-book.ts'
import { lineOfCall, lineRef } from './calls/line-of-call.ts'
import { dateOf } from './mail-rows.ts'
import { moveCallback, movePhones } from './merged-callers.ts'
import type { Plan, PlanContext } from './plan.ts'
import { matterOf } from './promises/promises-of-mail.ts'
import { targetsOf } from './promises/targets.ts'

/** What agents' mails do to promised calls, in the transaction that takes those mails in. */

/** A call that an agent promised to a customer. */
export interface CallbackWish {
  readonly ticketId: string
  /** "hotline" or "hotline/195" */
  readonly line: string
  /** E.164 */
  readonly number: string
  readonly language: Language
  readonly office: Office
  readonly minutes: number
  /** The row of the policy that says so. */
  readonly policy: string
  readonly dueAt: Temporal.Instant
  /** The agent named the time: it counts as it is, whenever the office opens. */
  readonly isNamed: boolean
}

/** The promised call of a ticket, where there is one. */
export interface EndedCallback {
  readonly ticketId: string
  readonly how: 'called' | 'closed' | 'joined'
  /** Joined: the ticket that goes on. */
  readonly into?: string
  readonly at: Temporal.Instant
  /** Key of the agent who said so. */
  readonly agent: string
  readonly remark: string
}

/** Undefined without telephony: then nobody would be reminded of it. */
export function callbackWish(
  ticket: Ticket,
  number: string,
  at: Temporal.Instant | null,
  context: PlanContext,
): CallbackWish | undefined {
  const { config, offices, now, surroundings } = context
  const line = config.phone && lineOfTicket(ticket, config)
  const office = line && offices.get(line.office)
  if (!config.phone || !line || !office) return undefined
  const target = targetsOf(matterOf(ticket, context), config).callback
  const { minutes, row: policy } = target ?? { ...config.phone.callback, row: 'usual time' }
  return {
    ...{ ticketId: ticket.id, line: line.ref, number, language: ticket.language, office, minutes, policy },
    // Ringing again puts off no promise that runs.
    dueAt: at ?? surroundings.callbacks.get(ticket.id) ?? addOfficeTime(now, minutes, office).dueAt,
    isNamed: at !== null,
  }
}

/** The line whose letters come from the ticket's mailbox, else one of its group, else any: it must be rung from one. */
export function lineOfTicket({ mailbox, group }: Ticket, config: Config) {
  const lines = Object.entries(config.phone?.lines ?? {})
    .flatMap(([key, { extensions }]) => [
      lineRef(key, null),
      ...Object.keys(extensions).map(one => lineRef(key, one)),
    ])
    .flatMap(ref => lineOfCall(config, ref) ?? [])
  return (
    lines.find(line => line.mailbox === mailbox && line.group === group) ??
    lines.find(line => line.mailbox === mailbox) ??
    lines.find(line => line.group === group) ??
    lines[0]
  )
}

/**
 * Ends come first: "#called" above a new "#callback" leaves the new one. Gives the providers' ids of calls that are to
 * be hung up after the commit.
 */
export async function recordCallbacks(
  tx: Tx,
  { callbackWishes, endedCallbacks }: Pick<Plan, 'callbackWishes' | 'endedCallbacks'>,
  now: Temporal.Instant,
): Promise<readonly string[]> {
  // Before its callback ends, as the events of a call lock the two in this order.
  const tickets = endedCallbacks.map(({ ticketId }) => ticketId)
  const hangUps = tickets.length === 0 ? [] : await cancelAttempts(undefined, tx, tickets, now)
  for (const ended of endedCallbacks) await endByMail(tx, ended)
  for (const wish of callbackWishes) await recordWish(tx, wish, now)
  return hangUps
}

async function recordWish(tx: Tx, wish: CallbackWish, now: Temporal.Instant): Promise<void> {
  const { ticketId, line, number, language, office, minutes, policy, dueAt, isNamed } = wish
  const before = await tx.callback.findUnique({ where: { owedFor: ticketId }, select: { id: true } })
  const owed = await oweCallback(tx, {
    ...{ ticketId, line, number, language, office, minutes, policy, now },
    startedAt: now,
    wakeAt: now,
    source: 'given',
  })
  if (!isNamed) return
  if (before) return agree(tx, owed, wish, now)
  await tx.guarantee.update({
    where: { id: owed.guaranteeId },
    data: { dueAt: dateOf(dueAt), derivation: [], minutes: null, policy: 'agreed' },
  })
}

/**
 * Another time than the promised one was agreed upon: the earlier promise is not owed any more, and stays broken where
 * it was over already.
 */
async function agree(
  tx: Tx,
  { callbackId, guaranteeId }: Owed,
  { ticketId, dueAt }: CallbackWish,
  now: Temporal.Instant,
): Promise<void> {
  await endPromise(tx, guaranteeId, 'withdrawn', 'agreed', now)
  const id = randomUUID()
  await tx.guarantee.create({
    data: {
      ...{ id, ticketId, kind: 'callback', state: 'open', derivation: [], policy: 'agreed' },
      startedAt: dateOf(now),
      dueAt: dateOf(dueAt),
    },
  })
  await tx.callback.update({
    where: { id: callbackId },
    data: { guaranteeId: id, stage: 'none', retryAt: null },
  })
}

/** A callback that was given up ends here as well: a human took it into their own hands. */
async function endByMail(tx: Tx, { ticketId, how, into, at, agent, remark }: EndedCallback): Promise<void> {
  if (into !== undefined) await movePhones(tx, ticketId, into)
  const last = await tx.callback.findFirst({
    where: { ticketId, state: { in: ['owed', 'unreached'] } },
    orderBy: { createdAt: 'desc' },
    select: { id: true },
  })
  const callback = last && (await lockCallback(tx, last.id))
  if (!callback || (into !== undefined && (await moveCallback(tx, callback, into, at)))) return
  if (how === 'called') await recordSpoken(tx, callback, { at, agent, remark })
  await finishCallback(tx, callback, how, at)
}

/** Who says that they spoke to the customer has tried and reached them; the list of attempts shows it as that. */
async function recordSpoken(
  tx: Tx,
  { id: callbackId, firstAttemptAt }: OwedRow,
  { at, agent, remark }: Pick<EndedCallback, 'at' | 'agent' | 'remark'>,
): Promise<void> {
  const when = dateOf(at)
  await tx.callbackAttempt.create({
    data: {
      ...{ id: randomUUID(), callbackId, agent, mode: 'by-hand', state: 'ended', outcome: 'answered' },
      ...{ requestedAt: when, startedAt: when, acceptedAt: when, rangAt: when, endedAt: when },
      detail: { by: 'mail', remark: remark.slice(0, 2000).toWellFormed() },
    },
  })
  await tx.callback.update({
    where: { id: callbackId },
    data: { attempts: { increment: 1 }, firstAttemptAt: firstAttemptAt ?? when },
  })
}
