import { describe, expect, it } from 'vitest'
import { mostEndpoints } from '../../../src/intake/webhooks/endpoints.ts'
import { openWebhookDesk } from '../../intake/webhooks/webhook-desk.ts'

const wanted = { url: 'https://crm.example.com/hook', types: ['ticket.opened'] }

describe('the webhooks of a client', () => {
  it('show their secret once, and keep it nowhere', async () => {
    const { post, ask, webhook, database } = await openWebhookDesk(['ticket.opened'])
    expect(webhook.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    const created = await post('crm', '/webhooks', wanted, 'once')
    expect(created).toMatchObject({ status: 201, body: { types: ['ticket.opened'], state: 'active' } })
    const turned = await post('crm', `/webhooks/${webhook.id}/secret`, {}, 'turned')
    expect(turned.body.secret).not.toBe(webhook.secret)
    for (const [path, key] of [
      ['/webhooks', 'once'],
      [`/webhooks/${webhook.id}/secret`, 'turned'],
    ] as const)
      expect((await post('crm', path, path === '/webhooks' ? wanted : {}, key)).status).toBe(409)
    expect((await ask('crm', '/webhooks')).body.webhooks).toHaveLength(2)
    const stored = JSON.stringify([
      await database.apiRequest.findMany(),
      await database.webhookEndpoint.findMany(),
      (await ask('crm', '/webhooks')).body,
    ])
    for (const { secret } of [webhook, created.body, turned.body])
      expect(stored).not.toContain(secret.slice('whsec_'.length, -1))
  })

  it('are there for nobody else', async () => {
    const { post, ask, webhook } = await openWebhookDesk(['ticket.opened'])
    expect((await ask('sales', '/webhooks')).body.webhooks).toEqual([])
    for (const path of ['', '/deliveries'])
      expect((await ask('sales', `/webhooks/${webhook.id}${path}`)).status).toBe(404)
    for (const action of ['secret', 'test', 'pause', 'resume'])
      expect((await post('sales', `/webhooks/${webhook.id}/${action}`, {})).status).toBe(404)
    const since = { since: '2026-11-24T00:00:00Z' }
    expect((await post('sales', `/webhooks/${webhook.id}/replay`, since)).status).toBe(404)
    expect((await ask('sales', `/webhooks/${webhook.id}`, { method: 'DELETE' })).status).toBe(404)
    expect((await ask('web', '/webhooks')).status).toBe(403)
    expect((await ask('crm', `/webhooks/${webhook.id}`)).body).toMatchObject({ state: 'active' })
  })

  it('are twenty at most, also when many are asked for at once', async () => {
    const { post, ask } = await openWebhookDesk(['ticket.opened'])
    const answers = await Promise.all(Array.from({ length: 25 }, () => post('crm', '/webhooks', wanted)))
    const created = answers.filter(({ status }) => status === 201)
    expect(created).toHaveLength(mostEndpoints - 1)
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201, 409]))
    const [first] = created
    expect((await ask('crm', `/webhooks/${first?.body.id}`, { method: 'DELETE' })).status).toBe(204)
    expect((await post('crm', '/webhooks', wanted)).status).toBe(201)
  })

  it('are refused with every fault named: private addresses, unknown types, none at all', async () => {
    const { post, ask } = await openWebhookDesk(['ticket.opened'])
    const faults = async (body: unknown) => {
      const { status, body: problem } = await post('crm', '/webhooks', body)
      return [status, ...(problem.errors ?? []).map(({ field }: { field: string }) => field)]
    }
    for (const url of ['http://crm.example.com/', 'https://127.0.0.1/', 'https://[::1]/', 'crm.example.com'])
      expect(await faults({ ...wanted, url })).toEqual([400, '/url'])
    expect(await faults({ ...wanted, types: [] })).toEqual([400, '/types'])
    expect(await faults({ ...wanted, types: ['ticket.opened', 'ticket.lost'] })).toEqual([400, '/types/1'])
    expect(await faults({ ...wanted, types: ['ticket.opened', 'ticket.opened'] })).toEqual([400, '/types'])
    expect(await faults({ url: 5, types: 'all', more: true })).toEqual([400, '/url', '/types', '/more'])
    expect((await ask('crm', '/webhooks/not-an-id')).status).toBe(400)
  })
})
