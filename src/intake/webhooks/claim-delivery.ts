import { secretsToSignWith } from '../../desk/webhooks/webhook-secret.ts'
import { type Database, inTransaction, type Tx } from '../../store/database.ts'
import type { WebhookDelivery, WebhookEndpoint } from '../../store/generated/client.ts'
import { instantOf } from '../calls/call-rows.ts'
import { dateOf } from '../mail-rows.ts'
import { eventOfEntry } from './event-of-entry.ts'
import type { WebhookDeps } from './webhook-deps.ts'

/** Taking events for sending, one after the other: nothing is taken while an earlier one is on its way or waits. */

/** Longer than a posting may take. A process that died while it sent leaves the event to the next one after that. */
export const leaseSeconds = 60

export interface ClaimedDelivery {
  readonly id: string
  /** With this one. */
  readonly tries: number
  readonly endpointId: string
  readonly url: string
  readonly body: string
  readonly secrets: readonly string[]
}

export type Claim =
  | { readonly kind: 'claimed'; readonly delivery: ClaimedDelivery }
  /** It is none for this endpoint, or has been settled: the next one has its turn. */
  | { readonly kind: 'gone' }
  /** It waits or is on its way, and all behind it. */
  | { readonly kind: 'later'; readonly at: Temporal.Instant }
  /** Another process is at this endpoint, or nothing may be sent to it. */
  | { readonly kind: 'not-ours' }

/**
 * What waits for an endpoint or is on its way, oldest first; of one moment what opens a ticket comes before what follows
 * from it.
 */
export async function queueOf(
  database: Database,
  endpointId: string,
  most: number,
): Promise<readonly string[]> {
  const rows = await database.$queryRaw<{ id: string }[]>`
    select d.id from webhook_delivery d left join entry e on e.id = d.entry_id
    where d.endpoint_id = ${endpointId}::uuid and d.wake_at is not null
    order by d.created_at, e.kind in ('customer-mail', 'customer-words', 'call') desc nulls last,
      e.inbound_id nulls last, d.entry_id
    limit ${most}`
  return rows.map(({ id }) => id)
}

/** `id` is the one in front of the queue. */
export async function claimDelivery(deps: WebhookDeps, endpointId: string, id: string): Promise<Claim> {
  return inTransaction(deps.database, async tx => {
    const now = deps.now()
    const endpoint = await lockEndpoint(tx, endpointId)
    if (!endpoint || !deps.config.api.clients[endpoint.client]?.may.includes('subscribe'))
      return { kind: 'not-ours' }
    const row = await tx.webhookDelivery.findUnique({ where: { id } })
    if (!row?.wakeAt) return { kind: 'gone' }
    const at = instantOf(row.wakeAt)
    if (Temporal.Instant.compare(at, now) > 0) return { kind: 'later', at }
    const event = await eventOfEntry(tx, deps.config, endpoint, row)
    if (event)
      return { kind: 'claimed', delivery: await lease(deps, tx, endpoint, row, JSON.stringify(event)) }
    await tx.webhookDelivery.delete({ where: { id } })
    return { kind: 'gone' }
  })
}

async function lockEndpoint(tx: Tx, id: string): Promise<WebhookEndpoint | null> {
  const locked = await tx.$queryRaw<unknown[]>`
    select 1 from webhook_endpoint where id = ${id}::uuid and state = 'active' for update skip locked`
  return locked.length === 0 ? null : tx.webhookEndpoint.findUnique({ where: { id } })
}

async function lease(
  { config, now }: WebhookDeps,
  tx: Tx,
  { url, ...endpoint }: WebhookEndpoint,
  { id, tries }: WebhookDelivery,
  body: string,
): Promise<ClaimedDelivery> {
  const until = now().add({ seconds: leaseSeconds })
  const data = { state: 'sending', tries: tries + 1, wakeAt: dateOf(until) }
  await tx.webhookDelivery.update({ where: { id }, data })
  const turnedAt = endpoint.turnedAt && instantOf(endpoint.turnedAt)
  const secrets = secretsToSignWith(config.secret, { ...endpoint, turnedAt }, now())
  return { id, tries: tries + 1, endpointId: endpoint.id, url, body, secrets }
}
