import { expect, it, onTestFinished } from 'vitest'
import { sendEventsWhenDue } from '../../../src/channels/clock/webhooks.ts'
import { webhookPoster } from '../../../src/outbox/webhooks/post-webhook.ts'
import { openConsumer } from '../../intake/webhooks/consumer.ts'
import { openWebhookDesk, typesOf } from '../../intake/webhooks/webhook-desk.ts'
import { matter } from '../api/api-server.ts'

it('an endpoint that is slow holds up no other, and hears in the end of what came meanwhile', async () => {
  const slow = await openWebhookDesk(['ticket.opened'])
  const { api } = slow.config
  const quick = await openConsumer()
  const arrived = Promise.withResolvers<void>()
  const released = Promise.withResolvers<void>()
  const all = Promise.withResolvers<void>()
  slow.consumer.answer = async (_, response) => {
    await released.promise
    response.writeHead(204).end()
    if (slow.consumer.received.length === 2) all.resolve()
  }
  quick.answer = (_, response) => {
    response.writeHead(204).end()
    if (quick.received.length === 2) arrived.resolve()
  }
  await slow.database.webhookEndpoint.create({
    data: {
      ...{
        id: crypto.randomUUID(),
        client: 'crm',
        url: quick.url,
        types: ['ticket.opened'],
        state: 'active',
      },
      ...{ entryKinds: ['of-an-earlier-version'], createdAt: new Date(slow.clock.now.epochMilliseconds) },
    },
  })
  const post = webhookPoster({ hosts: [...api.webhookHosts, quick.host] })
  const loop = sendEventsWhenDue({ ...slow.deps, post })
  onTestFinished(() => loop.stop())

  // The first round brings the kinds of lines of this version to both.
  await refreshed()
  for (const text of ['Eine Frage zum Gerät.', 'Noch eine Frage.']) {
    await slow.post('crm', '/matters', { ...matter, text })
    slow.clock.now = slow.clock.now.add({ seconds: 1 })
    loop.wake()
  }
  await arrived.promise
  expect(slow.consumer.received.length).toBeLessThan(2)
  loop.wake()
  released.resolve()
  await all.promise
  expect(typesOf(slow.consumer.received)).toEqual(['ticket.opened', 'ticket.opened'])

  async function refreshed(): Promise<void> {
    for (;;) {
      const stale = await slow.database.webhookEndpoint.count({
        where: { entryKinds: { has: 'of-an-earlier-version' } },
      })
      if (stale === 0) return
    }
  }
})
