import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { stripTypeScriptTypes } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { generateSource } from 'oazapfts'
import { describe, expect, it, onTestFinished } from 'vitest'
import { routes } from '../../../src/channels/api/routes.ts'
import { openConsumer } from '../../intake/webhooks/consumer.ts'
import { apiConfig, matter, openApi, tokens } from './api-server.ts'

const document = fileURLToPath(new URL('../../../docs/openapi.json', import.meta.url))

interface Answered {
  readonly status: number
  readonly data: { readonly number: string; readonly id: string }
}

type Call = (...args: readonly unknown[]) => Promise<Answered>

interface Generated {
  readonly defaults: { baseUrl: string; headers: Record<string, string> }
  readonly [operation: string]: unknown
}

/** A client as anybody would generate it from the document, as a module that runs. */
async function generateClient(url: string, token: string) {
  const folder = await mkdtemp(join(tmpdir(), 'generated-client-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const source = (await generateSource(document)).replaceAll(
    /from "(@oazapfts\/runtime[^"]*)"/g,
    (_, name: string) => `from ${JSON.stringify(import.meta.resolve(name))}`,
  )
  const file = join(folder, 'client.mjs')
  await writeFile(file, stripTypeScriptTypes(source))
  const client: Generated = await import(/* @vite-ignore */ pathToFileURL(file).href)
  client.defaults.baseUrl = url
  client.defaults.headers = { Authorization: `Bearer ${token}` }
  const called = new Set<string>()
  const call = (name: string): Call => {
    called.add(name)
    return client[name] as Call
  }
  return { call, called }
}

describe('a client that is generated from the document', () => {
  it('uses every route of the running server', async () => {
    const consumer = await openConsumer()
    const { api } = apiConfig()
    const { url } = await openApi(apiConfig({ api: { ...api, webhookHosts: [consumer.host] } }))
    const { call, called } = await generateClient(url, tokens.crm)

    const opened = await call('openMatter')('matter-1', matter)
    expect(opened).toMatchObject({ status: 201, data: { number: expect.stringMatching(/^\d+$/) } })
    const { number } = opened.data
    expect(await call('openMatter')('matter-1', matter)).toMatchObject({ status: 201, data: { number } })
    expect(await call('addWords')(number, 'words-1', { text: 'Es ist dringend.' })).toMatchObject({
      status: 201,
    })
    expect(await call('getTicket')(number)).toMatchObject({ status: 200, data: { number, state: 'open' } })
    const page = await call('listTickets')({ since: '2026-11-24T00:00:00Z', limit: 10 })
    expect(page).toMatchObject({ status: 200, data: { tickets: [{ number }], next: null } })
    const figure = await call('getFigure')('throughput', {
      $from: '2026-11-24',
      to: '2026-11-25',
      by: 'group',
    })
    expect(figure).toMatchObject({ status: 200 })

    const wanted = { url: consumer.url, types: ['ticket.opened', 'ticket.closed'] }
    const created = await call('createWebhook')(wanted)
    expect(created).toMatchObject({ status: 201, data: { secret: expect.stringMatching(/^whsec_/) } })
    const { id } = created.data
    expect(await call('listWebhooks')()).toMatchObject({ status: 200, data: { webhooks: [{ id }] } })
    expect(await call('getWebhook')(id)).toMatchObject({ status: 200, data: { id, state: 'active' } })
    expect(await call('turnWebhookSecret')(id)).toMatchObject({ status: 200 })
    expect(await call('testWebhook')(id)).toMatchObject({ status: 202 })
    expect(await call('listDeliveries')(id, { state: 'queued' })).toMatchObject({
      status: 200,
      data: { deliveries: [{ tries: 0 }] },
    })
    expect(await call('pauseWebhook')(id)).toMatchObject({ status: 200, data: { state: 'paused' } })
    expect(await call('testWebhook')(id)).toMatchObject({ status: 409, data: { code: 'conflict' } })
    expect(await call('resumeWebhook')(id)).toMatchObject({ status: 200, data: { state: 'active' } })
    expect(await call('replayWebhook')(id, { since: '2026-11-24T00:00:00Z' })).toMatchObject({ status: 202 })
    expect(await call('deleteWebhook')(id)).toMatchObject({ status: 204 })
    expect(await call('getWebhook')(id)).toMatchObject({ status: 404, data: { code: 'not-found' } })

    expect([...called].toSorted()).toEqual(routes.map(route => route.id).toSorted())
  })

  it('is told in its own types what was wrong with a request', async () => {
    const { url } = await openApi()
    const { call } = await generateClient(url, tokens.crm)
    const refused = await call('createWebhook')({ url: 'http://10.0.0.1/', types: ['ticket.opened'] })
    expect(refused).toMatchObject({
      status: 400,
      data: { code: 'invalid-request', errors: [{ field: '/url', remedy: expect.any(String) }] },
    })
    const { called, ...stranger } = await generateClient(url, 'nobody-0123456789-0123456789-0123456789')
    expect(await stranger.call('listWebhooks')()).toMatchObject({ status: 401 })
    expect([...called]).toEqual(['listWebhooks'])
    expect(JSON.parse(await readFile(document, 'utf8')).openapi).toMatch(/^3\.1\./)
  })
})
