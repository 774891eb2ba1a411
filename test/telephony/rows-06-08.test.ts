import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { pino } from 'pino'
import { describe, expect, it, onTestFinished } from 'vitest'
import { hardSeconds } from '../../src/channels/phone/deadline.ts'
import { fallbackTwiml } from '../../src/channels/phone/twilio/safe-answer.ts'
import { agent, caller } from '../../src/sandbox/telephone/actors.ts'
import { examinePhone, readPhonePromises } from '../../src/watch/phone-health.ts'
import { type HotlineTest, hamburg, openHotline, phones } from './hotline.ts'
import { callFields, dumpOf, type ProviderRequest, send, signatureOf } from './ledger.ts'

const start = '2026-11-24T10:00'
const apology = /Wegen einer technischen Störung[\s\S]*Owing to a technical fault/
const leavesMessage = {
  hears: apology,
  says: 'Hier ist Werk Nord, die Anlage steht.',
  seconds: 12,
  afterwards: 'hangs-up',
} as const

describe('row 6: the gateway cannot be reached', () => {
  it('row 6: a first request that gets no connection is asked of the fallback address, and the call goes on as usual', async () => {
    const hotline = await openHotline(start)
    const { network, database } = hotline
    // Twice: the provider tries a failed connection again.
    network.knobs.webhooks.next('voice', { do: 'drop' }, 2)
    network.connect(phones.anna, agent('anna'))
    const call = network.call(caller(phones.mobile, [{ hears: /Betrieb stillsteht/, presses: '1' }]), hamburg)
    await hotline.runUntil(hotline.at('10:20'))
    expect(network.deliveries().map(({ kind }) => kind)).toContain('fallback')
    expect(network.transcript(call)).toContain('caller and anna are bridged')
    expect(await database.call.findMany()).toMatchObject([{ state: 'ended', outcome: 'connected' }])
    expect(await database.ticket.count()).toBe(1)
  })

  it('row 6: something in front of us that answers 502 in the middle of a call costs no call, and a message can be left', async () => {
    const hotline = await openHotline(start)
    const { network, database } = hotline
    network.knobs.webhooks.next('gather', { do: 'refuse', status: 502 })
    const call = network.call(caller(phones.mobile, [leavesMessage]), hamburg)
    await hotline.runUntil(hotline.at('10:20'))
    expect(network.transcript(call)).toMatch(/technischen Störung[\s\S]*hears a beep[\s\S]*1[234] s recorded/)
    expect(await database.call.findMany({ include: { recordings: true } })).toMatchObject([
      { state: 'ended', outcome: 'abandoned', recordings: [{ of: 'message', state: 'stored' }] },
    ])
    expect(await database.callback.findMany()).toMatchObject([{ state: 'owed', number: phones.mobile }])
    expect(await database.ticket.count()).toBe(1)
  })

  it('row 6: while nothing of us runs, two static files take the message, and the comparison finds the call', async () => {
    const files = new Map<string, string>()
    const elsewhere = createServer((request, response) => {
      const file = files.get(new URL(request.url ?? '/', 'http://elsewhere').pathname)
      response.writeHead(file === undefined ? 404 : 200, { 'content-type': 'text/xml' }).end(file)
    })
    elsewhere.listen(0, '127.0.0.1')
    await once(elsewhere, 'listening')
    onTestFinished(() => void elsewhere.close())
    const base = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`
    const hotline = await openHotline(start, { fallbackUrl: `${base}/fallback.xml` })
    const { network, database, door } = hotline
    for (const { name, twiml } of fallbackTwiml(hotline.config, 'telephone')) files.set(`/${name}`, twiml)
    for (const kind of ['voice', 'call-ended'] as const) network.knobs.webhooks.always(kind, { do: 'drop' })
    const call = network.call(caller(phones.mobile, [{ ...leavesMessage, afterwards: 'presses #' }]), hamburg)
    await hotline.runUntil(hotline.at('10:03'))
    expect(network.transcript(call)).toMatch(
      /hears a beep[\s\S]*1[234] s recorded[\s\S]*Vielen Dank[\s\S]*Thank you/,
    )
    expect(await database.call.count()).toBe(0)
    expect(door.waiting()).toBe(1)
    network.knobs.webhooks.clear()
    await hotline.runUntil(hotline.at('10:12'))
    expect(door.waiting()).toBe(0)
    expect(await database.call.findMany({ include: { recordings: true } })).toMatchObject([
      {
        number: phones.mobile,
        arrivedAt: new Date('2026-11-24T09:00:00Z'),
        recordings: [{ of: 'message', state: 'stored' }],
      },
    ])
    expect(await database.callback.findMany({ include: { guarantee: true } })).toMatchObject([
      { state: 'owed', guarantee: { dueAt: new Date('2026-11-24T11:00:00Z') } },
    ])
  })

  it('row 6: news that meet a closed port come again', async () => {
    const hotline = await openHotline(start)
    const { network, database } = hotline
    network.knobs.webhooks.next('call-ended', { do: 'drop' }, 2)
    network.call(caller(phones.mobile, [], { hangsUpAfter: 5 }), hamburg)
    await hotline.runUntil(hotline.at('10:02'))
    expect(await database.call.findMany()).toMatchObject([{ state: 'ended', outcome: 'abandoned' }])
  })
})

describe('row 7: an answer of ours would take too long', () => {
  it.each([
    ['the first question', (kind: string) => kind === 'arrived'],
    ['a key', (kind: string) => kind === 'keys'],
  ])(
    'row 7: at %s the caller hears the safe answer at 10 seconds, and what was begun is done once',
    async (_, slow) => {
      let askedAt: Temporal.Instant | undefined
      const hotline: HotlineTest = await openHotline(start, {
        takeIn: async (event, ours, deps) => {
          if (askedAt || !slow(event.kind)) return ours(deps, event)
          askedAt = deps.now()
          const { clock } = hotline
          await clock.waitUntil(askedAt.add({ seconds: hardSeconds }))
          await new Promise<void>(resolve => {
            clock.at(deps.now().add({ seconds: 2 }), resolve)
          })
          return clock.during(ours(deps, event))
        },
      })
      const { network, database, door } = hotline
      const call = network.call(caller(phones.mobile, [leavesMessage]), hamburg)
      await hotline.runUntil(hotline.at('10:30'))
      const safe = network.deliveries().find(({ body }) => body.includes('technical fault'))
      expect(String(safe?.at)).toBe(String(askedAt?.add({ seconds: hardSeconds })))
      expect(safe?.status).toBe(200)
      expect(network.transcript(call)).toMatch(
        /technischen Störung[\s\S]*hears a beep[\s\S]*1[234] s recorded/,
      )
      expect(door.state.hardDeadlines).toBe(1)
      expect(door.state.softDeadlines).toBe(1)
      expect(door.waiting()).toBe(0)
      expect(await database.call.findMany({ include: { recordings: true } })).toMatchObject([
        { state: 'ended', outcome: 'abandoned', recordings: [{ of: 'message', state: 'stored' }] },
      ])
      expect(await database.ticket.count()).toBe(1)
      expect(await database.callback.findMany({ include: { guarantee: true } })).toMatchObject([
        { state: 'owed', number: phones.mobile, guarantee: { dueAt: new Date('2026-11-24T11:00:00Z') } },
      ])
      const keys = (await database.callEvent.findMany()).map(({ key }) => key)
      expect(new Set(keys).size).toBe(keys.length)
    },
  )
})

describe('row 8: a bad or missing signature', () => {
  const arrived: ProviderRequest = {
    url: 'https://gateway.example.com/phone/telephone/in',
    fields: callFields('CAforged', phones.mobile, hamburg, 'ringing'),
  }

  it('row 8: whatever is changed in address, fields, token or signature, 403 comes back and nothing is written', async () => {
    const logged: string[] = []
    const log = pino({ level: 'debug' }, { write: (line: string) => void logged.push(line) })
    const hotline = await openHotline(start, { log })
    const before = await dumpOf(hotline.database)
    const good = signatureOf(hotline, arrived)
    const text = fc.string({ minLength: 1, maxLength: 40 })
    const name = fc.constantFrom(...Object.keys(arrived.fields))
    const header = (signature: string) => ({ 'x-twilio-signature': signature })
    const forged = fc.oneof(
      fc
        .tuple(name, text)
        .filter(([field, value]) => arrived.fields[field] !== value)
        .map(([field, value]) => ({
          request: { ...arrived, fields: { ...arrived.fields, [field]: value } },
          headers: header(good),
        })),
      fc.tuple(fc.stringMatching(/^[A-Z][a-zA-Z]{3,12}$/), text).map(([field, value]) => ({
        request: { ...arrived, fields: { ...arrived.fields, [`X${field}`]: value } },
        headers: header(good),
      })),
      fc
        .constantFrom(
          'status',
          'recording',
          'fallback',
          'goodbye',
          'call/a/keys/1',
          'text/a',
          'in?a=1',
          'in/',
        )
        .map(path => ({
          request: { ...arrived, url: arrived.url.replace(/in$/, path) },
          headers: header(good),
        })),
      text.map(token => ({ request: arrived, headers: header(signatureOf(hotline, arrived, token)) })),
      fc.base64String({ minLength: 4, maxLength: 40 }).map(signature => ({
        request: arrived,
        headers: header(signature),
      })),
      fc.constant({ request: arrived, headers: {} }),
      fc.constantFrom('host', 'x-forwarded-host', 'x-forwarded-proto').map(forwarded => ({
        request: arrived,
        headers: {
          [forwarded]: 'attacker.example',
          'x-twilio-signature': signatureOf(hotline, {
            ...arrived,
            url: 'https://attacker.example/phone/telephone/in',
          }),
        },
      })),
    )
    let refused = 0
    await fc.assert(
      fc.asyncProperty(forged, async ({ request, headers }) => {
        expect(await send(hotline, request, headers)).toEqual({ status: 403, body: '' })
        refused += 1
      }),
      { numRuns: 150, seed: 8 },
    )
    expect(await dumpOf(hotline.database)).toEqual(before)
    expect(hotline.door.waiting()).toBe(0)
    expect(hotline.door.state.refusedSignatures(60)).toBe(refused)
    expect(logged.filter(line => line.includes('without a valid signature'))).toHaveLength(refused)
    // Not a word of what was sent.
    expect(logged.join('')).not.toMatch(/CAforged|1713920099/)
    // The same request, unchanged, is a call.
    expect((await send(hotline, arrived)).status).toBe(200)
    expect(await hotline.database.call.count()).toBe(1)
  })

  it('row 8: the tenth within ten minutes raises the alarm, which ends by itself, and a good request resets nothing', async () => {
    const hotline = await openHotline(start)
    const promises = () => readPhonePromises(hotline.database, ['telephone'], hotline.clock.now())
    const troubles = async () =>
      examinePhone({ door: hotline.door.state, promises }, await promises()).found.map(({ key }) => key)
    for (let sent = 1; sent <= 9; sent++)
      await send(hotline, arrived, { 'x-twilio-signature': 'bm9uc2Vuc2U=' })
    await send(hotline, arrived)
    expect(await troubles()).not.toContain('signatures-refused')
    await send(hotline, arrived, {})
    expect(await troubles()).toContain('signatures-refused')
    // While the database is away it is told all the same.
    expect(
      examinePhone({ door: hotline.door.state, promises }, undefined).found.map(({ key }) => key),
    ).toContain('signatures-refused')
    await hotline.runUntil(hotline.at('10:11'))
    expect(await troubles()).not.toContain('signatures-refused')
  })
})
