import type { PhoneCall } from '../../desk/phone/call.ts'
import type { CallEffect } from '../../desk/phone/call-decision.ts'
import { countsAsAttempt, nextTryAt, provesRinging } from '../../desk/phone/retry-ladder.ts'
import type { Tx } from '../../store/database.ts'
import type { CallbackAttempt, Prisma } from '../../store/generated/client.ts'
import { keepManagerContact } from '../feedback/manager-contact.ts'
import { dateOf } from '../mail-rows.ts'
import type { CallDeps } from './call-deps.ts'
import { addCallEntry } from './call-entry.ts'
import { tellCustomer } from './call-letters.ts'
import { instantOf } from './call-rows.ts'
import { endPromise, finishCallback, lockCallback, type OwedRow } from './callback-book.ts'
import { callbackRulesOf } from './callback-rules.ts'
import { toldTicket } from './told-ticket.ts'

/** What an attempt to reach the customer does to the promise. */

export type AttemptEffect = Extract<
  CallEffect,
  { readonly kind: 'attempt-started' | 'attempt-accepted' | 'attempt-rang' | 'attempt-ended' }
>

type Ended = Extract<AttemptEffect, { readonly kind: 'attempt-ended' }>

/**
 * Carries out what an event of an outgoing call says about its attempt, in the event's transaction. An attempt that is
 * over stays as it ended: whatever is told later belongs to a call that nobody waits for any more. `now`: when we were
 * told of it first, so that a telephone that rang in time did so even where we come to write it down too late.
 */
export async function applyAttemptEffect(
  deps: CallDeps,
  tx: Tx,
  call: Pick<PhoneCall, 'memory' | 'providerId'>,
  effect: AttemptEffect,
  now: Temporal.Instant,
): Promise<void> {
  const { attemptId, callbackId } = call.memory
  if (attemptId === undefined || callbackId === undefined) return
  const callback = await lockCallback(tx, callbackId)
  const attempt = await tx.callbackAttempt.findUnique({ where: { id: attemptId } })
  if (!callback || !attempt || attempt.state === 'ended') return
  if (effect.kind === 'attempt-ended') return endAttempt(deps, tx, callback, attempt, effect, now)
  const at = dateOf(now)
  await tx.callbackAttempt.update({
    where: { id: attemptId },
    data: {
      state: 'dialling',
      ...(call.providerId.startsWith('pending:') ? {} : { providerId: call.providerId }),
      startedAt: attempt.startedAt ?? at,
      ...(effect.kind === 'attempt-started' ? {} : { acceptedAt: attempt.acceptedAt ?? at }),
      ...(effect.kind === 'attempt-rang' ? { rangAt: attempt.rangAt ?? at } : {}),
    },
  })
  if (effect.kind === 'attempt-rang' && attempt.rangAt === null)
    await countAttempt(deps, tx, callback, true, now)
}

/** The end of one attempt, rung or by hand; `callback` is locked. */
export async function endAttempt(
  deps: CallDeps,
  tx: Tx,
  callback: OwedRow,
  attempt: CallbackAttempt,
  { outcome, seconds, confirmed, unknownNumber }: Omit<Ended, 'kind'>,
  now: Temporal.Instant,
): Promise<void> {
  const rang = attempt.rangAt !== null || provesRinging(outcome)
  const first = !(await hasMetMailbox(tx, callback.id))
  await tx.callbackAttempt.update({
    where: { id: attempt.id },
    data: {
      ...{ state: 'ended', outcome, activeFor: null, seconds, endedAt: dateOf(now) },
      rangAt: attempt.rangAt ?? (rang ? dateOf(now) : null),
      detail: { ...(attempt.detail as object), confirmed, unknownNumber, number: callback.number },
    },
  })
  if (attempt.rangAt === null && countsAsAttempt(outcome)) await countAttempt(deps, tx, callback, rang, now)
  await addCallEntry(tx, {
    ...{ ticketId: callback.ticketId, kind: 'callback-attempt', at: now, author: attempt.agent },
    detail: {
      ...{ callbackId: callback.id, attemptId: attempt.id, mode: attempt.mode, outcome, seconds, confirmed },
      ...(unknownNumber ? { unknownNumber } : {}),
    },
  })
  if (outcome === 'answered') {
    const at = await spokenSince(tx, attempt, now)
    if (callback.state === 'owed' || callback.state === 'unreached') {
      const fresh = await tx.callback.findUniqueOrThrow({ where: { id: callback.id } })
      await finishCallback(tx, fresh, 'called', at)
    }
    // The ticket may have been merged while they spoke; then the manager's promise went with it.
    const { row } = await toldTicket(tx, callback.ticketId)
    await keepManagerContact(tx, deps, { ticketId: row.id, by: attempt.agent, at })
    return
  }
  if (callback.state !== 'owed') {
    // Rung again by hand after we gave up: the look at a lost attempt that was appointed is not needed any more.
    await tx.callback.update({ where: { id: callback.id }, data: { wakeAt: null } })
    return
  }
  if (outcome === 'mailbox' && first)
    await tellCustomer(tx, deps, { callbackId: callback.id, about: 'tried', now })
  await planNextTry(deps, tx, callback, outcome, now)
}

/** The promise is kept when they begin to speak; how long that takes is nobody's delay. */
async function spokenSince(
  tx: Tx,
  { id }: CallbackAttempt,
  end: Temporal.Instant,
): Promise<Temporal.Instant> {
  const leg = await tx.callLeg.findFirst({
    where: { callId: id, party: 'customer', answeredAt: { not: null } },
    select: { answeredAt: true },
  })
  return leg?.answeredAt ? instantOf(leg.answeredAt) : end
}

/** The customer hears of a mailbox once: every further one would only repeat it. */
async function hasMetMailbox(tx: Tx, callbackId: string): Promise<boolean> {
  const before = await tx.callbackAttempt.findFirst({
    where: { callbackId, outcome: 'mailbox' },
    select: { id: true },
  })
  return before !== null
}

/** `rang`: at the customer's, with an agent on the line; as configured it keeps the promise, if it is not too late. */
async function countAttempt(
  { config }: CallDeps,
  tx: Tx,
  { id, state, guaranteeId, guarantee, firstAttemptAt }: OwedRow,
  rang: boolean,
  now: Temporal.Instant,
): Promise<void> {
  const data: Prisma.CallbackUpdateInput = { attempts: { increment: 1 } }
  if (state === 'owed') data.wakeAt = dateOf(now)
  if (rang && firstAttemptAt === null) data.firstAttemptAt = dateOf(now)
  await tx.callback.update({ where: { id }, data })
  const keeps = rang && config.phone?.callback.keptBy === 'attempt'
  // A promise that is overdue stays open for the clock to break: it is followed by the next one there.
  const inTime = Temporal.Instant.compare(now, instantOf(guarantee.dueAt)) <= 0
  if (keeps && inTime) await endPromise(tx, guaranteeId, 'kept', 'attempt', now)
}

/** When to try again; the callback is looked at now. */
async function planNextTry(
  { config }: CallDeps,
  tx: Tx,
  { id, guaranteeId }: OwedRow,
  outcome: Ended['outcome'],
  now: Temporal.Instant,
): Promise<void> {
  const { state, dueAt } = await tx.guarantee.findUniqueOrThrow({ where: { id: guaranteeId } })
  const promise = { state: state === 'open' ? ('open' as const) : ('kept' as const), dueAt: instantOf(dueAt) }
  const next = nextTryAt(outcome, now, promise, callbackRulesOf(config))
  await tx.callback.update({
    where: { id },
    data: { retryAt: next && dateOf(next), wakeAt: dateOf(now) },
  })
}
