import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { agent, caller } from '../../src/sandbox/telephone/actors.ts'
import { hamburg, openHotline, phones } from './hotline.ts'

/** A document that lies elsewhere, as docs/operations.md tells: it greets, records, and knows nothing of us. */
async function hostElsewhere(): Promise<string> {
  const document =
    '<Response><Say language="de-DE">Bitte sprechen Sie nach dem Ton.</Say>' +
    '<Record action="/over" maxLength="120"/></Response>'
  const server = createServer((request, response) => {
    response.setHeader('Content-Type', 'text/xml')
    response.end(request.url === '/over' ? '<Response><Hangup/></Response>' : document)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/fallback.xml`
}

it('row 6: what was said to the fallback while we were away comes with the ticket, once', async () => {
  const hotline = await openHotline('2026-11-24T10:00', { fallbackUrl: await hostElsewhere() })
  const { network, database } = hotline
  for (const kind of ['voice', 'call-ended', 'recording'] as const)
    network.knobs.webhooks.always(kind, { do: 'drop' })
  network.connect(phones.anna, agent('anna'))
  network.call(
    caller(phones.mobile, [{ hears: /nach dem Ton/, says: 'Hier geht nichts mehr', seconds: 12 }]),
    hamburg,
  )
  network.knobs.rest.next('recordings.list', { do: 'refuse', status: 503, code: 20503 })
  await hotline.runUntil(hotline.at('10:08'))
  // The ticket does not wait for the list of recordings, which could not be read yet.
  expect(await database.call.findMany()).toMatchObject([{ number: phones.mobile, state: 'ended' }])
  expect(await database.recording.count()).toBe(0)
  await hotline.runUntil(hotline.at('10:30'))
  expect(await database.recording.findMany()).toMatchObject([{ of: 'message', state: 'stored' }])
  expect(await database.ticket.count()).toBe(1)
  const [ticket] = await database.ticket.findMany()
  expect(await database.entry.findMany({ where: { kind: 'recording' } })).toMatchObject([
    {
      ticketId: ticket?.id,
      detail: { of: 'message', seconds: expect.toSatisfy((one: number) => one >= 12) },
    },
  ])
})
