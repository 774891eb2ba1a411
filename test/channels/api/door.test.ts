import { Writable } from 'node:stream'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { apiConfig, matter, openApi, tokens } from './api-server.ts'

const json = { 'content-type': 'application/json' }

describe('the door of the API', () => {
  it('is closed without clients', async () => {
    const { url } = await openApi(apiConfig({ api: {} }))
    expect((await fetch(`${url}/openapi.json`)).status).toBe(404)
  })

  it('lets nobody in without the token of a client, and says how', async () => {
    const { ask, url } = await openApi()
    for (const authorization of ['', 'Bearer', `Bearer ${tokens.web}x`, `Basic ${tokens.web}`, 'Bearer ä']) {
      const headers = authorization === '' || authorization.includes('ä') ? {} : { authorization }
      const { status, headers: answered, body } = await ask(undefined, '/tickets', { headers })
      expect([status, body.code, body.status, body.type]).toEqual([
        401,
        'not-authenticated',
        401,
        'about:blank',
      ])
      expect(answered.get('www-authenticate')).toContain('Bearer')
    }
    expect((await fetch(`${url}/openapi.json`)).status).toBe(200)
  })

  it('lets a client do only what the configuration says', async () => {
    const { get, post } = await openApi()
    expect((await get('web', '/tickets')).body).toMatchObject({ status: 403, code: 'not-allowed' })
    expect((await post('web', '/matters', matter)).status).toBe(201)
    const { status, body } = await get('crm', '/nothing')
    expect([status, body.code]).toEqual([404, 'not-found'])
  })

  it('holds each client to its own pace, and says when to come again', async () => {
    let now = Temporal.Instant.from('2026-11-24T09:00:00Z')
    const config = apiConfig()
    const slow = { name: 'Slow', token: tokens.web, may: ['read'], mailbox: 'support', perMinute: 2 }
    const { get } = await openApi(
      apiConfig({ api: { clients: { ...config.api.clients, web: slow } } }),
      () => now,
    )
    const asked = async () => (await get('web', '/tickets')).status
    expect([await asked(), await asked(), await asked()]).toEqual([200, 200, 429])
    const refused = await get('web', '/tickets')
    expect(refused.headers.get('retry-after')).toBe('30')
    expect((await get('crm', '/tickets')).status).toBe(200)
    now = now.add({ seconds: 30 })
    expect([await asked(), await asked()]).toEqual([200, 429])
  })

  it('takes no request that is larger than allowed, compressed, or no JSON', async () => {
    const { ask, database } = await openApi(apiConfig())
    const post = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string>) =>
      ask('web', '/matters', { method: 'POST', body, headers: { 'idempotency-key': 'k', ...headers } })
    const large = await post(JSON.stringify({ ...matter, text: 'x'.repeat(300_000) }), json)
    expect([large.status, large.body.code]).toEqual([413, 'too-large'])
    const packed = await post('x', { ...json, 'content-encoding': 'gzip' })
    expect([packed.status, packed.body.code]).toEqual([415, 'wrong-media-type'])
    const form = await post('text=x', { 'content-type': 'application/x-www-form-urlencoded' })
    expect([form.status, form.body.code]).toEqual([415, 'wrong-media-type'])
    for (const body of ['{', new Uint8Array([0x22, 0xff, 0x22])])
      expect((await post(body, json)).body.errors[0]).toMatchObject({ in: 'body', field: '' })
    expect(await database.ticket.count()).toBe(0)
  })

  it('refuses text that no database takes, and names the field', async () => {
    const { post, get, database } = await openApi()
    const nul = await post('web', '/matters', { ...matter, customer: { name: 'A\u0000B' } })
    expect([nul.status, nul.body.errors[0].field]).toEqual([400, '/customer/name'])
    const half = await post('web', '/matters', { ...matter, text: 'x\ud83d' })
    expect(half.body.errors[0].field).toBe('/text')
    expect((await get('crm', '/tickets?group=%00')).body.errors[0]).toMatchObject({
      in: 'query',
      field: 'group',
    })
    expect((await get('crm', '/tickets/%ZZ')).status).toBe(400)
    expect((await get('crm', '/tickets?unknown=1')).body.errors[0].field).toBe('unknown')
    expect(await database.ticket.count()).toBe(0)
  })

  it('wants a key for what must not be done twice', async () => {
    const { ask } = await openApi()
    const { status, body } = await ask('web', '/matters', {
      ...{ method: 'POST', headers: json },
      body: JSON.stringify(matter),
    })
    expect([status, body.errors[0].field]).toEqual([400, 'Idempotency-Key'])
  })

  it('keeps what a request held out of the log, also when it fails', async () => {
    let logged = ''
    const sink = new Writable({
      write(chunk, _encoding, done) {
        logged += String(chunk)
        done()
      },
    })
    const { post, database } = await openApi(apiConfig(), undefined, pino(sink))
    await post('web', '/matters', { ...matter, area: 'Geheimfeld' })
    await database.$executeRawUnsafe('alter table entry rename to entry_away')
    const { status, body } = await post('web', '/matters', matter)
    expect([status, body.code]).toEqual([500, 'internal'])
    expect(logged).toContain('openMatter')
    for (const secret of ['Petra', 'kunde.example', 'Drucker', 'Geheimfeld', '1234567', tokens.web])
      expect(logged + JSON.stringify(body)).not.toContain(secret)
  })
})
