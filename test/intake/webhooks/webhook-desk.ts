import type { EventType } from '../../../src/desk/webhooks/events.ts'
import type { WebhookDeps } from '../../../src/intake/webhooks/webhook-deps.ts'
import { webhookPoster } from '../../../src/outbox/webhooks/post-webhook.ts'
import { apiConfig, openApi } from '../../channels/api/api-server.ts'
import { openConsumer, type Received } from './consumer.ts'

/** A desk with its API and somebody else's server that hears of it, on real HTTP; time is the test's. */
export async function openWebhookDesk(
  types: readonly EventType[],
  options: { readonly timeoutMs?: number } = {},
) {
  const consumer = await openConsumer()
  const clock = { now: Temporal.Instant.from('2026-11-24T09:00:00Z') }
  const { api } = apiConfig()
  const config = apiConfig({
    api: {
      ...{ webhookHosts: [consumer.host] },
      clients: { ...api.clients, sales: { ...api.clients.sales, may: ['post', 'read', 'subscribe'] } },
    },
  })
  const gateway = await openApi(config, () => clock.now)
  const post = webhookPoster({ hosts: config.api.webhookHosts, ...options })
  const deps: WebhookDeps = { ...gateway.deps, post, jitter: () => 0.5 }
  const created = await gateway.post('crm', '/webhooks', { url: consumer.url, types })
  return {
    ...gateway,
    consumer,
    clock,
    deps,
    config,
    webhook: created.body as { id: string; secret: string },
  }
}

/** What arrived, by its types. */
export const typesOf = (received: readonly Received[]): string[] =>
  received.map(({ body }) => JSON.parse(body).type)

export const idsOf = (received: readonly Received[]): (string | undefined)[] =>
  received.map(({ headers }) => headers['webhook-id'])
