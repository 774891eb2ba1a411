import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { recordHandDialled, requestAttempt } from '../../../src/intake/calls/attempts.ts'
import { wakeCallbacks } from '../../../src/intake/calls/wake-callbacks.ts'
import { type CallbackDesk, customer, hotline, lost, openCallbackDesk, phones } from './callback-desk.ts'

let desk: CallbackDesk
beforeEach(async () => {
  desk = await openCallbackDesk()
})
afterEach(() => desk.close())

const callback = (id: string) =>
  desk.database.callback.findUniqueOrThrow({ where: { id }, include: { guarantee: true } })
/** Recipient and reason of the tasks that agents got, oldest first. */
async function tasks() {
  const letters = await desk.database.letter.findMany({
    where: { kind: 'callback-task' },
    orderBy: [{ createdAt: 'asc' }, { recipient: 'asc' }],
  })
  return letters.map(({ recipient, data }) => {
    const { about } = data as { about: string }
    return `${recipient.split('@')[0]}: ${about}`
  })
}
const wall = (at: Temporal.Instant | null) =>
  at?.toZonedDateTimeISO('Europe/Berlin').toPlainDateTime().toString({ smallestUnit: 'minute' })
async function wakeAt(time: string) {
  desk.clock(time)
  return wall((await wakeCallbacks(desk.deps)).nextAt)
}

describe('a promise and its clock', () => {
  test('row 25: promised on Friday at 16:30, watched over on Monday, broken at 10:00 with a new promise', async () => {
    desk.clock('2026-11-20T16:30')
    const ticketId = await desk.ticket()
    const { callbackId, guaranteeId } = await desk.owe(ticketId)
    expect(await wakeAt('2026-11-20T16:30')).toBe('2026-11-23T09:00')
    expect(await wakeAt('2026-11-23T09:00')).toBe('2026-11-23T09:30')
    expect(await wakeAt('2026-11-23T09:30')).toBe('2026-11-23T10:00')
    expect(await wakeAt('2026-11-23T10:00')).toBe('2026-11-23T11:00')
    expect(await tasks()).toEqual([
      'anna: assigned',
      'anna: half',
      'anna: three-quarters',
      'bernd: three-quarters',
      'anna: broken',
      'bernd: broken',
    ])
    const broken = await desk.database.guarantee.findUniqueOrThrow({ where: { id: guaranteeId } })
    expect(broken).toMatchObject({ state: 'broken', reason: 'too-late' })
    const { guarantee } = await callback(callbackId)
    expect(guarantee).toMatchObject({ state: 'open', dueAt: new Date('2026-11-23T11:00:00Z') })
    expect((await desk.database.ticket.findUniqueOrThrow({ where: { id: ticketId } })).level).toBe(2)
    expect(await desk.history(ticketId)).toEqual(
      expect.arrayContaining(['callback-owed', 'callback-assigned', 'callback-broken']),
    )
  })

  test('a callback is woken once however many workers look, and not before its time', async () => {
    for (let i = 0; i < 6; i++) await desk.owe(await desk.ticket(), `+49406696912${i}`)
    const workers = await Promise.all([1, 2, 3].map(() => wakeCallbacks(desk.deps)))
    expect(workers.reduce((sum, { woken }) => sum + woken, 0)).toBe(6)
    expect(await tasks()).toHaveLength(6)
    expect((await wakeCallbacks(desk.deps)).woken).toBe(0)
  })

  test('callbacks are spread over those on duty', async () => {
    for (let i = 0; i < 4; i++) await desk.owe(await desk.ticket(), `+49406696912${i}`)
    await wakeCallbacks(desk.deps)
    expect((await tasks()).toSorted()).toEqual([
      'anna: assigned',
      'anna: assigned',
      'bernd: assigned',
      'bernd: assigned',
    ])
  })

  test('after a standstill over the weekend everybody hears of it once', async () => {
    const ticketId = await desk.ticket()
    await desk.owe(ticketId)
    expect(await wakeAt('2026-11-21T03:00')).toBe('2026-11-23T08:30')
    expect(await tasks()).toEqual([])
    await wakeAt('2026-11-23T08:30')
    expect(await tasks()).toEqual(['anna: broken', 'bernd: broken'])
  })

  test('one that cannot be decided is reported and does not hold up the others', async () => {
    const { guaranteeId } = await desk.owe(await desk.ticket())
    // Nobody knows the holidays of that year.
    const dueAt = new Date('2199-12-31T12:00:00Z')
    await desk.database.guarantee.update({ where: { id: guaranteeId }, data: { dueAt } })
    desk.later({ seconds: 1 })
    await desk.owe(await desk.ticket(), '+494066969124')
    await expect(wakeCallbacks(desk.deps)).rejects.toThrow('1 callbacks could not be decided')
    expect(await tasks()).toEqual(['anna: assigned'])
  })

  test('with nobody there the administrators hear of it, and whoever comes back gets it', async () => {
    const { callbackId } = await desk.owe(await desk.ticket())
    for (const [i, agent] of ['anna', 'bernd'].entries()) {
      await desk.database.inbound.create({
        data: {
          ...{
            channel: 'mail',
            mailbox: 'support',
            folder: 'INBOX',
            uidValidity: 1n,
            uid: BigInt(i),
            size: 1n,
          },
          ...{
            rawSha256: '',
            classification: 'absence',
            fingerprint: agent,
            outcome: 'noted',
            rule: '',
            trail: [],
          },
          ...{ receivedAt: new Date(), takenInAt: new Date() },
          id: BigInt(i + 1),
        },
      })
      await desk.database.absence.create({
        data: {
          ...{ agent, inboundId: BigInt(i + 1), fromAt: new Date('2026-11-19T00:00:00Z') },
          untilAt: new Date('2026-11-20T09:00:00Z'),
        },
      })
    }
    expect(await wakeAt('2026-11-20T09:00')).toBe('2026-11-20T09:05')
    await wakeAt('2026-11-20T09:05')
    const alarms = await desk.database.letter.findMany({ where: { kind: 'alarm' } })
    expect(alarms.map(({ data }) => data)).toMatchObject([{ event: 'nobody-on-duty' }])
    await wakeAt('2026-11-20T10:00')
    expect((await callback(callbackId)).agent).toBe('anna')
  })
})

describe('the ladder', () => {
  const missed = (callbackId: string) =>
    recordHandDialled(desk.deps, { callbackId, agent: 'anna', outcome: 'no-answer', remark: '' })

  test('rings the agent again when the pause is over, and hands over to humans after the last attempt', async () => {
    const ticketId = await desk.ticket()
    const { callbackId } = await desk.owe(ticketId)
    await wakeAt('2026-11-20T09:00')
    desk.clock('2026-11-20T09:10')
    await missed(callbackId)
    expect(await wakeAt('2026-11-20T09:10')).toBe('2026-11-20T09:25')
    await wakeAt('2026-11-20T09:25')
    expect(desk.carrier.placed.map(({ to }) => to)).toEqual([phones.anna])
    await desk.database.callbackAttempt.updateMany({ data: { state: 'ended', activeFor: null } })
    for (let i = 0; i < 3; i++) await missed(callbackId)
    expect(await wakeAt('2026-11-20T09:30')).toBeUndefined()
    expect(await callback(callbackId)).toMatchObject({
      ...{ state: 'unreached', owedFor: null },
      guarantee: { state: 'kept' },
    })
    expect((await tasks()).slice(-2)).toEqual(['anna: unreached', 'bernd: unreached'])
    expect(await desk.history(ticketId)).toContain('callback-unreached')
  })

  test('row 19: an attempt of unknown fate that the provider knows goes on, and is not dialled again', async () => {
    const { callbackId } = await desk.owe(await desk.ticket())
    desk.carrier.failures.push(lost())
    await requestAttempt(desk.deps, { callbackId, agent: 'anna', by: 'link' })
    desk.carrier.calls = [
      {
        ...{
          providerId: 'CA77',
          direction: 'out',
          from: hotline,
          to: phones.anna,
          state: 'open',
          seconds: null,
        },
        startedAt: desk.deps.now().add({ seconds: 1 }),
      },
    ]
    desk.later({ seconds: 20 })
    await wakeCallbacks(desk.deps)
    expect(await desk.database.callbackAttempt.findFirst()).toMatchObject({
      ...{ state: 'dialling', providerId: 'CA77' },
    })
    expect((await desk.database.call.findFirst())?.providerId).toBe('CA77')
    expect(desk.carrier.placed).toHaveLength(1)
  })

  test('row 19: one that the provider does not know is over after two minutes, and may be tried again', async () => {
    const { callbackId } = await desk.owe(await desk.ticket())
    desk.carrier.failures.push(lost())
    await requestAttempt(desk.deps, { callbackId, agent: 'anna', by: 'link' })
    desk.later({ seconds: 60 })
    await wakeCallbacks(desk.deps)
    expect((await desk.database.callbackAttempt.findFirst())?.state).toBe('unknown')
    desk.later({ seconds: 60 })
    await wakeCallbacks(desk.deps)
    expect(await desk.database.callbackAttempt.findFirst()).toMatchObject({
      ...{ state: 'ended', outcome: 'not-placed', activeFor: null },
    })
    desk.later({ seconds: 60 })
    await wakeCallbacks(desk.deps)
    expect(desk.carrier.placed).toHaveLength(2)
  })

  test('row 20: a process that died before it dialled holds nobody up for longer than two minutes', async () => {
    const { callbackId } = await desk.owe(await desk.ticket())
    const dies = {
      ...desk.deps,
      step: (name: string) => {
        if (name === 'attempt-committed') throw new Error('power cut')
      },
    }
    await expect(requestAttempt(dies, { callbackId, agent: 'anna', by: 'link' })).rejects.toThrow('power cut')
    desk.later({ seconds: 90 })
    await wakeCallbacks(desk.deps)
    expect(desk.carrier.placed).toEqual([])
    desk.later({ seconds: 60 })
    await wakeCallbacks(desk.deps)
    expect((await desk.database.callbackAttempt.findFirst())?.outcome).toBe('not-placed')
    desk.later({ seconds: 60 })
    await wakeCallbacks(desk.deps)
    expect(desk.carrier.placed).toHaveLength(1)
  })

  test('nothing is rung while the customer is on the line', async () => {
    const ticketId = await desk.ticket()
    const { callbackId } = await desk.owe(ticketId)
    await missed(callbackId)
    await desk.database.call.create({
      data: {
        ...{ id: ticketId, provider: 'carrier', providerId: 'CA99', direction: 'in', line: 'hotline' },
        ...{
          language: 'de',
          ticketId,
          number: customer,
          rawFrom: '',
          rawTo: '',
          state: 'open',
          step: 'hunt',
        },
        arrivedAt: new Date(desk.deps.now().epochMilliseconds),
      },
    })
    expect(await wakeAt('2026-11-20T09:20')).toBe('2026-11-20T09:21')
    expect(desk.carrier.placed).toEqual([])
  })
})
