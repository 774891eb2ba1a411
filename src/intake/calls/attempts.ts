import { randomUUID } from 'node:crypto'
import type { AttemptOutcome } from '../../desk/phone/call-decision.ts'
import { inTransaction, isTaken, type Tx } from '../../store/database.ts'
import { dateOf } from '../mail-rows.ts'
import { hearCalls } from '../procedures/words-of-call.ts'
import { endAttempt } from './attempt-effects.ts'
import type { CallDeps } from './call-deps.ts'
import { addCallEntry } from './call-entry.ts'
import { lockCallback } from './callback-book.ts'
import { phoneOf } from './callback-rules.ts'
import { lineGoingOn } from './line-of-call.ts'
import { canDial, isOnLine, isTalking, isUnderWay, recordRefusal, refusalOf } from './may-ring.ts'
import { type Placed, type Placing, placeCall } from './place-call.ts'

/**
 * Ringing for an agent: the agent first, then the customer. The attempt is committed before the provider is asked, and
 * a callback has one at a time, which the ledger enforces: whoever dies in between leaves a row that is asked after,
 * and whoever is second finds it.
 */

/** Why nothing was rung. cannot-dial: the provider does not, or not just now, and the agent dials by hand. */
export type AttemptRefusal =
  | 'already-ringing'
  | 'not-owed'
  | 'refused'
  | 'no-phone'
  | 'agent-busy'
  | 'customer-on-line'
  | 'cannot-dial'

export type RequestedAttempt =
  | { readonly result: Placed; readonly attemptId: string }
  /** `reason`: of the guard or the budget. */
  | { readonly result: AttemptRefusal; readonly reason?: string }

export interface AttemptRequest {
  readonly callbackId: string
  /** Key of the agent who is rung first. */
  readonly agent: string
  /** link: the agent asked for it, also after we have given up; redial: the ladder does. */
  readonly by: 'link' | 'redial'
}

/** When an attempt is first looked at. */
const leaseMinutes = 1

/** Rings, or says why not. Throws TransientFailure('database') while the database is away. */
export async function requestAttempt(deps: CallDeps, asked: AttemptRequest): Promise<RequestedAttempt> {
  let requested: Placing | Extract<RequestedAttempt, { result: AttemptRefusal }>
  try {
    requested = await inTransaction(deps.database, tx => writeAttempt(deps, tx, asked))
  } catch (error) {
    if (isTaken(error)) return { result: 'already-ringing' }
    throw error
  }
  if ('result' in requested) return requested
  await deps.step?.('attempt-committed')
  return { result: await placeCall(deps, requested), attemptId: requested.request.attemptId }
}

async function writeAttempt(
  deps: CallDeps,
  tx: Tx,
  { callbackId, agent: key, by }: AttemptRequest,
): Promise<Placing | { readonly result: AttemptRefusal; readonly reason?: string }> {
  const { config, now: clock } = deps
  const now = clock()
  const callback = await lockCallback(tx, callbackId)
  if (!callback || !(callback.state === 'owed' || (by === 'link' && callback.state === 'unreached')))
    return { result: 'not-owed' }
  const agent = config.agents[key]
  const line = await lineGoingOn(tx, config, callback.line, callback.ticketId)
  if (!line || !(await canDial(deps, tx, line, now))) return { result: 'cannot-dial' }
  if (!agent?.phone) return { result: 'no-phone' }
  if (await isUnderWay(tx, callbackId)) return { result: 'already-ringing' }
  if (await isOnLine(tx, callback)) return { result: 'customer-on-line' }
  if (await isTalking(tx, key)) return { result: 'agent-busy' }
  const refusal = await refusalOf(deps, tx, callback, line, now)
  if (refusal !== undefined) {
    await recordRefusal(tx, callback, refusal, now)
    return { result: 'refused', reason: refusal }
  }
  const attemptId = randomUUID()
  const { phone } = agent
  // Should this process die before it dials, somebody has to ask after the attempt long before the next reminder is due.
  await tx.callback.update({
    where: { id: callbackId },
    data: { wakeAt: dateOf(now.add({ minutes: leaseMinutes })) },
  })
  await tx.callbackAttempt.create({
    data: {
      ...{ id: attemptId, callbackId, activeFor: callbackId, agent: key, mode: 'rung', state: 'requested' },
      callId: attemptId,
      requestedAt: dateOf(now),
      detail: { provider: line.provider, by },
    },
  })
  await tx.call.create({
    data: {
      ...{ id: attemptId, provider: line.provider, providerId: `pending:${attemptId}`, direction: 'out' },
      ...{ line: callback.line, ticketId: callback.ticketId, number: callback.number },
      // We speak with the agent only.
      language: agent.language,
      ...{
        rawFrom: line.number,
        rawTo: phone,
        state: 'open',
        step: 'offer',
        memory: { attemptId, callbackId },
      },
      arrivedAt: dateOf(now),
    },
  })
  const { ringSeconds, guard } = phoneOf(config)
  const request = { attemptId, to: phone, from: line.number, ringSeconds, mostMinutes: guard.mostMinutes }
  return { callbackId, provider: line.provider, mailbox: line.mailbox, request }
}

/** How an agent says that a call went which they dialled themselves. */
export type HandOutcome = Extract<
  AttemptOutcome,
  'answered' | 'mailbox' | 'busy' | 'no-answer' | 'refused' | 'failed'
>

export interface HandDialled {
  readonly callbackId: string
  /** Key of the agent. */
  readonly agent: string
  readonly outcome: HandOutcome
  readonly remark: string
  /** Ended attempts that the agent had seen: a form that is sent twice is about the same one. */
  readonly seen?: number
}

export type HandRecorded =
  | { readonly result: 'recorded'; readonly attemptId: string }
  | { readonly result: 'not-owed' | 'already-ringing' | 'changed' }

/** Characters of a remark that are kept. */
const longestRemark = 2000

/** Counts as an attempt of ours does, for the promise as for the ladder, in a transaction of its own. */
export async function recordHandDialled(deps: CallDeps, said: HandDialled): Promise<HandRecorded> {
  const result = await inTransaction(deps.database, tx => writeHandDialled(deps, tx, said, deps.now()))
  deps.nudge()
  deps.wake()
  return result
}

/** As `recordHandDialled`, in the caller's transaction. A call that a telephone system tells of is the agent's own. */
export async function writeHandDialled(
  deps: CallDeps,
  tx: Tx,
  { callbackId, agent, outcome, remark, seen }: HandDialled,
  now: Temporal.Instant,
): Promise<HandRecorded> {
  const callback = await lockCallback(tx, callbackId)
  if (!callback || !(callback.state === 'owed' || callback.state === 'unreached'))
    return { result: 'not-owed' }
  if (
    seen !== undefined &&
    seen !== (await tx.callbackAttempt.count({ where: { callbackId, state: 'ended' } }))
  )
    return { result: 'changed' }
  const running = await tx.callbackAttempt.findUnique({ where: { activeFor: callbackId } })
  if (running?.mode === 'rung') return { result: 'already-ringing' }
  const at = dateOf(now)
  const attempt =
    running ??
    (await tx.callbackAttempt.create({
      data: {
        ...{ id: randomUUID(), callbackId, activeFor: callbackId, agent, mode: 'by-hand', state: 'dialling' },
        ...{ requestedAt: at, startedAt: at, acceptedAt: at },
      },
    }))
  const words = remark
    .replaceAll(/[^\P{Cc}\n]/gu, ' ')
    .trim()
    .slice(0, longestRemark)
    .toWellFormed()
  if (words !== '')
    await addCallEntry(tx, {
      ...{ ticketId: callback.ticketId, kind: 'callback-remark', at: now, author: agent, text: words },
      detail: { callbackId, attemptId: attempt.id },
    })
  const ended = { outcome, seconds: null, confirmed: true, unknownNumber: false }
  await endAttempt(deps, tx, callback, { ...attempt, agent }, ended, now)
  if (words !== '') await hearCalls(tx, deps, [callback.ticketId], now)
  return { result: 'recorded', attemptId: attempt.id }
}
