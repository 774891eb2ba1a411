import type { Database } from '../../store/database.ts'

/** How far behind the webhooks are, over all clients. */
export interface WebhookLoad {
  readonly active: number
  /** By the gateway, after days of failures, and by whoever owns them. */
  readonly pausedByFailures: number
  readonly pausedByOwner: number
  /** Events that wait for an active endpoint, and for a paused one. */
  readonly waiting: number
  readonly waitingPaused: number
  /** Since the oldest event that waits for an active endpoint; 0 where none does. */
  readonly oldestSeconds: number
}

/** Rejects while the database is away. */
export async function readWebhookLoad(database: Database, now: Temporal.Instant): Promise<WebhookLoad> {
  const [row] = await database.$queryRaw<WebhookLoad[]>`
    with endpoint as (
      select id, state, failing_since is not null as failing from webhook_endpoint where state <> 'deleted'
    ), waiting as (
      select e.state, count(*)::int as events, min(d.created_at) as oldest
      from webhook_delivery d join endpoint e on e.id = d.endpoint_id
      where d.state in ('queued', 'sending') group by e.state
    )
    select (select count(*)::int from endpoint where state = 'active') as active,
      (select count(*)::int from endpoint where state = 'paused' and failing) as "pausedByFailures",
      (select count(*)::int from endpoint where state = 'paused' and not failing) as "pausedByOwner",
      coalesce((select events from waiting where state = 'active'), 0) as waiting,
      coalesce((select events from waiting where state = 'paused'), 0) as "waitingPaused",
      coalesce((select greatest(0, extract(epoch from ${now.toString()}::timestamptz - oldest))::float8 from waiting
        where state = 'active'), 0) as "oldestSeconds"`
  if (!row) throw new Error('the database gave no row')
  return row
}
