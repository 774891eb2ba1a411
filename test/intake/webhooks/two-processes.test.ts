import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, inject, it } from 'vitest'
import { leaseSeconds } from '../../../src/intake/webhooks/claim-delivery.ts'
import { sendEvents } from '../../../src/intake/webhooks/send-events.ts'
import { matter } from '../../channels/api/api-server.ts'
import { idsOf, openWebhookDesk } from './webhook-desk.ts'

const opened = ['ticket.opened'] as const

it('a process that dies between sending and writing it down leaves an event that comes again with its id', async () => {
  const { post, deps, consumer, clock, config, database } = await openWebhookDesk(opened)
  await post('crm', '/matters', matter)
  const [{ name } = { name: '' }] = await database.$queryRaw<
    { name: string }[]
  >`select current_database() as name`
  const url = new URL(inject('databaseServer'))
  url.pathname = `/${name}`
  const given = JSON.stringify({ url: url.href, now: clock.now.toString(), config })
  const script = fileURLToPath(new URL('dies-after-sending.ts', import.meta.url))
  const dying = spawn(process.execPath, [script, given], { stdio: ['ignore', 'inherit', 'inherit'] })
  const [, signal] = await once(dying, 'exit')
  expect(signal).toBe('SIGKILL')
  expect(consumer.received).toHaveLength(1)

  await sendEvents(deps)
  expect(consumer.received).toHaveLength(1)
  clock.now = clock.now.add({ seconds: leaseSeconds + 1 })
  await sendEvents(deps)
  await sendEvents(deps)
  const [first, second, ...more] = idsOf(consumer.received)
  expect(second).toBe(first)
  expect(more).toEqual([])
  expect(await database.webhookDelivery.findMany()).toMatchObject([{ state: 'delivered', tries: 2 }])
})

it('two processes at once send every event once, in order', async () => {
  const { post, deps, consumer, clock } = await openWebhookDesk(opened)
  const numbers: string[] = []
  for (let i = 0; i < 12; i++) {
    numbers.push((await post('crm', '/matters', { ...matter, text: `Frage ${i} zum Gerät.` })).body.number)
    clock.now = clock.now.add({ seconds: 1 })
  }
  consumer.answer = (_, response) => {
    setImmediate(() => response.writeHead(204).end())
  }
  while (consumer.received.length < 12)
    await Promise.all([sendEvents(deps), sendEvents(deps), sendEvents(deps)])
  await sendEvents(deps)
  expect(consumer.received.map(({ body }) => JSON.parse(body).data.ticket)).toEqual(numbers)
})
