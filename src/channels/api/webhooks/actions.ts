import { formerHours, webhookSecret } from '../../../desk/webhooks/webhook-secret.ts'
import {
  lockEndpoint,
  pauseEndpoint,
  replay,
  resumeEndpoint,
  sendTest,
  turnSecret,
} from '../../../intake/webhooks/endpoints.ts'
import type { Tx } from '../../../store/database.ts'
import type { WebhookEndpoint } from '../../../store/generated/client.ts'
import { Problem } from '../problem.ts'
import { type Route, writeRoute } from '../route.ts'
import { idPath, replayBody, replayed, sentTest, turnedSecret, webhookSchema } from './schemas.ts'
import { noWebhook, shownWebhook } from './shown.ts'

/** What a client does with a webhook that it has. */

const shared = { method: 'post', tag: 'webhooks', scope: 'subscribe', path: idPath } as const

async function found(tx: Tx, client: string, id: string): Promise<WebhookEndpoint> {
  const endpoint = await lockEndpoint(tx, client, id)
  if (!endpoint) throw noWebhook()
  return endpoint
}

const turn = writeRoute({
  ...shared,
  url: '/webhooks/{id}/secret',
  id: 'turnWebhookSecret',
  summary: 'A new secret',
  description: `Events are signed with the new secret from now on, and with the former one beside it for ${formerHours} hours. A second change within that time ends the oldest at once.`,
  answerIsSecret: true,
  answers: { 200: { description: 'The new secret.', schema: turnedSecret } },
  problems: ['not-found'],
  async write({ config }, tx, { client, path, now }) {
    const endpoint = await turnSecret(tx, await found(tx, client.key, path.id), now)
    const formerUntil = now.add({ hours: formerHours }).toString({ smallestUnit: 'millisecond' })
    return { status: 200, body: { secret: webhookSecret(config.secret, endpoint), formerUntil } }
  },
})

const test = writeRoute({
  ...shared,
  url: '/webhooks/{id}/test',
  id: 'testWebhook',
  summary: 'Send a test',
  description: 'An event of the type `webhook.test` comes after those that wait already.',
  answers: { 202: { description: 'It is on its way.', schema: sentTest } },
  problems: ['not-found', 'conflict'],
  async write({ wake }, tx, { client, path, now }) {
    const endpoint = await found(tx, client.key, path.id)
    if (endpoint.state !== 'active') throw new Problem('conflict', 'The webhook is paused. Resume it first.')
    return { status: 202, body: { webhookId: await sendTest(tx, endpoint, now) }, after: wake }
  },
})

const pause = writeRoute({
  ...shared,
  url: '/webhooks/{id}/pause',
  id: 'pauseWebhook',
  summary: 'Send nothing for a while',
  description: 'What happens meanwhile is kept and sent when the webhook is resumed.',
  answers: { 200: { description: 'The webhook.', schema: webhookSchema } },
  problems: ['not-found'],
  async write(_, tx, { client, path }) {
    const endpoint = await pauseEndpoint(tx, await found(tx, client.key, path.id))
    return { status: 200, body: await shownWebhook(tx, endpoint) }
  },
})

const resume = writeRoute({
  ...shared,
  url: '/webhooks/{id}/resume',
  id: 'resumeWebhook',
  summary: 'Go on sending',
  description: 'Whoever paused it: what waits is sent at once, and failures are counted anew.',
  answers: { 200: { description: 'The webhook.', schema: webhookSchema } },
  problems: ['not-found'],
  async write({ wake }, tx, { client, path, now }) {
    const endpoint = await resumeEndpoint(tx, await found(tx, client.key, path.id), now)
    return { status: 200, body: await shownWebhook(tx, endpoint), after: wake }
  },
})

const again = writeRoute({
  ...shared,
  url: '/webhooks/{id}/replay',
  id: 'replayWebhook',
  summary: 'Send events again',
  description: 'For a receiver that has lost something. Events keep their `webhook-id`.',
  body: replayBody,
  answers: { 202: { description: 'They are on their way.', schema: replayed } },
  problems: ['not-found'],
  async write({ wake }, tx, { client, path, body, now }) {
    const endpoint = await found(tx, client.key, path.id)
    const states = body.also === 'delivered' ? ['failed', 'delivered'] : ['failed']
    const count = await replay(tx, endpoint, { since: Temporal.Instant.from(body.since), states }, now)
    return { status: 202, body: { again: count }, after: wake }
  },
})

export const webhookActions: readonly Route[] = [turn, test, pause, resume, again]
