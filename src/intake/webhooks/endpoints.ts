import { randomUUID } from 'node:crypto'
import { type EventType, entryKindsOf } from '../../desk/webhooks/events.ts'
import type { Tx } from '../../store/database.ts'
import type { WebhookEndpoint } from '../../store/generated/client.ts'
import { dateOf } from '../mail-rows.ts'

/** What a client may do with the endpoints that it has given. Another client's are not there for it. */

/** Of one client. */
export const mostEndpoints = 20

export interface Wanted {
  readonly url: string
  readonly types: readonly EventType[]
}

/** Undefined where the client has as many as it may have; two requests at once are looked at one after the other. */
export async function createEndpoint(
  tx: Tx,
  client: string,
  { url, types }: Wanted,
  now: Temporal.Instant,
): Promise<WebhookEndpoint | undefined> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('webhooks'), hashtext(${client}))`
  const count = await tx.webhookEndpoint.count({ where: { client, state: { not: 'deleted' } } })
  if (count >= mostEndpoints) return undefined
  return tx.webhookEndpoint.create({
    data: {
      ...{ id: randomUUID(), client, url, types: [...types], entryKinds: entryKindsOf(types) },
      ...{ state: 'active', createdAt: dateOf(now) },
    },
  })
}

/** Locked; undefined where the client has no such endpoint. */
export async function lockEndpoint(tx: Tx, client: string, id: string): Promise<WebhookEndpoint | undefined> {
  await tx.$queryRaw`select 1 from webhook_endpoint where id = ${id}::uuid for update`
  const endpoint = await tx.webhookEndpoint.findUnique({ where: { id } })
  return endpoint?.client === client && endpoint.state !== 'deleted' ? endpoint : undefined
}

/** From now on with a new secret; the one before signs beside it for a day. One that is older is over. */
export async function turnSecret(
  tx: Tx,
  { id }: WebhookEndpoint,
  now: Temporal.Instant,
): Promise<WebhookEndpoint> {
  return tx.webhookEndpoint.update({
    where: { id },
    data: { secretTurn: { increment: 1 }, turnedAt: dateOf(now) },
  })
}

export async function pauseEndpoint(tx: Tx, { id }: WebhookEndpoint): Promise<WebhookEndpoint> {
  return tx.webhookEndpoint.update({ where: { id }, data: { state: 'paused' } })
}

/** What came meanwhile is sent now, and the patience with failures begins anew. */
export async function resumeEndpoint(
  tx: Tx,
  { id }: WebhookEndpoint,
  now: Temporal.Instant,
): Promise<WebhookEndpoint> {
  await tx.webhookDelivery.updateMany({
    where: { endpointId: id, state: 'queued' },
    data: { wakeAt: dateOf(now), tries: 0 },
  })
  return tx.webhookEndpoint.update({ where: { id }, data: { state: 'active', failingSince: null } })
}

/** What waits for it is gone; one that is on its way may still arrive. */
export async function deleteEndpoint(tx: Tx, { id }: WebhookEndpoint): Promise<void> {
  await tx.webhookDelivery.deleteMany({ where: { endpointId: id } })
  await tx.webhookEndpoint.update({ where: { id }, data: { state: 'deleted' } })
}

/** Puts a test into its queue, in place of an earlier one. Gives the webhook-id that it will arrive with. */
export async function sendTest(tx: Tx, { id }: WebhookEndpoint, now: Temporal.Instant): Promise<string> {
  await tx.webhookDelivery.deleteMany({ where: { endpointId: id, entryId: id } })
  const delivery = await tx.webhookDelivery.create({
    data: {
      ...{ id: randomUUID(), endpointId: id, entryId: id, state: 'queued' },
      ...{ createdAt: dateOf(now), wakeAt: dateOf(now) },
    },
  })
  return delivery.id
}

/**
 * Sends again what happened since then and was given up, or also what arrived, with the webhook-ids that it had. Gives
 * how many.
 */
export async function replay(
  tx: Tx,
  { id }: WebhookEndpoint,
  { since, states }: { readonly since: Temporal.Instant; readonly states: readonly string[] },
  now: Temporal.Instant,
): Promise<number> {
  const { count } = await tx.webhookDelivery.updateMany({
    where: { endpointId: id, createdAt: { gte: dateOf(since) }, state: { in: [...states] } },
    data: { state: 'queued', wakeAt: dateOf(now), tries: 0, deliveredAt: null },
  })
  return count
}
