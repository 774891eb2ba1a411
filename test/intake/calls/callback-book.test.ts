import { afterEach, beforeEach, expect, test } from 'vitest'
import { requestAttempt } from '../../../src/intake/calls/attempts.ts'
import { cancelAttempts, endCallback } from '../../../src/intake/calls/callback-book.ts'
import { inTransaction } from '../../../src/store/database.ts'
import { type CallbackDesk, openCallbackDesk } from './callback-desk.ts'

let desk: CallbackDesk
beforeEach(async () => {
  desk = await openCallbackDesk()
})
afterEach(() => desk.close())

const end = (ticketId: string, how: Parameters<typeof endCallback>[1]['how']) =>
  inTransaction(desk.database, tx => endCallback(tx, { ticketId, how, at: desk.deps.now() }))
const promiseOf = async (guaranteeId: string) => {
  const { state, reason } = await desk.database.guarantee.findUniqueOrThrow({ where: { id: guaranteeId } })
  return { state, reason }
}

test('a caller is promised a call with its deadline and how it came about', async () => {
  desk.clock('2026-11-20T16:30')
  const ticketId = await desk.ticket()
  const { guaranteeId, dueAt } = await desk.owe(ticketId)
  expect(dueAt.toString()).toBe('2026-11-23T09:00:00Z')
  const guarantee = await desk.database.guarantee.findUniqueOrThrow({ where: { id: guaranteeId } })
  expect(guarantee).toMatchObject({ kind: 'callback', state: 'open', ticketId })
  expect(guarantee.derivation).toHaveLength(4)
  expect(await desk.database.ticketPhone.count({ where: { ticketId } })).toBe(1)
  expect(await desk.history(ticketId)).toEqual(['callback-owed'])
})

test('a ticket has one promise: another number changes it, its deadline stays, and what was allowed counts no more', async () => {
  const ticketId = await desk.ticket()
  const first = await desk.owe(ticketId)
  await desk.database.callback.update({
    where: { id: first.callbackId },
    data: { allowedBy: { agent: 'anna', reason: 'known' } },
  })
  desk.later({ minutes: 30 })
  expect(await desk.owe(ticketId, '+494066969124')).toEqual(first)
  const callback = await desk.database.callback.findUniqueOrThrow({ where: { id: first.callbackId } })
  expect(callback).toMatchObject({ number: '+494066969124', allowedBy: null })
  expect(await desk.database.guarantee.count()).toBe(1)
})

test.each([
  ['connected', 'kept', 'put-through', 'done'],
  ['called', 'kept', 'contact', 'done'],
  ['closed', 'withdrawn', 'closed', 'withdrawn'],
  ['joined', 'withdrawn', 'joined', 'withdrawn'],
  ['unreachable', 'withdrawn', 'unreachable', 'withdrawn'],
] as const)('a promise that ends as %s is %s', async (how, state, reason, left) => {
  const ticketId = await desk.ticket()
  const { guaranteeId, callbackId } = await desk.owe(ticketId)
  expect(await end(ticketId, how)).toBe(true)
  expect(await promiseOf(guaranteeId)).toEqual({ state, reason })
  const callback = await desk.database.callback.findUniqueOrThrow({ where: { id: callbackId } })
  expect(callback).toMatchObject({ state: left, owedFor: null, wakeAt: null })
  expect(await end(ticketId, how)).toBe(false)
  expect(await desk.history(ticketId)).toEqual(['callback-owed', 'callback-ended'])
})

test.each(['connected', 'closed'] as const)('what comes too late does not keep a promise: %s', async how => {
  const ticketId = await desk.ticket()
  const { guaranteeId } = await desk.owe(ticketId)
  desk.later({ minutes: 121 })
  await end(ticketId, how)
  expect(await promiseOf(guaranteeId)).toEqual({ state: 'broken', reason: 'too-late' })
})

test('row 23: a customer who rings in ends the attempt to ring them, and the promise goes on', async () => {
  const ticketId = await desk.ticket()
  const { callbackId } = await desk.owe(ticketId)
  const asked = await requestAttempt(desk.deps, { callbackId, agent: 'anna', by: 'link' })
  expect(asked.result).toBe('dialling')
  const hangUps = await inTransaction(desk.database, tx =>
    cancelAttempts(desk.deps, tx, [ticketId], desk.deps.now()),
  )
  expect(hangUps).toEqual(['CA1'])
  const [attempt] = await desk.database.callbackAttempt.findMany()
  expect(attempt).toMatchObject({ state: 'ended', outcome: 'cancelled', activeFor: null })
  expect((await desk.database.call.findFirst())?.state).toBe('ended')
  expect((await desk.database.callback.findFirst())?.state).toBe('owed')
  const again = await inTransaction(desk.database, tx =>
    cancelAttempts(desk.deps, tx, [ticketId], desk.deps.now()),
  )
  expect(again).toEqual([])
})

test('an agent and a customer who speak with each other are not cut off by a colleague ringing in', async () => {
  const ticketId = await desk.ticket()
  const { callbackId } = await desk.owe(ticketId)
  await requestAttempt(desk.deps, { callbackId, agent: 'anna', by: 'link' })
  const call = await desk.database.call.findFirstOrThrow()
  const rangAt = new Date(desk.deps.now().epochMilliseconds)
  await desk.database.callLeg.create({
    data: {
      ...{ id: callbackId, callId: call.id, party: 'customer', number: call.number ?? '', state: 'answered' },
      rangAt,
    },
  })
  const hangUps = await inTransaction(desk.database, tx =>
    cancelAttempts(desk.deps, tx, [ticketId], desk.deps.now()),
  )
  expect(hangUps).toEqual([])
  expect((await desk.database.callbackAttempt.findFirst())?.state).toBe('dialling')
})
