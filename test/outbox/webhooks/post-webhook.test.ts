import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import { webhookSecret } from '../../../src/desk/webhooks/webhook-secret.ts'
import { webhookPoster } from '../../../src/outbox/webhooks/post-webhook.ts'
import { openConsumer, withStatus } from '../../intake/webhooks/consumer.ts'

const gatewaySecret = 'a secret of at least thirty-two characters'
const id = '0b6c1c7e-5d0f-4a57-9c39-6d5d8a4f2f10'
const secret = webhookSecret(gatewaySecret, { id, secretTurn: 2 })
const former = webhookSecret(gatewaySecret, { id, secretTurn: 1 })
/** The receiver's package looks at its own clock. */
const at = Temporal.Now.instant()
const body = JSON.stringify({ type: 'ticket.opened', data: { ticket: '1004711', note: 'Größe, 漢字' } })
const postTo = (url: string) => ({ url, id, body, secrets: [secret], at })

describe('posting an event', () => {
  it('signs it so that a receiver with the package of Standard Webhooks believes it', async () => {
    const consumer = await openConsumer()
    const post = webhookPoster({ hosts: [consumer.host] })
    expect(await post(postTo(consumer.url))).toEqual({ status: 204 })
    const [one] = consumer.received
    expect(new Webhook(secret).verify(one?.body ?? '', one?.headers ?? {})).toEqual(JSON.parse(body))
    expect(one?.headers).toMatchObject({ 'webhook-id': id, 'content-type': 'application/json' })
    expect(() => new Webhook(former).verify(one?.body ?? '', one?.headers ?? {})).toThrow()
    expect(() => new Webhook(secret).verify(`${one?.body} `, one?.headers ?? {})).toThrow()
  })

  it('signs with both secrets while one takes over from the other', async () => {
    const consumer = await openConsumer()
    await webhookPoster({ hosts: [consumer.host] })({ ...postTo(consumer.url), secrets: [secret, former] })
    const [one] = consumer.received
    for (const known of [secret, former])
      expect(new Webhook(known).verify(one?.body ?? '', one?.headers ?? {})).toEqual(JSON.parse(body))
  })

  it('follows no redirect', async () => {
    const target = await openConsumer()
    const consumer = await openConsumer(withStatus(302, { location: target.url }))
    const post = webhookPoster({ hosts: [consumer.host, target.host] })
    expect(await post(postTo(consumer.url))).toEqual({ status: 302 })
    expect(target.received).toEqual([])
  })

  it('hears when to come again, and not what is no number of seconds', async () => {
    const consumer = await openConsumer(withStatus(429, { 'retry-after': '90' }))
    const post = webhookPoster({ hosts: [consumer.host] })
    expect(await post(postTo(consumer.url))).toEqual({ status: 429, retryAfterSeconds: 90 })
    consumer.answer = withStatus(503, { 'retry-after': '-5' })
    expect(await post(postTo(consumer.url))).toEqual({ status: 503 })
  })

  it('ends when an endpoint says nothing, or speaks no HTTP', async () => {
    const consumer = await openConsumer(() => undefined)
    const post = webhookPoster({ hosts: [consumer.host], timeoutMs: 200 })
    expect(await post(postTo(consumer.url))).toEqual({ failed: 'timeout' })
    consumer.answer = (_, response) => response.socket?.end('what do you want?\r\n\r\n')
    expect(await post(postTo(consumer.url))).toMatchObject({ failed: expect.any(String) })
    consumer.answer = (_, response) => response.socket?.destroy()
    expect(await post(postTo(consumer.url))).toEqual({ failed: 'ECONNRESET' })
  })

  it('does not read an answer that never ends', async () => {
    let sent = 0
    const cut = Promise.withResolvers<void>()
    const consumer = await openConsumer((_, response) => {
      response.writeHead(200)
      const more = () => {
        while (sent < 50_000_000 && response.write(Buffer.alloc(65_536))) sent += 65_536
      }
      response.on('drain', more)
      response.on('close', () => cut.resolve())
      more()
    })
    expect(await webhookPoster({ hosts: [consumer.host] })(postTo(consumer.url))).toEqual({ status: 200 })
    await cut.promise
    expect(sent).toBeLessThan(50_000_000)
  })

  it('goes to no private address, whatever the name leads to and whenever it changes', async () => {
    const consumer = await openConsumer()
    const { port } = new URL(consumer.url)
    const url = `https://crm.example.com:${port}/hook`
    const refused = { failed: 'not sent: its name leads to a private address' }
    for (const address of ['127.0.0.1', '10.0.0.1', '169.254.169.254', '::1', '::ffff:127.0.0.1']) {
      const resolve = async () => [
        { address: '93.184.216.34', family: 4 },
        { address, family: address.includes(':') ? 6 : 4 },
      ]
      expect(await webhookPoster({ hosts: [], resolve })(postTo(url))).toEqual(refused)
    }
    expect(await webhookPoster({ hosts: [] })(postTo(`https://localhost:${port}/`))).toEqual(refused)
    expect(await webhookPoster({ hosts: [] })(postTo(consumer.url))).toMatchObject({
      failed: expect.stringMatching(/^not sent/),
    })
    expect(consumer.received).toEqual([])
  })

  it('asks for a name once and connects to what it was told', async () => {
    const consumer = await openConsumer()
    const { port } = new URL(consumer.url)
    const asked: string[] = []
    const resolve = async (host: string) => {
      asked.push(host)
      return [{ address: asked.length === 1 ? '127.0.0.1' : '127.0.0.2', family: 4 }]
    }
    const post = webhookPoster({ hosts: ['crm.internal'], resolve })
    expect(await post(postTo(`http://crm.internal:${port}/hook`))).toEqual({ status: 204 })
    expect(asked).toEqual(['crm.internal'])
    expect(consumer.received[0]?.headers.host).toBe(`crm.internal:${port}`)
  })

  it('says in a word why nothing was there', async () => {
    const resolve = async () => {
      throw Object.assign(new Error('getaddrinfo ENOTFOUND crm.example.com'), { code: 'ENOTFOUND' })
    }
    expect(await webhookPoster({ hosts: [], resolve })(postTo('https://crm.example.com/'))).toEqual({
      failed: 'ENOTFOUND',
    })
    expect(await webhookPoster({ hosts: ['127.0.0.1:1'] })(postTo('http://127.0.0.1:1/'))).toEqual({
      failed: 'ECONNREFUSED',
    })
  })
})
