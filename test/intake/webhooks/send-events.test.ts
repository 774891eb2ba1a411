import { Webhook } from 'standardwebhooks'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { payloadSchemas } from '../../../src/channels/api/webhooks/document.ts'
import { forgetOldEvents, sendEvents } from '../../../src/intake/webhooks/send-events.ts'
import { lookAtWebhooks } from '../../../src/watch/webhook-watch.ts'
import { matter } from '../../channels/api/api-server.ts'
import { withStatus } from './consumer.ts'
import { idsOf, openWebhookDesk, typesOf } from './webhook-desk.ts'

afterEach(() => {
  vi.useRealTimers()
})

const opened = ['ticket.opened'] as const

describe('events', () => {
  it('arrive once, in order, signed, as the document says, and name no person', async () => {
    const { post, deps, consumer, clock, webhook } = await openWebhookDesk([
      'ticket.opened',
      'ticket.customer-wrote',
    ])
    const { number } = (await post('crm', '/matters', matter)).body
    clock.now = clock.now.add({ minutes: 1 })
    await post('crm', `/tickets/${number}/words`, { text: 'Es ist sehr dringend.' })
    await sendEvents(deps)
    await sendEvents(deps)
    expect(typesOf(consumer.received)).toEqual(['ticket.opened', 'ticket.customer-wrote'])
    // The package of the receiver looks at the clock of the computer.
    vi.useFakeTimers({ toFake: ['Date'], now: clock.now.epochMilliseconds })
    for (const { body, headers } of consumer.received) {
      const event = new Webhook(webhook.secret).verify(body, headers) as { type: string; data: object }
      expect(payloadSchemas[event.type]?.parse(event)).toEqual(event)
      expect(event.data).toMatchObject({ ticket: number, group: 'support', channel: 'social' })
      expect(body).not.toMatch(/petra|lindner|drucker|1234567|dringend/i)
    }
    expect(new Set(idsOf(consumer.received)).size).toBe(2)
  })

  it('are none where only another kind of line is written, and for another department', async () => {
    const { post, deps, consumer, config, database } = await openWebhookDesk(['ticket.customer-wrote'])
    const sales = await post('sales', '/webhooks', { url: consumer.url, types: opened })
    expect(sales.status).toBe(201)
    await post('crm', '/matters', matter)
    await sendEvents(deps)
    expect(consumer.received).toEqual([])
    expect(await database.webhookDelivery.count()).toBe(0)
    const { number } = (await post('crm', '/matters', { ...matter, text: 'Ein Angebot bitte.' })).body
    await database.ticket.update({ where: { number }, data: { group: 'sales' } })
    await sendEvents({ ...deps, config })
    expect(typesOf(consumer.received)).toEqual(['ticket.opened'])
  })

  it('wait behind one that cannot be delivered, and follow it in their order', async () => {
    const { post, deps, consumer, clock } = await openWebhookDesk(opened)
    const numbers: string[] = []
    for (let i = 0; i < 3; i++) {
      numbers.push((await post('crm', '/matters', { ...matter, text: `Frage ${i} zum Gerät.` })).body.number)
      clock.now = clock.now.add({ seconds: 1 })
    }
    consumer.answer = withStatus(503)
    await sendEvents(deps)
    await sendEvents(deps)
    expect(consumer.received).toHaveLength(1)
    clock.now = clock.now.add({ seconds: 6 })
    await sendEvents(deps)
    expect(consumer.received).toHaveLength(2)
    consumer.answer = withStatus(200)
    clock.now = clock.now.add({ seconds: 40 })
    await sendEvents(deps)
    const told = consumer.received.map(({ body }) => JSON.parse(body).data.ticket)
    expect(told).toEqual([numbers[0], numbers[0], ...numbers])
    expect(new Set(idsOf(consumer.received.slice(0, 3))).size).toBe(1)
  })

  it('are given up where the endpoint refuses to read one, and the others go on; a replay brings it again', async () => {
    const { post, ask, deps, consumer, clock, webhook } = await openWebhookDesk(opened)
    const bad = (await post('crm', '/matters', matter)).body.number
    clock.now = clock.now.add({ seconds: 1 })
    await post('crm', '/matters', { ...matter, text: 'Eine andere Frage.' })
    const isBad = (body: string) => JSON.parse(body).data.ticket === bad
    consumer.answer = (one, response) => response.writeHead(isBad(one.body) ? 422 : 200).end()
    for (let hour = 0; hour < 6; hour++) {
      await sendEvents(deps)
      clock.now = clock.now.add({ hours: 1 })
    }
    expect(consumer.received.map(({ body }) => isBad(body))).toEqual([
      true,
      true,
      true,
      true,
      true,
      true,
      false,
    ])
    const deliveries = () => ask('crm', `/webhooks/${webhook.id}/deliveries?state=failed`)
    expect((await deliveries()).body.deliveries).toMatchObject([{ tries: 6, result: '422' }])
    consumer.answer = withStatus(204)
    const again = await post('crm', `/webhooks/${webhook.id}/replay`, { since: '2026-11-24T00:00:00Z' })
    expect(again).toMatchObject({ status: 202, body: { again: 1 } })
    await sendEvents(deps)
    expect(idsOf(consumer.received)[7]).toBe(idsOf(consumer.received)[0])
    expect((await deliveries()).body.deliveries).toEqual([])
  })

  it('pause an endpoint after three days of failures, which is told, and come when it is resumed', async () => {
    const { post, ask, deps, consumer, clock, webhook, database } = await openWebhookDesk(opened)
    consumer.answer = withStatus(500)
    await post('crm', '/matters', matter)
    for (let hour = 0; hour < 80; hour++) {
      await sendEvents(deps)
      clock.now = clock.now.add({ minutes: 61 })
    }
    const tried = consumer.received.length
    expect(tried).toBeGreaterThan(60)
    expect(tried).toBeLessThan(80)
    expect((await ask('crm', `/webhooks/${webhook.id}`)).body).toMatchObject({ state: 'paused', waiting: 1 })
    const [trouble] = await lookAtWebhooks(database)()
    expect(trouble).toMatchObject({ key: `webhook-paused ${webhook.id}` })
    await post('crm', '/matters', { ...matter, text: 'Eine andere Frage.' })
    consumer.answer = withStatus(200)
    await sendEvents(deps)
    expect(consumer.received).toHaveLength(tried)
    const resumed = await post('crm', `/webhooks/${webhook.id}/resume`, {})
    expect(resumed.body).toMatchObject({ state: 'active', failingSince: null, waiting: 2 })
    await sendEvents(deps)
    expect(consumer.received).toHaveLength(tried + 2)
    expect(await lookAtWebhooks(database)()).toEqual([])
  })

  it('are sent as a test, each time with an id of its own', async () => {
    const { post, deps, consumer, webhook, woken } = await openWebhookDesk(opened)
    const test = () => post('crm', `/webhooks/${webhook.id}/test`, {})
    const { webhookId } = (await test()).body
    expect(woken.wakes).toBe(1)
    await sendEvents(deps)
    await test()
    await sendEvents(deps)
    expect(typesOf(consumer.received)).toEqual(['webhook.test', 'webhook.test'])
    expect(idsOf(consumer.received)[0]).toBe(webhookId)
    expect(idsOf(consumer.received)[1]).not.toBe(webhookId)
    const event = JSON.parse(consumer.received[0]?.body ?? '')
    expect(payloadSchemas[event.type]?.parse(event)).toEqual(event)
  })

  it('are signed by both secrets for a day after a change, and by the new one alone after that', async () => {
    const { post, deps, consumer, clock, webhook } = await openWebhookDesk(opened)
    const turned = (await post('crm', `/webhooks/${webhook.id}/secret`, {})).body
    expect(turned.formerUntil).toBe('2026-11-25T09:00:00.000Z')
    await post('crm', `/webhooks/${webhook.id}/test`, {})
    await sendEvents(deps)
    clock.now = clock.now.add({ hours: 24 })
    await post('crm', `/webhooks/${webhook.id}/test`, {})
    await sendEvents(deps)
    const [first, second] = consumer.received
    const verify = (secret: string, one = first) =>
      new Webhook(secret).verify(one?.body ?? '', one?.headers ?? {})
    vi.useFakeTimers({ toFake: ['Date'], now: clock.now.subtract({ hours: 24 }).epochMilliseconds })
    for (const secret of [webhook.secret, turned.secret])
      expect(verify(secret)).toMatchObject({ type: 'webhook.test' })
    vi.setSystemTime(clock.now.epochMilliseconds)
    expect(verify(turned.secret, second)).toMatchObject({ type: 'webhook.test' })
    expect(() => verify(webhook.secret, second)).toThrow('No matching signature')
  })

  it('are forgotten after two weeks', async () => {
    const { post, deps, clock, database } = await openWebhookDesk(opened)
    await post('crm', '/matters', matter)
    await sendEvents(deps)
    clock.now = clock.now.add({ hours: 24 * 14 })
    expect(await forgetOldEvents(database, clock.now)).toBe(0)
    expect(await forgetOldEvents(database, clock.now.add({ seconds: 1 }))).toBe(1)
  })

  it('are not sent for a client that the configuration lets subscribe no longer', async () => {
    const { post, deps, consumer, config } = await openWebhookDesk(opened)
    await post('crm', '/matters', matter)
    const crm = { ...config.api.clients.crm, may: ['read' as const] }
    const without = { ...config, api: { ...config.api, clients: { crm } } } as typeof config
    await sendEvents({ ...deps, config: without })
    expect(consumer.received).toEqual([])
  })
})
