import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { requestAttempt } from '../../src/intake/calls/attempts.ts'
import { reconcileCalls } from '../../src/intake/calls/reconcile.ts'
import { agent, caller, customer, mailbox } from '../../src/sandbox/telephone/actors.ts'
import type { WebhookKind } from '../../src/sandbox/telephone/knobs.ts'
import { type HotlineTest, hamburg, openHotline, phones } from './hotline.ts'
import { callFields, send } from './ledger.ts'

const start = '2026-11-24T10:00'
const publicUrl = 'https://gateway.example.com'
const patient = caller(phones.mobile, [
  { hears: /Mit der 1|1 hören|noch einmal/, waits: true },
  { hears: /Betrieb stillsteht/, presses: '1' },
])

/** What has to be true of any hotline that one caller rang once. */
async function oneOfEach({ database }: HotlineTest) {
  const calls = await database.call.findMany({ where: { direction: 'in' } })
  const tickets = await database.ticket.findMany()
  const callbacks = await database.callback.findMany({ include: { guarantee: true } })
  const [call] = calls
  const [ticket] = tickets
  const [callback] = callbacks
  if (!call || !ticket || !callback) throw new Error('there is no call, no ticket or no promise')
  expect([calls.length, tickets.length, callbacks.length]).toEqual([1, 1, 1])
  expect([call.ticketId, callback.ticketId]).toEqual([ticket.id, ticket.id])
  return { call, ticket, callback }
}

describe('row 1: the same webhook twice', () => {
  it.each([
    ['one after the other', { do: 'duplicate' }],
    ['at the same moment', { do: 'duplicate', concurrently: true }],
  ] as const)('row 1: %s makes one call, one ticket and the same words, byte for byte', async (_, fate) => {
    const hotline = await openHotline(start)
    const { network } = hotline
    network.knobs.webhooks.always('all', fate)
    network.connect(phones.anna, mailbox('anna'))
    network.connect(phones.bernd, agent('bernd'))
    const call = network.call(patient, hamburg)
    await hotline.runUntil(hotline.at('10:30'))
    const { ticket, call: row } = await oneOfEach(hotline)
    const answers = Map.groupBy(network.deliveries(), ({ token }) => token)
    for (const [one, other, ...more] of answers.values()) {
      expect(other).toEqual(one)
      expect(more).toEqual([])
    }
    expect(row.outcome).toBe('connected')
    expect(await hotline.database.callLeg.count()).toBe(2)
    expect(await hotline.database.textMessage.count()).toBe(1)
    const spoken = [...network.deliveries()].filter(({ kind }) => kind === 'voice').map(({ body }) => body)
    expect(spoken).toHaveLength(2)
    expect(network.transcript(call)).toContain('caller and bernd are bridged')
    expect(ticket.number).toMatch(/^\d+$/)
  })

  it('row 1: many at the same moment are answered with the bytes of the first', async () => {
    const hotline = await openHotline(start)
    const request = {
      url: `${publicUrl}/phone/telephone/in`,
      fields: callFields('CAtwelvetimes', phones.mobile, hamburg, 'ringing'),
    }
    const answers = await Promise.all(Array.from({ length: 12 }, () => send(hotline, request)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1)
    expect(answers[0]?.body).toContain('<Gather')
    await oneOfEach(hotline)
  })
})

describe('row 2: news of a call in any order', () => {
  it('row 2: the final state stays, whichever of its news comes first', async () => {
    const hotline = await openHotline(start)
    const statuses = ['ringing', 'in-progress', 'completed'] as const
    const news = ['arrived', ...statuses] as const
    let calls = 0
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([...news], { minLength: news.length }), async order => {
        calls += 1
        const sid = `CA${String(calls).padStart(32, '0')}`
        const from = `+4917139201${String(calls).padStart(2, '0')}`
        for (const what of order) {
          const { status } = await send(hotline, {
            url: `${publicUrl}/phone/telephone/${what === 'arrived' ? 'in' : 'status'}`,
            fields: {
              ...callFields(sid, from, hamburg, what === 'arrived' ? 'ringing' : what),
              ...(what === 'completed' ? { CallDuration: '7' } : {}),
            },
          })
          expect(status).toBe(what === 'arrived' ? 200 : 204)
        }
        await hotline.door.replay()
        expect(hotline.door.waiting()).toBe(0)
        const found = await hotline.database.call.findMany({ where: { providerId: sid } })
        expect(found).toMatchObject([{ state: 'ended', outcome: 'abandoned', seconds: 7, number: from }])
        const [call] = found
        const owed = await hotline.database.callback.findMany({ where: { ticketId: call?.ticketId ?? '' } })
        expect(owed).toMatchObject([{ number: from, state: 'owed' }])
      }),
      { numRuns: 24, seed: 2 },
    )
    expect(await hotline.database.call.count()).toBe(calls)
  })

  const late: readonly WebhookKind[] = ['call-progress', 'call-ended', 'recording', 'message']

  it('row 2: a conversation and a call back end the same, however late their news come', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: 90 }), { minLength: 8, maxLength: 8 }), async delays => {
        const hotline = await openHotline(start)
        const { network, database } = hotline
        let told = 0
        network.knobs.webhooks.decide(kind =>
          late.includes(kind)
            ? { do: 'delay', seconds: delays[told++ % delays.length] ?? 0 }
            : { do: 'deliver' },
        )
        network.connect(phones.anna, agent('anna'))
        network.connect(phones.bernd, agent('bernd'))
        network.connect(phones.company, customer('colleague'))
        network.call(patient, hamburg)
        await hotline.runUntil(hotline.at('10:10'))
        // Hangs up at once, and is rung back.
        network.call(caller(phones.company, [], { hangsUpAfter: 2 }), hamburg)
        await hotline.runUntil(hotline.at('10:15'))
        const owed = await database.callback.findFirstOrThrow({ where: { owedFor: { not: null } } })
        await requestAttempt(hotline.deps, { callbackId: owed.id, agent: 'anna', by: 'link' })
        await hotline.runUntil(hotline.at('11:00'))
        const calls = await database.call.findMany({ orderBy: { arrivedAt: 'asc' } })
        expect(calls.map(({ direction, state, outcome }) => [direction, state, outcome])).toEqual([
          ['in', 'ended', 'connected'],
          ['in', 'ended', 'abandoned'],
          ['out', 'ended', null],
        ])
        expect(await database.callback.findMany({ orderBy: { createdAt: 'asc' } })).toMatchObject([
          { state: 'done', owedFor: null },
          { state: 'done', owedFor: null, attempts: 1 },
        ])
        expect(await database.callbackAttempt.findMany()).toMatchObject([
          { state: 'ended', outcome: 'answered', activeFor: null },
        ])
        const legs = await database.callLeg.findMany({ orderBy: { rangAt: 'asc' } })
        expect(legs.map(({ state, outcome }) => [state, outcome])).toEqual([
          ['ended', 'bridged'],
          ['ended', 'bridged'],
        ])
      }),
      { numRuns: 5, seed: 2 },
    )
  })
})

describe('row 3: news of a call whose first request was lost', () => {
  it('row 3: makes call, ticket and promise of what its end says', async () => {
    const hotline = await openHotline(start)
    const { network } = hotline
    network.knobs.webhooks.always('voice', { do: 'drop' })
    network.knobs.webhooks.always('fallback', { do: 'drop' })
    network.call(patient, hamburg)
    await hotline.runUntil(hotline.at('10:02'))
    expect(network.deliveries().map(({ kind }) => kind)).toContain('call-ended')
    const { call, callback } = await oneOfEach(hotline)
    expect(call).toMatchObject({
      number: phones.mobile,
      line: 'hotline',
      state: 'ended',
      outcome: 'abandoned',
    })
    expect(callback).toMatchObject({ number: phones.mobile, state: 'owed' })
  })

  it('row 3: news of a call in progress wait for it, and nothing is lost or made twice', async () => {
    const hotline = await openHotline(start)
    const told = (status: string) =>
      send(hotline, {
        url: `${publicUrl}/phone/telephone/status`,
        fields: callFields('CAnobodyknows', phones.mobile, hamburg, status),
      })
    expect((await told('in-progress')).status).toBe(204)
    expect(await hotline.database.call.count()).toBe(0)
    expect(hotline.door.waiting()).toBe(1)
    expect((await told('completed')).status).toBe(204)
    await hotline.door.replay()
    expect(hotline.door.waiting()).toBe(0)
    const { call } = await oneOfEach(hotline)
    expect(call.state).toBe('ended')
  })

  it("row 3: somebody else's call makes nothing", async () => {
    const hotline = await openHotline(start)
    const { status } = await send(hotline, {
      url: `${publicUrl}/phone/telephone/status`,
      fields: callFields('CAofothers', phones.mobile, '+4930123456', 'completed'),
    })
    expect(status).toBe(204)
    expect(await hotline.database.call.count()).toBe(0)
    expect(await hotline.database.ticket.count()).toBe(0)
  })
})

describe('row 4: everything about a call was lost', () => {
  it('row 4: the comparison with the provider makes call, ticket and promise, counted from the call', async () => {
    const hotline = await openHotline(start)
    const { network } = hotline
    network.knobs.webhooks.always('all', { do: 'drop' })
    network.call(patient, hamburg)
    network.call(caller(phones.company, [], { hangsUpAfter: 3 }), hamburg)
    await hotline.runUntil(hotline.at('10:04'))
    expect(network.deliveries()).toEqual([])
    expect(await hotline.database.call.count()).toBe(0)
    network.knobs.webhooks.clear()
    await hotline.runUntil(hotline.at('10:06'))
    const calls = await hotline.database.call.findMany({
      where: { direction: 'in' },
      include: { ticket: { include: { callbacks: { include: { guarantee: true } } } } },
    })
    expect(calls.map(({ number }) => number).toSorted()).toEqual([phones.company, phones.mobile].toSorted())
    for (const { arrivedAt, state, ticket } of calls) {
      expect(arrivedAt).toEqual(new Date('2026-11-24T09:00:00Z'))
      expect(state).toBe('ended')
      expect(ticket.callbacks).toMatchObject([{ guarantee: { dueAt: new Date('2026-11-24T11:00:00Z') } }])
    }
    expect(await reconcileCalls(hotline.deps)).toMatchObject({ created: 0, ended: 0, failed: [] })
  })

  it('row 4: a call that is still going on is found as well, and ends when the provider says so', async () => {
    const hotline = await openHotline(start)
    const { network, database } = hotline
    network.connect(phones.anna, agent('anna', { talks: 900 }))
    network.knobs.webhooks.always('call-progress', { do: 'drop' })
    network.knobs.webhooks.always('call-ended', { do: 'drop' })
    network.call(patient, hamburg)
    await hotline.runUntil(hotline.at('10:06'))
    expect(await database.call.findMany()).toMatchObject([{ state: 'open', outcome: null }])
    await hotline.runUntil(hotline.at('10:30'))
    expect(await database.call.findMany()).toMatchObject([{ state: 'ended', outcome: 'connected' }])
    expect(await database.callback.findMany()).toMatchObject([{ state: 'done' }])
  })
})
