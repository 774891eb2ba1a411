import type { Tx } from '../../store/database.ts'

/**
 * Whether a provider places calls at all just now. Told by the rows of its latest attempts, so that every process knows
 * it and a restart forgets nothing.
 */

const failuresInARow = 3
const withinMinutes = 10
/** So long agents dial by hand; then one call tries whether it works again. */
const restMinutes = 5

export async function isDown(tx: Tx, provider: string, now: Temporal.Instant): Promise<boolean> {
  const latest = await tx.$queryRaw<{ failed: boolean; at: Date }[]>`
    select (outcome = 'not-placed' and detail ->> 'failure' <> 'permanent') or state = 'unknown' as failed,
      requested_at as at
    from callback_attempt
    where mode = 'rung' and state <> 'requested' and detail ->> 'provider' = ${provider}
      and requested_at > ${now.subtract({ minutes: withinMinutes + restMinutes }).toString()}::timestamptz
    order by requested_at desc, id limit ${failuresInARow}`
  const newest = latest[0]?.at.getTime()
  const oldest = latest[failuresInARow - 1]?.at.getTime()
  if (newest === undefined || oldest === undefined || !latest.every(({ failed }) => failed)) return false
  return (
    newest - oldest <= withinMinutes * 60_000 &&
    newest > now.subtract({ minutes: restMinutes }).epochMilliseconds
  )
}

/** Seconds that the slowest of the latest calls waited in the provider's queue before it rang. */
export async function queueSecondsOf(tx: Tx, provider: string, now: Temporal.Instant): Promise<number> {
  const [row] = await tx.$queryRaw<{ seconds: number | null }[]>`
    select max(extract(epoch from started_at - requested_at))::float8 as seconds
    from (select started_at, requested_at from callback_attempt
          where mode = 'rung' and started_at is not null and detail ->> 'provider' = ${provider}
            and requested_at > ${now.subtract({ minutes: withinMinutes }).toString()}::timestamptz
          order by started_at desc limit 5) latest`
  return Math.max(0, row?.seconds ?? 0)
}
