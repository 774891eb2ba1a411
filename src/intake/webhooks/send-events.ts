import type { Posted } from '../../desk/webhooks/after-posting.ts'
import { entryKindsOf } from '../../desk/webhooks/events.ts'
import type { Database } from '../../store/database.ts'
import { instantOf } from '../calls/call-rows.ts'
import { type ClaimedDelivery, claimDelivery, queueOf } from './claim-delivery.ts'
import { settleDelivery } from './settle-delivery.ts'
import type { WebhookDeps } from './webhook-deps.ts'

/** Sends what waits, endpoint by endpoint, so that a slow one holds up nobody but itself. */

/** Days for which an event is kept: for a replay, and for an endpoint that is paused. */
export const keptDays = 14

/** A look at a queue brings as many; a long one is not sorted anew for each of its events. */
const mostAtOnce = 100

/** Everything of one endpoint that is due, in order, until one cannot be delivered or `goOn` says no. */
export async function sendEventsOf(
  deps: WebhookDeps,
  endpointId: string,
  goOn: () => boolean = () => true,
): Promise<void> {
  for (;;) {
    const queue = await queueOf(deps.database, endpointId, mostAtOnce)
    for (const id of queue) {
      if (!goOn()) return
      const claim = await claimDelivery(deps, endpointId, id)
      if (claim.kind === 'gone') continue
      if (claim.kind !== 'claimed' || !(await send(deps, claim.delivery))) return
    }
    // What came while these were sent is looked for as well: nobody else looks at a queue that is being worked on.
    if (queue.length === 0) return
  }
}

/** Says whether the next one may follow. */
async function send(deps: WebhookDeps, delivery: ClaimedDelivery): Promise<boolean> {
  const { id, url, body, secrets } = delivery
  const posted: Posted = await deps.post({ url, id, body, secrets, at: deps.now() })
  const after = await settleDelivery(deps, delivery, posted)
  return after?.kind === 'delivered' || after?.kind === 'give-up'
}

export interface DueEndpoints {
  readonly due: readonly string[]
  /** When the next of the others is. */
  readonly nextAt: Temporal.Instant | null
}

/** Endpoints with something in front of their queue that may be sent now. */
export async function dueEndpoints({
  database,
  now,
}: Pick<WebhookDeps, 'database' | 'now'>): Promise<DueEndpoints> {
  const fronts = await database.$queryRaw<{ id: string; wakeAt: Date }[]>`
    select e.id, d.wake_at as "wakeAt" from webhook_endpoint e
    cross join lateral (
      select wake_at from webhook_delivery where endpoint_id = e.id and wake_at is not null
      order by created_at, wake_at desc limit 1) d
    where e.state = 'active' order by d.wake_at`
  const at = now().epochMilliseconds
  const next = fronts.find(({ wakeAt }) => wakeAt.getTime() > at)
  return {
    due: fronts.flatMap(({ id, wakeAt }) => (wakeAt.getTime() <= at ? [id] : [])),
    nextAt: next ? instantOf(next.wakeAt) : null,
  }
}

/**
 * All endpoints, once, side by side; for tests and simulations. A gateway has a lane for each
 * (channels/clock/webhooks.ts).
 */
export async function sendEvents(deps: WebhookDeps): Promise<void> {
  const { due } = await dueEndpoints(deps)
  await Promise.all(due.map(id => sendEventsOf(deps, id)))
}

/** In one statement, which is short therefore. */
const mostForgotten = 500

/** Nothing that is on its way. Gives how many. */
export async function forgetOldEvents(database: Database, now: Temporal.Instant): Promise<number> {
  let forgotten = 0
  for (;;) {
    const some = await forgetSome(database, now)
    forgotten += some
    if (some < mostForgotten) return forgotten
  }
}

async function forgetSome(database: Database, now: Temporal.Instant): Promise<number> {
  const before = now.subtract({ hours: 24 * keptDays }).toString()
  return database.$executeRaw`
    delete from webhook_delivery where id in (
      select id from webhook_delivery where created_at < ${before}::timestamptz and state <> 'sending'
      order by created_at limit ${mostForgotten} for update skip locked)`
}

/** What lines make an event may change with a version: endpoints hear of those of this one. */
export async function refreshEntryKinds(database: Database): Promise<void> {
  const endpoints = await database.webhookEndpoint.findMany({ where: { state: { not: 'deleted' } } })
  for (const { id, types, entryKinds } of endpoints) {
    const kinds = entryKindsOf(types)
    if (kinds.join() !== entryKinds.toSorted().join())
      await database.webhookEndpoint.update({ where: { id }, data: { entryKinds: kinds } })
  }
}
