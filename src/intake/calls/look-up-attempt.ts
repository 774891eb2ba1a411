import { PermanentFailure, TransientFailure } from '../../desk/failure.ts'
import type { ProviderCall } from '../../desk/phone/provider.ts'
import { inTransaction } from '../../store/database.ts'
import { dateOf } from '../mail-rows.ts'
import type { CallDeps } from './call-deps.ts'
import { instantOf } from './call-rows.ts'
import { lockCallback } from './callback-book.ts'
import { endedEvent } from './listed-call.ts'
import { endUnplaced, markDialling } from './place-call.ts'
import { takeInCall } from './take-in-call.ts'

/** What became of an attempt of which nothing was heard. Until that is known nobody rings this customer again. */

const patienceMinutes = 2
/** Clocks differ: a call may seem to have begun before it was asked for. */
const skewSeconds = 30

/** found: it was placed; waiting: ask again soon; not-placed: the provider knows of no such call. */
export type LookedUp = 'found' | 'waiting' | 'not-placed' | 'over'

/** Asks the provider for a call to the agent since the request. After two minutes without one it was never placed. */
export async function lookUpAttempt(deps: CallDeps, callbackId: string): Promise<LookedUp> {
  const { database, providers, now } = deps
  const attempt = await database.callbackAttempt.findUnique({ where: { activeFor: callbackId } })
  if (attempt?.mode !== 'rung' || attempt.state === 'dialling') return 'over'
  const call = await database.call.findUniqueOrThrow({ where: { id: attempt.id } })
  const provider = providers.get(call.provider)
  const requestedAt = instantOf(attempt.requestedAt)
  const since = requestedAt.subtract({ seconds: skewSeconds })
  const listed = await provider
    ?.listCalls(call.rawTo, since, now().add({ seconds: skewSeconds }))
    .catch((error: unknown) => {
      // Unanswered is not "no such call", but the customer cannot wait for the provider for ever either: not for one
      // that is away, and not for one that does not let us in any more.
      if (!(error instanceof TransientFailure || error instanceof PermanentFailure)) throw error
      deps.log.warn(
        { err: error, attempt: attempt.id },
        'the provider could not say what became of an attempt',
      )
      return []
    })
  const found = await unmatched(deps, call.provider, listed ?? [], since)
  if (found) {
    const ids = { callbackId, attemptId: attempt.id }
    await inTransaction(database, tx => markDialling(tx, ids, found.providerId, now()))
    if (found.state !== 'open')
      await takeInCall(deps, { ...endedEvent(call.provider, found, now()), at: now() })
    return 'found'
  }
  if (Temporal.Instant.compare(now(), requestedAt.add({ minutes: patienceMinutes })) < 0) return 'waiting'
  return inTransaction(database, async tx => {
    const callback = await lockCallback(tx, callbackId)
    const fresh = await tx.callbackAttempt.findUniqueOrThrow({ where: { id: attempt.id } })
    if (!callback || fresh.state === 'ended' || fresh.state === 'dialling') return 'over'
    await endUnplaced(deps, tx, { callback, attempt: fresh }, now())
    await tx.callback.updateMany({
      where: { id: callbackId, state: 'owed' },
      data: { wakeAt: dateOf(now()) },
    })
    return 'not-placed'
  })
}

/** The earliest call of ours to that telephone which is no other attempt's. */
async function unmatched(
  { database }: CallDeps,
  provider: string,
  listed: readonly ProviderCall[],
  since: Temporal.Instant,
): Promise<ProviderCall | undefined> {
  const possible = listed
    .filter(
      ({ direction, startedAt }) => direction === 'out' && Temporal.Instant.compare(startedAt, since) >= 0,
    )
    .toSorted((a, b) => Temporal.Instant.compare(a.startedAt, b.startedAt))
  const known = await database.call.findMany({
    where: { provider, providerId: { in: possible.map(({ providerId }) => providerId) } },
    select: { providerId: true },
  })
  const legs = await database.callLeg.findMany({
    where: { providerId: { in: possible.map(({ providerId }) => providerId) } },
    select: { providerId: true },
  })
  const taken = new Set([...known, ...legs].map(({ providerId }) => providerId))
  return possible.find(({ providerId }) => !taken.has(providerId))
}
