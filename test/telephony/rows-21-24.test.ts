import { describe, expect, it } from 'vitest'
import { requestAttempt } from '../../src/intake/calls/attempts.ts'
import { wakeCallbacks } from '../../src/intake/calls/wake-callbacks.ts'
import { agent, caller, customer, type PartyScript, unreachable } from '../../src/sandbox/telephone/actors.ts'
import { callNow, ringsAt, tasksOf, triesOf } from './books.ts'
import { type HotlineTest, hamburg, openHotline, phones, woking } from './hotline.ts'

/** Several at once: workers, customers, and the same customer on both ends. */

const says = (key: string) => ({ hears: /Wie ist der Anruf ausgegangen/, presses: key })
const takes = { hears: /Mit der 1 werden Sie verbunden/, presses: '1' }
const anna: PartyScript = { name: 'anna', pickUp: { after: 4 }, steps: [takes, says('1')] }

/** Somebody rang at ten and hung up during the greeting. */
async function owed(
  annas: readonly PartyScript[] = [anna],
  start = '2026-11-24T10:00',
): Promise<HotlineTest> {
  const hotline = await openHotline(start)
  const { network } = hotline
  network.connect(phones.anna, ...annas)
  network.connect(phones.bernd, unreachable('bernd', 'off'))
  network.connect(phones.mobile, customer('customer'))
  network.call(caller(phones.mobile, [], { hangsUpAfter: 20 }), hamburg)
  await hotline.runUntil(hotline.at('10:05'))
  return hotline
}

describe('two workers', () => {
  it('row 21: that are asked at the same moment to ring the same customer never have two attempts under way', async () => {
    const hotline = await owed()
    const { database, deps, network } = hotline
    const { id } = await database.callback.findFirstOrThrow()
    const asked = Array.from({ length: 8 }, (_, n) =>
      requestAttempt(deps, {
        callbackId: id,
        agent: n % 2 ? 'anna' : 'bernd',
        by: n < 4 ? 'link' : 'redial',
      }),
    )
    const results = (await Promise.all(asked)).map(({ result }) => result)
    expect(results.filter(result => result === 'dialling')).toHaveLength(1)
    expect(results.filter(result => result === 'already-ringing')).toHaveLength(7)
    expect(await database.callbackAttempt.count({ where: { activeFor: id } })).toBe(1)
    expect(network.calls().filter(({ direction }) => direction === 'outbound-api')).toHaveLength(1)
  })

  it('row 21: that wake at the same moment write to the agent once', async () => {
    const hotline = await openHotline('2026-11-24T10:00')
    const { network, deps, database, clock } = hotline
    for (let n = 0; n < 10; n++)
      network.call(caller(`+4917139201${10 + n}`, [], { hangsUpAfter: 1 }), hamburg)
    // The calls are taken in, and nobody wakes yet.
    await clock.run({ until: hotline.at('10:00').add({ seconds: 5 }) })
    expect(await database.callback.count({ where: { stage: 'none' } })).toBe(10)
    await Promise.all(Array.from({ length: 4 }, () => wakeCallbacks(deps)))
    expect(await tasksOf(hotline)).toHaveLength(10)
    expect(await database.entry.count({ where: { kind: 'callback-assigned' } })).toBe(10)
  })
})

it('row 22: of fifty callbacks at once, let out one a second, what waited in the queue of the provider is known, and the next tries begin that much earlier', async () => {
  const fifty = Array.from({ length: 50 }, (_, n) => String(n).padStart(2, '0'))
  const hotline = await openHotline('2026-11-24T10:00', {
    phone: { guard: { perHour: 500 }, missesBeforePause: 10 },
    more: {
      groups: {
        support: { name: 'Support', agents: fifty.map(n => `agent${n}`) },
        uk: { name: 'Support UK', agents: ['emma'] },
      },
      agents: {
        emma: { name: 'Emma Clarke', addresses: ['emma@example.com'], phone: phones.emma },
        ...Object.fromEntries(
          fifty.map(n => [
            `agent${n}`,
            { name: `Agent ${n}`, addresses: [`agent${n}@example.com`], phone: `+4917139203${n}` },
          ]),
        ),
      },
    },
  })
  const { network, database, clock } = hotline
  network.knobs.secondsPerCall = 1
  for (const n of fifty) {
    network.connect(`+4917139203${n}`, unreachable(`agent${n}`, 'off'))
    network.call(caller(`+4917139201${n}`, [], { hangsUpAfter: 2 }), hamburg)
  }
  await hotline.runUntil(hotline.at('10:01'))
  const first = new Date(hotline.at('10:05').epochMilliseconds)
  await database.callback.updateMany({ data: { retryAt: first, wakeAt: first } })
  await hotline.runUntil(hotline.at('10:07'))
  const tries = await database.callbackAttempt.findMany()
  expect(tries).toHaveLength(50)
  const waited = tries.map(one => ((one.startedAt?.getTime() ?? 0) - one.requestedAt.getTime()) / 1000)
  expect(Math.min(...waited)).toBeGreaterThanOrEqual(0)
  expect(Math.max(...waited)).toBeGreaterThanOrEqual(45)
  // An agent's telephone that was off is tried again after five minutes: whoever waits that long in line asks earlier.
  const planned = await database.callback.findMany({ select: { id: true, retryAt: true } })
  await hotline.runUntil(clock.now().add({ minutes: 4 }))
  const second = await database.callbackAttempt.findMany({
    where: { requestedAt: { gt: new Date(hotline.at('10:07').epochMilliseconds) } },
  })
  const earlier = second.map(({ callbackId, requestedAt }) => {
    const retryAt = planned.find(({ id }) => id === callbackId)?.retryAt?.getTime() ?? 0
    return (retryAt - requestedAt.getTime()) / 1000
  })
  expect(Math.max(...earlier)).toBeGreaterThanOrEqual(40)
}, 120_000)

describe('a customer who calls in while we owe a call', () => {
  it('row 23: is put through on the same ticket, and nobody rings back any more', async () => {
    const hotline = await owed([agent('anna')])
    const { network, database } = hotline
    const call = network.call(caller(phones.mobile, []), hamburg)
    await hotline.runUntil(hotline.at('11:30'))
    expect(network.transcript(call)).toMatch(/caller and anna are bridged/)
    expect(
      await database.call.findMany({ select: { outcome: true }, orderBy: { arrivedAt: 'asc' } }),
    ).toEqual([{ outcome: 'abandoned' }, { outcome: 'connected' }])
    const calls = await database.call.findMany({ select: { ticketId: true } })
    expect(new Set(calls.map(({ ticketId }) => ticketId)).size).toBe(1)
    expect(await database.callback.findMany({ where: { state: 'owed' } })).toEqual([])
    expect(await database.guarantee.findMany({ where: { state: 'kept' } })).toMatchObject([
      { reason: 'put-through' },
    ])
    expect(await triesOf(hotline)).toEqual([])
  })

  it("row 23: while we ring the agent: the agent's telephone stops, the attempt is cancelled, and the caller gets the agent", async () => {
    const hotline = await owed([unreachable('anna', 'never'), agent('anna')])
    const { network, database } = hotline
    await callNow(hotline, 'anna')
    await hotline.runUntil(hotline.at('10:05').add({ seconds: 5 }))
    const [ringing] = network.calls().filter(({ to }) => to === phones.anna)
    expect(ringing?.status).toBe('ringing')
    const call = network.call(caller(phones.mobile, []), hamburg)
    await hotline.runUntil(hotline.at('10:05').add({ seconds: 8 }))
    expect(await triesOf(hotline)).toEqual(['anna: cancelled'])
    expect(ringing?.status).toBe('canceled')
    await hotline.runUntil(hotline.at('11:30'))
    expect(network.transcript(call)).toMatch(/caller and anna are bridged/)
    expect(ringsAt(hotline, phones.mobile)).toBe(0)
    expect(await triesOf(hotline)).toEqual(['anna: cancelled'])
    expect(await database.guarantee.findMany({ where: { state: 'kept' } })).toMatchObject([
      { reason: 'put-through' },
    ])
  })

  it('row 23: while the agent hears what it is about: the agent learns that it is not needed, and the customer is not rung', async () => {
    const hotline = await owed([{ ...anna, talks: 60 }, agent('anna')])
    const { network } = hotline
    await callNow(hotline, 'anna')
    await hotline.runUntil(hotline.at('10:05').add({ seconds: 7 }))
    const [listening] = network.calls().filter(({ to }) => to === phones.anna)
    expect(listening?.status).toBe('in-progress')
    const call = network.call(caller(phones.mobile, []), hamburg)
    await hotline.runUntil(hotline.at('11:30'))
    expect(await triesOf(hotline)).toEqual(['anna: cancelled'])
    expect(ringsAt(hotline, phones.mobile)).toBe(0)
    expect(network.transcript(call)).toMatch(/caller and anna are bridged/)
  })

  it('row 23: while it rings at the customer already: the dial stops, and the caller is led on with the same ticket', async () => {
    const hotline = await owed([{ ...anna, talks: 60 }, agent('anna')])
    const { network, database } = hotline
    network.connect(phones.mobile, unreachable('customer', 'never'))
    await callNow(hotline, 'anna')
    let ringing = false
    for (let second = 0; second < 90 && !ringing; second++) {
      await hotline.runUntil(hotline.clock.now().add({ seconds: 1 }))
      ringing = network.calls().some(({ to, status }) => to === phones.mobile && status === 'ringing')
    }
    expect(ringing).toBe(true)
    const call = network.call(caller(phones.mobile, []), hamburg)
    await hotline.runUntil(hotline.clock.now().add({ seconds: 3 }))
    expect(await triesOf(hotline)).toEqual(['anna: cancelled'])
    expect(network.calls().find(({ to }) => to === phones.mobile)?.status).not.toBe('ringing')
    await hotline.runUntil(hotline.at('11:30'))
    expect(network.transcript(call)).toMatch(/caller and anna are bridged/)
    const calls = await database.call.findMany({ select: { ticketId: true } })
    expect(new Set(calls.map(({ ticketId }) => ticketId)).size).toBe(1)
    expect(await database.callback.findMany({ where: { state: 'owed' } })).toEqual([])
  })

  it.each([0, 1, 2, 3, 4, 5, 6, 7])(
    'row 23: in the very moment in which the attempt is asked for (%i): never both a caller on the line and a callback that rings him',
    async turn => {
      const hotline = await owed([{ ...anna, talks: 60 }, agent('anna')])
      const { network, database } = hotline
      network.knobs.concurrent = true
      network.call(caller(phones.mobile, []), hamburg)
      // The call's first request and the link race for the same rows.
      const pressed = (async () => {
        for (let n = 0; n < turn; n++) await new Promise<void>(resolve => setImmediate(resolve))
        return callNow(hotline, 'anna')
      })()
      await Promise.all([
        pressed,
        hotline.clock.during(pressed),
        hotline.runUntil(hotline.at('10:05').add({ seconds: 10 })),
      ])
      const active = await database.callbackAttempt.count({ where: { activeFor: { not: null } } })
      const open = await database.call.count({ where: { direction: 'in', state: 'open' } })
      expect(open).toBe(1)
      expect(active).toBe(0)
      await hotline.runUntil(hotline.at('11:30'))
      expect(ringsAt(hotline, phones.mobile)).toBe(0)
      expect(await database.callback.findMany({ where: { state: 'owed' } })).toEqual([])
    },
  )
})

// The list of the provider is compared every five minutes, all weekend long: that takes its time.
describe('over the weekend on which the clocks change', { timeout: 180_000 }, () => {
  it.each([
    ['spring, Hamburg', '2026-03-27T16:30', hamburg, '2026-03-30T08:00:00.000Z', 'bis Montag 10 Uhr'],
    ['spring, Woking', '2026-03-27T17:30', woking, '2026-03-30T09:00:00.000Z', 'by 10 am on Monday'],
    ['autumn, Hamburg', '2026-10-23T16:30', hamburg, '2026-10-26T09:00:00.000Z', 'bis Montag 10 Uhr'],
  ])(
    'row 24: a call of Friday 16:30 is promised for Monday 10:00 of wall time, and its stages are those of wall time (%s)',
    async (_, start, number, due, words) => {
      const hotline = await openHotline(start)
      const { network, database } = hotline
      for (const phone of [phones.anna, phones.bernd, phones.emma])
        network.connect(phone, unreachable('agent', 'never'))
      const from = number === woking ? '+442079460777' : phones.mobile
      const call = network.call(caller(from, []), number)
      await hotline.runUntil(hotline.clock.now().add({ minutes: 10 }))
      expect(network.transcript(call)).toContain(words)
      const { id, dueAt } = await database.guarantee.findFirstOrThrow()
      expect(dueAt.toISOString()).toBe(due)
      // 30 of its 120 minutes lie on Friday: half of them are over at nine on Monday, three quarters at half past.
      const monday = Temporal.Instant.from(due)
      await hotline.runUntil(monday.subtract({ minutes: 61 }))
      expect(await database.callback.findFirst()).toMatchObject({ stage: 'assigned' })
      await hotline.runUntil(monday.subtract({ minutes: 59 }))
      expect(await database.callback.findFirst()).toMatchObject({ stage: 'half' })
      await hotline.runUntil(monday.subtract({ minutes: 29 }))
      expect(await database.callback.findFirst()).toMatchObject({ stage: 'three-quarters' })
      await hotline.runUntil(monday.subtract({ minutes: 1 }))
      expect(await database.guarantee.findUnique({ where: { id } })).toMatchObject({ state: 'open' })
      await hotline.runUntil(monday.add({ minutes: 1 }))
      expect(await database.guarantee.findUnique({ where: { id } })).toMatchObject({ state: 'broken' })
    },
  )
})
