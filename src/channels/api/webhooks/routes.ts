import { targetFault } from '../../../desk/webhooks/target.ts'
import { webhookSecret } from '../../../desk/webhooks/webhook-secret.ts'
import {
  createEndpoint,
  deleteEndpoint,
  lockEndpoint,
  mostEndpoints,
} from '../../../intake/webhooks/endpoints.ts'
import { Problem } from '../problem.ts'
import { type Route, readRoute, writeRoute } from '../route.ts'
import { webhookActions } from './actions.ts'
import {
  createdWebhook,
  deliveryList,
  deliveryQuery,
  idPath,
  newWebhook,
  webhookList,
  webhookSchema,
} from './schemas.ts'
import { noWebhook, shownDelivery, shownWebhook } from './shown.ts'

/** Routes by which a client says what it wants to be told of. */

const create = writeRoute({
  method: 'post',
  url: '/webhooks',
  id: 'createWebhook',
  tag: 'webhooks',
  scope: 'subscribe',
  summary: 'Be told of events',
  description:
    'From now on, what happens is posted there, signed after [Standard Webhooks](https://www.standardwebhooks.com). Answer 2xx within ten seconds; everything else is tried again, for three days. An event may come twice: `webhook-id` is the same then.',
  answerIsSecret: true,
  body: newWebhook,
  answers: { 201: { description: 'The webhook with its secret.', schema: createdWebhook } },
  problems: ['conflict'],
  async write({ config }, tx, { client, body, now }) {
    const fault = targetFault(body.url, config.api.webhookHosts)
    if (fault)
      throw new Problem('invalid-request', 'Please correct: /url.', {
        errors: [{ in: 'body', field: '/url', ...fault }],
      })
    const endpoint = await createEndpoint(tx, client.key, body, now)
    if (!endpoint)
      throw new Problem(
        'conflict',
        `A client has ${mostEndpoints} webhooks at most. Delete one that is not needed any more.`,
      )
    const secret = webhookSecret(config.secret, endpoint)
    return { status: 201, body: { ...(await shownWebhook(tx, endpoint)), secret } }
  },
})

const list = readRoute({
  method: 'get',
  url: '/webhooks',
  id: 'listWebhooks',
  tag: 'webhooks',
  scope: 'subscribe',
  summary: 'The webhooks of this client',
  description: 'All of them, the oldest first, without their secrets.',
  answers: { 200: { description: 'The webhooks.', schema: webhookList } },
  problems: [],
  async read({ database }, { client }) {
    const endpoints = await database.webhookEndpoint.findMany({
      where: { client: client.key, state: { not: 'deleted' } },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    })
    const webhooks = await Promise.all(endpoints.map(endpoint => shownWebhook(database, endpoint)))
    return { status: 200, body: { webhooks } }
  },
})

const show = readRoute({
  method: 'get',
  url: '/webhooks/{id}',
  id: 'getWebhook',
  tag: 'webhooks',
  scope: 'subscribe',
  summary: 'How a webhook fares',
  description: 'Its state, since when it fails, and how many events wait for it.',
  path: idPath,
  answers: { 200: { description: 'The webhook.', schema: webhookSchema } },
  problems: ['not-found'],
  async read({ database }, { client, path }) {
    const endpoint = await database.webhookEndpoint.findUnique({ where: { id: path.id } })
    if (endpoint?.client !== client.key || endpoint.state === 'deleted') throw noWebhook()
    return { status: 200, body: await shownWebhook(database, endpoint) }
  },
})

const deliveries = readRoute({
  method: 'get',
  url: '/webhooks/{id}/deliveries',
  id: 'listDeliveries',
  tag: 'webhooks',
  scope: 'subscribe',
  summary: 'What was sent to a webhook',
  description: 'The newest events with how often each was tried and what the endpoint said to it.',
  path: idPath,
  query: deliveryQuery,
  answers: { 200: { description: 'The deliveries.', schema: deliveryList } },
  problems: ['not-found'],
  async read({ database }, { client, path, query }) {
    const endpoint = await database.webhookEndpoint.findUnique({ where: { id: path.id } })
    if (endpoint?.client !== client.key || endpoint.state === 'deleted') throw noWebhook()
    const rows = await database.webhookDelivery.findMany({
      where: { endpointId: path.id, ...(query.state ? { state: query.state } : {}) },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: query.limit,
    })
    return { status: 200, body: { deliveries: rows.map(shownDelivery) } }
  },
})

const remove = writeRoute({
  method: 'delete',
  url: '/webhooks/{id}',
  id: 'deleteWebhook',
  tag: 'webhooks',
  scope: 'subscribe',
  summary: 'Be told of nothing more',
  description: 'What waits is dropped; an event that is on its way at this moment may still arrive.',
  path: idPath,
  answers: { 204: { description: 'It is gone.' } },
  problems: ['not-found'],
  async write(_, tx, { client, path }) {
    const endpoint = await lockEndpoint(tx, client.key, path.id)
    if (!endpoint) throw noWebhook()
    await deleteEndpoint(tx, endpoint)
    return { status: 204 }
  },
})

export const webhookRoutes: readonly Route[] = [create, list, show, deliveries, ...webhookActions, remove]
