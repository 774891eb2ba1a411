import { TransientFailure } from '../../desk/failure.ts'
import type { CallDeps } from './call-deps.ts'
import { phoneOf } from './callback-rules.ts'
import { takeInCall } from './take-in-call.ts'

/** Calls whose end was never told come to it by the clock: whoever waits for them would wait for ever. */

/** Beyond the longest conversation; then it is over, whoever forgot to say so. */
const silenceMinutes = 15
/** So long after the end of a call the end of its legs may still be told. */
const newsMinutes = 5
/** Whose end was told and not how: older ones were before our time. */
const daysBack = 7
/** So long nobody listens to ringing or to our questions; a provider with a list of its calls says so itself. */
const quietMinutes = 20
const mostAtOnce = 500

interface Silent {
  readonly id: string
  readonly provider: string
  readonly providerId: string
  readonly turn: number
  readonly state: string
}

/**
 * Ends calls that have been open for longer than any conversation may last, callers of whom nobody took note and nothing
 * was heard, those whose agent had accepted without a word of how that ended, and those that are over while their attempt
 * still waits to hear how it went: it would keep everybody from trying again. What fails is added to `faults`; one call
 * does not hold up the others. Gives how many ended.
 */
export async function settleSilent(deps: CallDeps, faults: unknown[]): Promise<number> {
  const { database, config, providers, now } = deps
  const longest = now().subtract({ minutes: phoneOf(config).guard.mostMinutes + silenceMinutes })
  const over = now().subtract({ minutes: newsMinutes })
  const quiet = now().subtract({ minutes: quietMinutes }).toString()
  const since = now()
    .subtract({ hours: daysBack * 24 })
    .toString()
  const listing = [...providers.values()].filter(({ can }) => can.dials).map(({ key }) => key)
  const silent = await database.$queryRaw<Silent[]>`
    select id, provider, provider_id as "providerId", turn, state from call
      where state = 'open' and (arrived_at < ${longest.toString()}::timestamptz
        or arrived_at < ${quiet}::timestamptz and direction = 'in' and outcome is distinct from 'connected'
          and provider <> all(${listing}::text[]) and not exists (
            select 1 from call_event e where e.call_id = call.id and e.at > ${quiet}::timestamptz))
    union all
    select id, provider, provider_id, turn, state from call
      where state = 'ended' and arrived_at > ${since}::timestamptz and direction = 'in' and outcome is null
        and ended_at < ${over.toString()}::timestamptz
    union all
    select c.id, c.provider, c.provider_id, c.turn, c.state from callback_attempt t join call c on c.id = t.call_id
      where t.active_for is not null and c.state = 'ended' and c.ended_at < ${over.toString()}::timestamptz
    limit ${mostAtOnce}`
  let settled = 0
  for (const call of silent) {
    try {
      await settle(deps, call)
      settled += 1
    } catch (error) {
      if (error instanceof TransientFailure && error.code === 'database') throw error
      faults.push(error)
    }
  }
  return settled
}

async function settle(deps: CallDeps, { id, provider, providerId, turn, state }: Silent): Promise<void> {
  const fact = { provider, providerId, callId: id, key: `${id}:settle:${state}:${turn}` }
  await takeInCall(deps, { ...fact, kind: 'settle', at: deps.now(), providerAt: null, payload: {} })
}
