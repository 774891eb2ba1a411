import { randomUUID } from 'node:crypto'
import { addOfficeTime, type Office } from '../../desk/office-hours.ts'
import type { Language } from '../../desk/ticket.ts'
import type { Tx } from '../../store/database.ts'
import { type Callback, type Guarantee, Prisma } from '../../store/generated/client.ts'
import { dateOf } from '../mail-rows.ts'
import { addCallEntry } from './call-entry.ts'
import { instantOf } from './call-rows.ts'

/** The book of who is owed a call: its rows are opened and closed here, with their promise and their line of history. */

export interface Owing {
  readonly ticketId: string
  /** As a call names it: "hotline" or "hotline/195". */
  readonly line: string
  /** E.164 */
  readonly number: string
  readonly language: Language
  readonly office: Office
  /** Office minutes of the promise. */
  readonly minutes: number
  /** The row of the policy that says so. */
  readonly policy?: string
  /** The promise counts from here, whenever it is written down. */
  readonly startedAt: Temporal.Instant
  /** When it is first looked at. */
  readonly wakeAt: Temporal.Instant
  readonly source: 'caller' | 'given'
  readonly now: Temporal.Instant
}

export interface Owed {
  readonly callbackId: string
  readonly guaranteeId: string
  readonly dueAt: Temporal.Instant
}

/**
 * The customer is owed a call, and promised when. A ticket that owes one already keeps its promise and gets the new
 * number: an earlier promise is not put off by ringing again. What a human allowed counts for the old number only.
 */
export async function oweCallback(tx: Tx, owing: Owing): Promise<Owed> {
  const { ticketId, line, number, language, source, now, wakeAt } = owing
  await tx.ticketPhone.upsert({
    where: { ticketId_number: { ticketId, number } },
    create: { ticketId, number, source, since: dateOf(now) },
    update: {},
  })
  const running = await lockOwed(tx, ticketId)
  if (running) return change(tx, running, owing)
  const { dueAt, derivation } = addOfficeTime(owing.startedAt, owing.minutes, owing.office)
  const guaranteeId = randomUUID()
  const callbackId = randomUUID()
  await tx.guarantee.create({
    data: {
      ...{ id: guaranteeId, ticketId, kind: 'callback', state: 'open' },
      ...{ minutes: owing.minutes, policy: owing.policy ?? null },
      startedAt: dateOf(owing.startedAt),
      dueAt: dateOf(dueAt),
      derivation: derivation as unknown as Prisma.InputJsonArray,
    },
  })
  await tx.callback.create({
    data: {
      ...{ id: callbackId, ticketId, guaranteeId, owedFor: ticketId, number, language, line, state: 'owed' },
      wakeAt: dateOf(wakeAt),
      createdAt: dateOf(now),
    },
  })
  await addCallEntry(tx, {
    ...{ ticketId, kind: 'callback-owed', at: now },
    detail: { callbackId, number, dueAt: dueAt.toString() },
  })
  return { callbackId, guaranteeId, dueAt }
}

async function change(tx: Tx, running: OwedRow, owing: Owing): Promise<Owed> {
  const { id, ticketId, guaranteeId, guarantee } = running
  const other = running.number !== owing.number
  await tx.callback.update({
    where: { id },
    data: {
      ...{ number: owing.number, language: owing.language, line: owing.line },
      wakeAt: dateOf(owing.wakeAt),
      ...(other ? { allowedBy: Prisma.DbNull, retryAt: null } : {}),
    },
  })
  if (other)
    await addCallEntry(tx, {
      ...{ ticketId, kind: 'callback-changed', at: owing.now },
      detail: { callbackId: id, number: owing.number, before: running.number },
    })
  return { callbackId: id, guaranteeId, dueAt: instantOf(guarantee.dueAt) }
}

/**
 * How a callback ends. connected: an agent spoke with the customer, who rang in; called: who was rung; closed: the
 * matter is done; joined: another ticket goes on with it; unreachable: there is no number that we may ring.
 */
export type CallbackEnd = 'connected' | 'called' | 'closed' | 'joined' | 'unreachable'

const ends: Record<CallbackEnd, { readonly state: 'done' | 'withdrawn'; readonly reason: string }> = {
  connected: { state: 'done', reason: 'put-through' },
  called: { state: 'done', reason: 'contact' },
  closed: { state: 'withdrawn', reason: 'closed' },
  joined: { state: 'withdrawn', reason: 'joined' },
  unreachable: { state: 'withdrawn', reason: 'unreachable' },
}

/** Ends the callback that the ticket is owed; false where it is owed none. */
export async function endCallback(
  tx: Tx,
  {
    ticketId,
    how,
    at,
  }: { readonly ticketId: string; readonly how: CallbackEnd; readonly at: Temporal.Instant },
): Promise<boolean> {
  const owed = await lockOwed(tx, ticketId)
  if (!owed) return false
  await finishCallback(tx, owed, how, at)
  return true
}

/** As `endCallback`, for a callback that is locked already, given up ones included. */
export async function finishCallback(
  tx: Tx,
  callback: Pick<Callback, 'id' | 'ticketId' | 'guaranteeId' | 'firstContactAt'>,
  how: CallbackEnd,
  at: Temporal.Instant,
): Promise<void> {
  const { state, reason } = ends[how]
  const promise = await endPromise(
    tx,
    callback.guaranteeId,
    state === 'done' ? 'kept' : 'withdrawn',
    reason,
    at,
  )
  await tx.callback.update({
    where: { id: callback.id },
    data: {
      ...{ state, owedFor: null, wakeAt: null, retryAt: null, endedAt: dateOf(at) },
      ...(state === 'done' && callback.firstContactAt === null ? { firstContactAt: dateOf(at) } : {}),
    },
  })
  await addCallEntry(tx, {
    ...{ ticketId: callback.ticketId, kind: 'callback-ended', at },
    detail: { callbackId: callback.id, how, promise },
  })
}

/**
 * Ends a promise that still runs; gives its state afterwards. What comes after its time does not keep it, and closing
 * the matter does not undo that it was broken.
 */
export async function endPromise(
  tx: Tx,
  guaranteeId: string,
  how: 'kept' | 'withdrawn',
  reason: string,
  at: Temporal.Instant,
): Promise<string> {
  const when = at.toString()
  await tx.$executeRaw`
    update guarantee set ended_at = ${when}::timestamptz,
      state = case when due_at >= ${when}::timestamptz then ${how} else 'broken' end,
      reason = case when due_at >= ${when}::timestamptz then ${reason} else 'too-late' end
    where id = ${guaranteeId}::uuid and state = 'open'`
  const { state } = await tx.guarantee.findUniqueOrThrow({
    where: { id: guaranteeId },
    select: { state: true },
  })
  return state
}

/**
 * The customers of these tickets are on the line, or their matter is done: attempts under way are over. Gives the
 * providers' ids of calls to hang up after the commit. An agent and a customer who speak with each other are left alone.
 */
export async function cancelAttempts(
  _: unknown,
  tx: Tx,
  ticketIds: readonly string[],
  now: Temporal.Instant,
): Promise<string[]> {
  const at = now.toString()
  // In the order in which the events of these calls lock them, or the two would wait for each other.
  await tx.$queryRaw`
    select c.id from call c join callback_attempt t on t.id = c.id join callback b on b.id = t.callback_id
    where b.ticket_id = any(${[...ticketIds]}::uuid[]) and t.active_for is not null order by c.id for update of c`
  await tx.$queryRaw`
    select id from callback where ticket_id = any(${[...ticketIds]}::uuid[]) order by id for update`
  const cancelled = await tx.$queryRaw<{ id: string; callbackId: string; ticketId: string; agent: string }[]>`
    update callback_attempt t set state = 'ended', outcome = 'cancelled', active_for = null, ended_at = ${at}::timestamptz
    from callback b
    where b.id = t.callback_id and b.ticket_id = any(${[...ticketIds]}::uuid[]) and t.active_for is not null
      and t.mode = 'rung' and not exists (select 1 from call_leg l where l.call_id = t.id and l.party = 'customer'
        and l.state in ('answered', 'accepted'))
    returning t.id, b.id as "callbackId", b.ticket_id as "ticketId", t.agent`
  const hangUps: string[] = []
  for (const { id, callbackId, ticketId, agent } of cancelled) {
    const call = await tx.call.update({
      where: { id },
      data: { state: 'ended', endedAt: dateOf(now) },
      select: { providerId: true },
    })
    if (!call.providerId.startsWith('pending:')) hangUps.push(call.providerId)
    await tx.callback.updateMany({
      where: { id: callbackId, state: 'owed' },
      data: { wakeAt: dateOf(now) },
    })
    await addCallEntry(tx, {
      ...{ ticketId, kind: 'callback-attempt', at: now, author: agent },
      detail: { callbackId, attemptId: id, outcome: 'cancelled' },
    })
  }
  return hangUps
}

export type OwedRow = Callback & { readonly guarantee: Guarantee }

/** The callback that a ticket is owed, locked. */
async function lockOwed(tx: Tx, ticketId: string): Promise<OwedRow | undefined> {
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    select id from callback where owed_for = ${ticketId}::uuid for update`
  return row && tx.callback.findUniqueOrThrow({ where: { id: row.id }, include: { guarantee: true } })
}

/** A callback, locked. */
export async function lockCallback(tx: Tx, callbackId: string): Promise<OwedRow | undefined> {
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    select id from callback where id = ${callbackId}::uuid for update`
  return row && tx.callback.findUniqueOrThrow({ where: { id: row.id }, include: { guarantee: true } })
}
