import type { Database, Tx } from '../../../store/database.ts'
import type { WebhookDelivery, WebhookEndpoint } from '../../../store/generated/client.ts'
import { Problem } from '../problem.ts'

/** Rows of webhooks as answers. */

const iso = (date: Date | null): string | null => date?.toISOString() ?? null

export async function shownWebhook(database: Database | Tx, endpoint: WebhookEndpoint) {
  const waiting = await database.webhookDelivery.count({
    where: { endpointId: endpoint.id, state: { in: ['queued', 'sending'] } },
  })
  const { id, url, types, state, createdAt, failingSince } = endpoint
  return { id, url, types, state, createdAt: iso(createdAt), failingSince: iso(failingSince), waiting }
}

export function shownDelivery(row: WebhookDelivery) {
  const { id, state, createdAt, tries, result, wakeAt, deliveredAt } = row
  return {
    ...{ webhookId: id, state, happenedAt: iso(createdAt), tries, result },
    ...{ nextTryAt: state === 'queued' ? iso(wakeAt) : null, deliveredAt: iso(deliveredAt) },
  }
}

export const noWebhook = () =>
  new Problem('not-found', 'This client has no webhook with this id; GET /webhooks lists those that it has.')
