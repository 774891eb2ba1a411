import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import express from 'express'
import { describe, expect, inject, it, onTestFinished } from 'vitest'
import { apiRouter } from '../../../src/channels/api/router.ts'
import { ticketDossier } from '../../../src/console/tickets.ts'
import { openDatabase } from '../../../src/store/database.ts'
import { openLine } from '../../line.ts'
import { matter, openApi, tokens } from './api-server.ts'

/** Bytes as they are, over a connection of their own; the whole answer. */
function raw(url: string, text: string): Promise<string> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(text))
    let answer = ''
    socket.setEncoding('utf8').on('data', chunk => {
      answer += chunk
    })
    socket.on('end', () => resolve(answer)).on('error', reject)
  })
}

const request = (body: string, headers: readonly string[]) =>
  [
    ...[
      'POST /api/v1/matters HTTP/1.1',
      'Host: x',
      'Connection: close',
      `Content-Length: ${Buffer.byteLength(body)}`,
    ],
    ...[...headers, '', body],
  ].join('\r\n')

const usual = [`Authorization: Bearer ${tokens.web}`, 'Content-Type: application/json', 'Idempotency-Key: k']

describe('the API under attack', () => {
  it('opens one ticket for twenty posts at once with one key and different bodies', async () => {
    const { post, database } = await openApi()
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, i) => post('crm', '/matters', { ...matter, text: `Frage ${i}` }, 'one')),
    )
    const statuses = all.map(({ status }) => status).toSorted()
    expect(statuses).toEqual([201, ...Array.from({ length: 19 }, () => 422)])
    expect(await database.ticket.count()).toBe(1)
    expect(await database.letter.count({ where: { kind: 'auto-reply' } })).toBe(1)
    expect(await database.apiRequest.count()).toBe(1)
  })

  it('answers JSON that is deep, wide or full of prototypes with a refusal', async () => {
    const { ask, database } = await openApi()
    const post = (body: string, key: string) => {
      const headers = { 'content-type': 'application/json', 'idempotency-key': key }
      return ask('crm', '/matters', { method: 'POST', headers, body })
    }
    const bodies = [
      `${'['.repeat(90_000)}${']'.repeat(90_000)}`,
      `{"text":"x","customer":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}}`,
      `{${Array.from({ length: 10_000 }, (_, i) => `"k${i}":1`).join(',')}}`,
      '{"__proto__":{"text":"x","customer":{"name":"P"}}}',
      '{"text":"x","customer":{"name":"P","__proto__":{"email":"a@b.example"}}}',
      '{"constructor":{"prototype":{"text":"x"}},"text":"x","customer":{"name":"P"}}',
      ...['null', '[]', '"text"', '1e999', ''],
    ]
    for (const [i, body] of bodies.entries()) {
      const answered = await post(body, `deep-${i}`)
      expect([i, answered.status, answered.body.code]).toEqual([i, 400, 'invalid-request'])
      expect(JSON.stringify(answered.body).length).toBeLessThan(20_000)
    }
    expect(await database.ticket.count()).toBe(0)
    const answers = '{"text":"x","customer":{"name":"P"},"known":{"__proto__":"x"}}'
    expect((await post(answers, 'answers')).status).toBe(201)
    expect(await database.ticket.findFirstOrThrow()).toMatchObject({ known: {}, customerName: 'P' })
    expect(Object.hasOwn(Object.prototype, 'text')).toBe(false)
  })

  it('takes a token from one Authorization header alone', async () => {
    const { url, database } = await openApi()
    expect((await fetch(`${url}/tickets?access_token=${tokens.crm}`)).status).toBe(401)
    expect((await fetch(`${url}/tickets?token=${tokens.crm}`)).status).toBe(401)
    expect((await fetch(`${url}/tickets`, { headers: { cookie: `token=${tokens.crm}` } })).status).toBe(401)
    const body = JSON.stringify(matter)
    const twice = ['Authorization: Bearer wrong-token', ...usual]
    expect(await raw(url, request(body, twice))).toMatch(/^HTTP\/1\.1 401 /)
    const joined = await raw(url, request(body, [...usual, 'Idempotency-Key: other']))
    expect(joined).toMatch(/^HTTP\/1\.1 400 /)
    expect(joined).toContain('"field":"Idempotency-Key"')
    expect(await database.ticket.count()).toBe(0)
  })

  it('is not led astray by two lengths, a chunked body beside one, or a folded header', async () => {
    const { url, database } = await openApi()
    const body = JSON.stringify(matter)
    for (const extra of ['Content-Length: 5', 'Transfer-Encoding: chunked', 'X-A: b\r\n folded: c\x01'])
      expect(await raw(url, request(body, [...usual, extra]))).toMatch(/^HTTP\/1\.1 400 /)
    expect(await database.ticket.count()).toBe(0)
  })

  it('takes no other kind of body, whatever it calls itself', async () => {
    const { ask, database } = await openApi()
    const types = [
      'text/plain',
      'multipart/form-data; boundary=x',
      'application/jsonp',
      'application/xml',
      '',
    ]
    for (const type of types) {
      const headers = { 'content-type': type, 'idempotency-key': 'k' }
      const body = new TextEncoder().encode(JSON.stringify(matter))
      expect((await ask('web', '/matters', { method: 'POST', headers, body })).status).toBe(415)
    }
    expect(await database.ticket.count()).toBe(0)
  })

  it('lets no header, no direction mark and no hidden letter out of names and subjects', async () => {
    const { post, database } = await openApi()
    const evil = {
      text: 'Zeile\r\nBcc: victim@example.net\u2028zwei\u202Etxt.exe',
      subject: 'Frage\r\nBcc: victim@example.net\r\n\r\n<b>x</b>\u202E',
      customer: { name: 'Anna Fink\u200B\r\nFrom: boss@example.com', email: 'petra@kunde.example.com' },
    }
    const { number } = (await post('web', '/matters', evil)).body
    const ticket = await database.ticket.findUniqueOrThrow({ where: { number } })
    expect(ticket.subject).toBe('Frage Bcc: victim@example.net <b>x</b>')
    expect(ticket.customerName).toBe('Anna Fink From: boss@example.com')
    const letters = await database.letter.findMany()
    expect(letters.map(({ recipient }) => recipient).toSorted()).toEqual([
      ...['anna@example.com', 'petra@kunde.example.com'],
    ])
    const dossier = await ticketDossier(database, number)
    expect(dossier?.entries.map(({ text }) => text).join('')).not.toMatch(/[\u200B\u202E\u2028\r]/)
  })

  it('tells a client nothing of the tickets of others: neither state nor existence', async () => {
    const { post, get } = await openApi()
    const { number } = (await post('crm', '/matters', matter)).body
    const asked = [
      ...[await get('sales', `/tickets/${number}`), await get('sales', '/tickets/9999999')],
      ...[
        await post('sales', `/tickets/${number}/words`, { text: 'x' }),
        await post('sales', '/tickets/9999999/words', { text: 'x' }),
      ],
    ]
    expect(asked.map(({ status }) => status)).toEqual([404, 404, 404, 404])
    expect(asked[0]?.body).toEqual(asked[1]?.body)
    expect(asked[2]?.body).toEqual(asked[3]?.body)
  })

  it('says 503 with Retry-After while the database is away, and the same key works later', async () => {
    const { deps, database } = await openApi()
    const [row] = await database.$queryRaw<{ name: string }[]>`select current_database() as name`
    const server = new URL(inject('databaseServer'))
    const line = await openLine(Number(server.port))
    server.port = String(line.port)
    server.pathname = `/${row?.name}`
    const distant = openDatabase(server.href, 2)
    const door = express()
      .use(apiRouter({ ...deps, database: distant }))
      .listen(0, '127.0.0.1')
    await once(door, 'listening')
    onTestFinished(async () => {
      await new Promise(resolve => door.close(resolve))
      await distant.$disconnect()
      await line.close()
    })
    const { port } = door.address() as AddressInfo
    const post = (body: unknown) =>
      fetch(`http://127.0.0.1:${port}/api/v1/matters`, {
        method: 'POST',
        headers: {
          ...{ authorization: `Bearer ${tokens.web}`, 'content-type': 'application/json' },
          'idempotency-key': 'later',
        },
        body: JSON.stringify(body),
      })
    const content = Buffer.from('x').toString('base64')
    const sent = { ...matter, attachments: [{ filename: 'x.txt', content }] }
    line.down()
    for (const body of [matter, sent]) {
      const refused = await post(body)
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5'])
      expect(await refused.json()).toMatchObject({ code: 'unavailable' })
    }
    line.mend()
    expect((await post(sent)).status).toBe(201)
    const again = await post(sent)
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([201, 'true'])
    expect(await database.ticket.count()).toBe(1)
  })
})
