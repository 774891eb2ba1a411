import { afterEach, beforeEach, expect, test } from 'vitest'
import { TransientFailure } from '../../../src/desk/failure.ts'
import type { ProviderCall } from '../../../src/desk/phone/provider.ts'
import { requestAttempt } from '../../../src/intake/calls/attempts.ts'
import { reconcileCalls } from '../../../src/intake/calls/reconcile.ts'
import { takeInCall } from '../../../src/intake/calls/take-in-call.ts'
import { type CallbackDesk, customer, hotline, nine, openCallbackDesk, phones } from './callback-desk.ts'

let desk: CallbackDesk
beforeEach(async () => {
  desk = await openCallbackDesk()
})
afterEach(() => desk.close())

const inbound = (changes: Partial<ProviderCall> = {}): ProviderCall => ({
  ...{ providerId: 'CA1', direction: 'in', from: customer, to: hotline, state: 'completed', seconds: 20 },
  startedAt: nine.subtract({ minutes: 30 }),
  ...changes,
})

test('row 4: a call of which every word was lost becomes a ticket with a promise from its own time, once', async () => {
  desk.carrier.calls = [inbound()]
  expect(await reconcileCalls(desk.deps)).toMatchObject({ lines: 1, listed: 1, created: 1, failed: [] })
  const guarantee = await desk.database.guarantee.findFirstOrThrow({ where: { kind: 'callback' } })
  expect(guarantee.startedAt.toISOString()).toBe('2026-11-20T07:30:00.000Z')
  expect(guarantee.dueAt.toISOString()).toBe('2026-11-20T09:30:00.000Z')
  desk.later({ minutes: 5 })
  expect(await reconcileCalls(desk.deps)).toMatchObject({ listed: 1, created: 0 })
  expect(await desk.database.ticket.count()).toBe(1)
})

test('a call whose end was never told ends as the list says', async () => {
  desk.carrier.calls = [inbound({ state: 'open', seconds: null })]
  expect(await reconcileCalls(desk.deps)).toMatchObject({ created: 1, ended: 0 })
  expect((await desk.database.call.findFirst())?.state).toBe('open')
  desk.carrier.calls = [inbound()]
  desk.later({ minutes: 5 })
  expect(await reconcileCalls(desk.deps)).toMatchObject({ created: 0, ended: 1 })
  expect((await desk.database.call.findFirst())?.state).toBe('ended')
})

test('a call of which nobody knows anything any more is settled after the longest conversation', async () => {
  desk.carrier.calls = [inbound({ state: 'open', seconds: null })]
  await reconcileCalls(desk.deps)
  desk.carrier.calls = []
  desk.later({ minutes: 40 })
  expect((await reconcileCalls(desk.deps)).settled).toBe(0)
  desk.later({ minutes: 40 })
  expect((await reconcileCalls(desk.deps)).settled).toBe(1)
  expect((await desk.database.call.findFirst())?.state).toBe('ended')
})

test('an attempt whose call ended unheard is over as well', async () => {
  const { callbackId } = await desk.owe(await desk.ticket())
  await requestAttempt(desk.deps, { callbackId, agent: 'anna', by: 'link' })
  const [request] = desk.carrier.placed
  desk.carrier.calls = [
    {
      ...{
        providerId: 'CA1',
        direction: 'out',
        from: hotline,
        to: phones.anna,
        state: 'no-answer',
        seconds: 0,
      },
      startedAt: nine,
    },
  ]
  desk.later({ minutes: 5 })
  expect((await reconcileCalls(desk.deps)).ended).toBe(1)
  expect(await desk.database.callbackAttempt.findFirst()).toMatchObject({
    ...{ id: request?.attemptId, state: 'ended', outcome: 'not-taken', activeFor: null },
  })
})

test('row 35: deadlines go by our clock, the provider keeps its own as evidence', async () => {
  const providerAt = nine.add({ hours: 5 })
  const told = { provider: 'carrier', providerId: 'CA9', from: customer, to: hotline, payload: {} }
  await takeInCall(desk.deps, {
    ...{ ...told, kind: 'ended', key: 'CA9:status:completed', direction: 'in', result: 'completed' },
    ...{ at: nine, providerAt, seconds: 3, unknownNumber: false },
  })
  desk.carrier.listCalls = async () => [inbound({ from: '+494066969124', startedAt: nine.add({ hours: 5 }) })]
  desk.later({ minutes: 1 })
  expect((await reconcileCalls(desk.deps)).created).toBe(1)
  const started = await desk.database.guarantee.findMany({
    where: { kind: 'callback' },
    orderBy: { startedAt: 'asc' },
  })
  expect(started.map(({ startedAt }) => startedAt.toISOString())).toEqual([
    '2026-11-20T08:00:00.000Z',
    '2026-11-20T08:01:00.000Z',
  ])
  const event = await desk.database.callEvent.findFirstOrThrow({ where: { key: 'CA9:status:completed' } })
  expect(event.providerAt?.getTime()).toBe(providerAt.epochMilliseconds)
})

test('a call that has only just begun is left to its own news', async () => {
  desk.carrier.calls = [inbound({ state: 'open', startedAt: nine.subtract({ seconds: 20 }) })]
  expect((await reconcileCalls(desk.deps)).created).toBe(0)
})

test('a list that cannot be read is reported, and read from the same place later', async () => {
  desk.carrier.calls = [inbound()]
  const { listCalls } = desk.carrier
  desk.carrier.listCalls = () => Promise.reject(new TransientFailure('phone', 'HTTP 503'))
  expect(await reconcileCalls(desk.deps)).toMatchObject({ lines: 0, failed: ['hotline'] })
  desk.carrier.listCalls = listCalls
  desk.later({ minutes: 120 })
  expect((await reconcileCalls(desk.deps)).created).toBe(1)
})
