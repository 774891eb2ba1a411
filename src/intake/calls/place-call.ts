import { PermanentFailure, TransientFailure } from '../../desk/failure.ts'
import type { CallRequest } from '../../desk/phone/provider.ts'
import { enqueue } from '../../outbox/enqueue.ts'
import { inTransaction, type Tx } from '../../store/database.ts'
import { alarms } from '../letters.ts'
import { dateOf } from '../mail-rows.ts'
import { endAttempt } from './attempt-effects.ts'
import type { CallDeps } from './call-deps.ts'
import { lockCallback } from './callback-book.ts'
import { isDown } from './dial-circuit.ts'

/** Asking the provider for a call whose attempt is committed. Never repeated: a second request is a second call. */

export type Placed = 'dialling' | 'unknown' | 'not-placed'

export interface Placing {
  readonly callbackId: string
  readonly provider: string
  /** Mailbox of the line: an alarm is sent from it. */
  readonly mailbox: string
  readonly request: CallRequest
}

/** Asks once, and writes down what is known afterwards. Throws TransientFailure('database') where that is not possible. */
export async function placeCall(deps: CallDeps, placing: Placing): Promise<Placed> {
  const { providers, database, step, now } = deps
  const { request } = placing
  const provider = providers.get(placing.provider)
  if (!provider) throw new Error(`phone provider "${placing.provider}" is not in the configuration`)
  try {
    const { providerId } = await provider.placeCall(request)
    await inTransaction(database, tx => markDialling(tx, { ...placing, ...request }, providerId, now()))
    await step?.('attempt-placed')
    return 'dialling'
  } catch (error) {
    if (
      !(error instanceof TransientFailure || error instanceof PermanentFailure) ||
      error.code === 'database'
    )
      throw error
    const failure =
      error.code === 'unsure' ? 'unsure' : error instanceof PermanentFailure ? 'permanent' : 'transient'
    return await inTransaction(database, tx => markFailed(deps, tx, placing, failure, error.message))
  } finally {
    deps.nudge()
    deps.wake()
  }
}

/** Events of the call may have come before the answer to our request: what they wrote stays. */
export async function markDialling(
  tx: Tx,
  { callbackId, attemptId }: { readonly callbackId: string; readonly attemptId: string },
  providerId: string,
  now: Temporal.Instant,
): Promise<void> {
  await lockCallback(tx, callbackId)
  await tx.callbackAttempt.updateMany({
    where: { id: attemptId, state: { in: ['requested', 'unknown'] } },
    data: { state: 'dialling' },
  })
  await tx.callbackAttempt.updateMany({ where: { id: attemptId, providerId: null }, data: { providerId } })
  await tx.call.updateMany({
    where: { id: attemptId, providerId: { startsWith: 'pending:' } },
    data: { providerId },
  })
  await tx.callback.updateMany({
    where: { id: callbackId, state: 'owed' },
    data: { wakeAt: dateOf(now.add({ minutes: 1 })) },
  })
}

type Failure = 'unsure' | 'transient' | 'permanent'

async function markFailed(
  deps: CallDeps,
  tx: Tx,
  placing: Placing,
  failure: Failure,
  reason: string,
): Promise<Placed> {
  const { callbackId, provider, request } = placing
  const now = deps.now()
  const before = await isDown(tx, provider, now)
  const callback = await lockCallback(tx, callbackId)
  const attempt = await tx.callbackAttempt.findUniqueOrThrow({ where: { id: request.attemptId } })
  // An event of the call came meanwhile: it was placed, whatever the answer said.
  if (!callback || attempt.state !== 'requested') return attempt.state === 'ended' ? 'not-placed' : 'dialling'
  const detail = { ...(attempt.detail as object), failure, reason: reason.slice(0, 500) }
  if (failure === 'unsure') {
    await tx.callbackAttempt.update({ where: { id: attempt.id }, data: { state: 'unknown', detail } })
    await tx.callback.updateMany({ where: { id: callbackId, state: 'owed' }, data: { wakeAt: dateOf(now) } })
  } else {
    await endUnplaced(deps, tx, { callback, attempt: { ...attempt, detail } }, now)
  }
  if (!before && (await isDown(tx, provider, now))) {
    const reported = {
      code: 'phone-provider-down',
      detail: reason.slice(0, 500),
      command: 'gateway callbacks',
    }
    await enqueue(tx, alarms(placing.mailbox, { event: 'phone-down', ...reported }, deps.config, now))
  }
  return failure === 'unsure' ? 'unknown' : 'not-placed'
}

/** The provider never placed it: attempt and call are over, and another try may follow. */
export async function endUnplaced(
  deps: CallDeps,
  tx: Tx,
  {
    callback,
    attempt,
  }: {
    readonly callback: Parameters<typeof endAttempt>[2]
    readonly attempt: Parameters<typeof endAttempt>[3]
  },
  now: Temporal.Instant,
): Promise<void> {
  const ended = { outcome: 'not-placed', seconds: null, confirmed: false, unknownNumber: false } as const
  await endAttempt(deps, tx, callback, attempt, ended, now)
  await tx.call.updateMany({
    where: { id: attempt.id, state: 'open' },
    data: { state: 'ended', endedAt: dateOf(now) },
  })
}
