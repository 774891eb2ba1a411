import { PermanentFailure, TransientFailure } from '../../desk/failure.ts'
import { lineFor } from '../../desk/phone/lines.ts'
import type { PhoneProvider, ProviderCall } from '../../desk/phone/provider.ts'
import { dateOf } from '../mail-rows.ts'
import type { CallDeps } from './call-deps.ts'
import { instantOf } from './call-rows.ts'
import { phoneOf } from './callback-rules.ts'
import { arrivedEvent, endedEvent, recordingEvent } from './listed-call.ts'
import { settleSilent } from './settle-silent.ts'
import { takeInCall } from './take-in-call.ts'

/**
 * The provider's list of calls beside ours: whatever we were not told of becomes a call and a ticket after all, with
 * its own time, and calls whose end was never told come to their end.
 */

export interface Reconciled {
  /** Lines whose list could be read, and those whose list could not. */
  readonly lines: number
  readonly failed: readonly string[]
  readonly listed: number
  /** Calls that we had never heard of. */
  readonly created: number
  readonly ended: number
  readonly settled: number
}

/** Lists are told late, and their clock is not ours. */
const overlapMinutes = 60
/** How far back the first comparison looks: further is the past of a line before it was ours. */
const firstLookHours = 24
/** Our own news of a call may still be on its way. */
const graceMinutes = 1

/**
 * Compares every line once. Throws TransientFailure('database') while the database is away; what else fails is thrown
 * once the rest is done, so that one call that cannot be taken in does not hold up the others.
 */
export async function reconcileCalls(deps: CallDeps): Promise<Reconciled> {
  const { config, providers } = deps
  const failed: string[] = []
  const faults: unknown[] = []
  const sum = { lines: 0, listed: 0, created: 0, ended: 0 }
  for (const [key, line] of Object.entries(phoneOf(config).lines)) {
    const provider = providers.get(line.provider)
    if (!provider || !(provider.can.answers || provider.can.dials)) continue
    try {
      const { listed, created, ended } = await reconcileLine(deps, provider, key, line.number)
      sum.lines += 1
      sum.listed += listed
      sum.created += created
      sum.ended += ended
    } catch (error) {
      if (error instanceof TransientFailure && error.code === 'database') throw error
      const ofProvider = error instanceof TransientFailure || error instanceof PermanentFailure
      if (ofProvider) deps.log.warn({ err: error, line: key }, 'the list of calls could not be compared')
      else faults.push(error)
      failed.push(key)
    }
  }
  const settled = await settleSilent(deps, faults)
  if (faults.length > 0) throw new AggregateError(faults, `${faults.length} calls could not be compared`)
  return { ...sum, failed, settled }
}

async function reconcileLine(
  deps: CallDeps,
  provider: PhoneProvider,
  line: string,
  number: string,
): Promise<{ readonly listed: number; readonly created: number; readonly ended: number }> {
  const { database, now } = deps
  const until = now()
  const id = { provider_line: { provider: provider.key, line } }
  const cursor = await database.phoneCursor.findUnique({ where: id })
  const since = cursor
    ? instantOf(cursor.comparedTo).subtract({ minutes: overlapMinutes })
    : until.subtract({ hours: firstLookHours })
  const calls = await provider.listCalls(number, since, until)
  const counts = { listed: calls.length, created: 0, ended: 0 }
  const known: ProviderCall[] = []
  // Oldest first, as they came.
  for (const call of calls.toSorted((a, b) => Temporal.Instant.compare(a.startedAt, b.startedAt))) {
    const done = await compare(deps, provider.key, call, until)
    if (done === 'created' || done === 'ended') counts[done] += 1
    if (done !== 'other') known.push(call)
  }
  // After every call has its ticket, which must not wait for a list that cannot be read.
  for (const call of known) await pickUpRecordings(deps, provider, call, until)
  const comparedTo = dateOf(until)
  await database.phoneCursor.upsert({
    where: id,
    create: { provider: provider.key, line, comparedTo },
    update: { comparedTo },
  })
  return counts
}

async function compare(
  deps: CallDeps,
  provider: string,
  call: ProviderCall,
  now: Temporal.Instant,
): Promise<'created' | 'ended' | 'known' | 'other'> {
  const { providerId, direction, startedAt, state } = call
  const known = await deps.database.call.findUnique({
    where: { provider_providerId: { provider, providerId } },
    select: { state: true },
  })
  if (known) {
    if (known.state === 'ended' || state === 'open') return 'known'
    await takeInCall(deps, { ...endedEvent(provider, call, now), at: now })
    return 'ended'
  }
  // What we ring ourselves has an attempt that is asked after; legs of a call belong to it.
  if (direction === 'out' || lineFor(deps.config, call.to) === undefined) return 'other'
  const settled = now.subtract({ minutes: graceMinutes })
  if (state === 'open' && Temporal.Instant.compare(startedAt, settled) > 0) return 'other'
  const event = state === 'open' ? arrivedEvent(provider, call, now) : endedEvent(provider, call, now)
  const { result } = await takeInCall(deps, event)
  return result === 'new' ? 'created' : 'known'
}

/**
 * A call whose beginning never reached us was taken by whatever answers in our place, and what its caller said there is
 * with the provider, who has given up telling us. Looked for as long as the call is listed: a file can take its time.
 */
async function pickUpRecordings(
  deps: CallDeps,
  provider: PhoneProvider,
  call: ProviderCall,
  now: Temporal.Instant,
): Promise<void> {
  if (call.direction === 'out' || call.state === 'open') return
  const key = `${call.providerId}:arrived`
  const heard = await deps.database.callEvent.count({ where: { provider: provider.key, key } })
  if (heard > 0) return
  for (const recording of await provider.listRecordings(call.providerId))
    await takeInCall(deps, recordingEvent(provider.key, call, recording, now))
}
