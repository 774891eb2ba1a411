import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { PermanentFailure } from '../../../src/desk/failure.ts'
import { applyAttemptEffect } from '../../../src/intake/calls/attempt-effects.ts'
import { type AttemptRequest, recordHandDialled, requestAttempt } from '../../../src/intake/calls/attempts.ts'
import { isDown, queueSecondsOf } from '../../../src/intake/calls/dial-circuit.ts'
import { inTransaction } from '../../../src/store/database.ts'
import {
  type CallbackDesk,
  callbackConfig,
  hotline,
  lost,
  openCallbackDesk,
  phones,
  refused,
} from './callback-desk.ts'

let desk: CallbackDesk
beforeEach(async () => {
  desk = await openCallbackDesk()
})
afterEach(() => desk.close())

async function owed(number?: string) {
  const ticketId = await desk.ticket()
  return { ticketId, ...(await desk.owe(ticketId, number)) }
}

const ring = (callbackId: string, changes: Partial<AttemptRequest> = {}) =>
  requestAttempt(desk.deps, { callbackId, agent: 'anna', by: 'link', ...changes })
const attempt = (callbackId: string) =>
  desk.database.callbackAttempt.findFirstOrThrow({ where: { callbackId }, orderBy: { requestedAt: 'desc' } })
const callback = (id: string) =>
  desk.database.callback.findUniqueOrThrow({ where: { id }, include: { guarantee: true } })

type Effect = Parameters<typeof applyAttemptEffect>[3]
const ended = (outcome: Extract<Effect, { kind: 'attempt-ended' }>['outcome']): Effect => ({
  ...{ kind: 'attempt-ended', outcome, seconds: 12, confirmed: true, unknownNumber: outcome === 'failed' },
})
async function happens(callbackId: string, ...effects: Effect[]) {
  const { id } = await attempt(callbackId)
  const call = { providerId: 'CA1', memory: { attemptId: id, callbackId } }
  for (const effect of effects)
    await inTransaction(desk.database, tx => applyAttemptEffect(desk.deps, tx, call, effect, desk.deps.now()))
}
const rung: Effect[] = [{ kind: 'attempt-started' }, { kind: 'attempt-accepted' }, { kind: 'attempt-rang' }]

describe('ringing for an agent', () => {
  test('rings the agent first, showing our number, with the attempt written down before', async () => {
    const { callbackId } = await owed()
    const seen: string[] = []
    const deps = {
      ...desk.deps,
      step: async (name: string) => {
        seen.push(`${name} ${(await attempt(callbackId)).state} ${desk.carrier.placed.length}`)
      },
    }
    const { result } = await requestAttempt(deps, { callbackId, agent: 'anna', by: 'link' })
    expect(result).toBe('dialling')
    expect(seen).toEqual(['attempt-committed requested 0', 'attempt-placed dialling 1'])
    expect(desk.carrier.placed[0]).toMatchObject({ to: phones.anna, from: hotline })
    const call = await desk.database.call.findFirstOrThrow()
    const { id } = await attempt(callbackId)
    expect(call).toMatchObject({ id, providerId: 'CA1', direction: 'out', step: 'offer', state: 'open' })
    expect(call.memory).toEqual({ attemptId: id, callbackId })
  })

  test('row 21: two workers at once place one call', async () => {
    const { callbackId } = await owed()
    const results = await Promise.all([
      ring(callbackId),
      ring(callbackId, { agent: 'bernd' }),
      ring(callbackId, { agent: 'bernd', by: 'redial' }),
    ])
    expect(results.map(({ result }) => result).toSorted()).toEqual([
      'already-ringing',
      'already-ringing',
      'dialling',
    ])
    expect(desk.carrier.placed).toHaveLength(1)
    expect(await desk.database.callbackAttempt.count()).toBe(1)
  })

  test('an agent is rung for one customer at a time', async () => {
    const [one, other] = [await owed(), await owed('+494066969124')]
    await ring(one.callbackId)
    expect((await ring(other.callbackId)).result).toBe('agent-busy')
  })

  test('nobody is rung who is on the line with us already', async () => {
    const { callbackId, ticketId } = await owed()
    await desk.database.call.create({
      data: {
        ...{ id: ticketId, provider: 'carrier', providerId: 'CA99', direction: 'in', line: 'hotline' },
        ...{ language: 'de', ticketId, number: '+494066969123', rawFrom: '', rawTo: '', state: 'open' },
        ...{ step: 'hunt', arrivedAt: new Date(desk.deps.now().epochMilliseconds) },
      },
    })
    expect((await ring(callbackId)).result).toBe('customer-on-line')
  })

  test('row 36: a premium, emergency or own number is refused, visibly, and no human can allow 110', async () => {
    const results: unknown[] = []
    for (const number of ['+499001234567', '+49110', hotline]) {
      const { callbackId } = await owed(number)
      await desk.database.callback.update({
        where: { id: callbackId },
        data: number === '+49110' ? { allowedBy: { agent: 'anna', reason: 'please' } } : {},
      })
      results.push(await ring(callbackId))
    }
    expect(results).toEqual([
      { result: 'refused', reason: 'premium' },
      { result: 'refused', reason: 'emergency' },
      { result: 'refused', reason: 'own' },
    ])
    expect(await desk.database.refusedDial.count()).toBe(3)
    expect(desk.carrier.placed).toEqual([])
  })

  test('a number outside of the countries is rung once a human has allowed it', async () => {
    const { callbackId } = await owed('+33142685300')
    expect(await ring(callbackId)).toEqual({ result: 'refused', reason: 'country' })
    await desk.database.callback.update({
      where: { id: callbackId },
      data: { allowedBy: { agent: 'anna', reason: 'our customer in Paris' } },
    })
    expect((await ring(callbackId)).result).toBe('dialling')
  })

  test('an agent without a telephone, and a callback that is over, are told apart', async () => {
    const { callbackId } = await owed()
    expect((await ring(callbackId, { agent: 'nobody' })).result).toBe('no-phone')
    await desk.database.callback.update({ where: { id: callbackId }, data: { state: 'done' } })
    expect((await ring(callbackId)).result).toBe('not-owed')
  })
})

test('a callback that the ladder gave up is rung again by an agent only', async () => {
  const { callbackId } = await owed()
  await desk.database.callback.update({
    where: { id: callbackId },
    data: { state: 'unreached', owedFor: null, wakeAt: null },
  })
  expect((await ring(callbackId, { by: 'redial' })).result).toBe('not-owed')
  expect((await ring(callbackId)).result).toBe('dialling')
  await happens(callbackId, ...rung, ended('no-answer'))
  expect(await callback(callbackId)).toMatchObject({ state: 'unreached', retryAt: null, wakeAt: null })
  desk.later({ minutes: 1 })
  await ring(callbackId)
  await happens(callbackId, ...rung, ended('answered'))
  expect(await callback(callbackId)).toMatchObject({ state: 'done', attempts: 2 })
})

describe('what the provider does not do', () => {
  test('row 19: a request without an answer leaves the attempt unknown, and nobody rings again', async () => {
    const { callbackId } = await owed()
    desk.carrier.failures.push(lost())
    expect((await ring(callbackId)).result).toBe('unknown')
    expect(await attempt(callbackId)).toMatchObject({ state: 'unknown', activeFor: callbackId })
    expect((await ring(callbackId, { agent: 'bernd' })).result).toBe('already-ringing')
  })

  test('a request that was refused ends the attempt, and another try may follow', async () => {
    const { callbackId } = await owed()
    desk.carrier.failures.push(refused())
    expect((await ring(callbackId)).result).toBe('not-placed')
    expect(await attempt(callbackId)).toMatchObject({ outcome: 'not-placed', activeFor: null })
    expect(await callback(callbackId)).toMatchObject({ attempts: 0, firstAttemptAt: null })
    expect((await ring(callbackId)).result).toBe('dialling')
  })

  test('row 34: after three failures agents dial by hand and one alarm is given; five minutes later it is tried again', async () => {
    const { callbackId } = await owed()
    desk.carrier.failures.push(refused(), refused(), refused())
    for (let i = 0; i < 3; i++) {
      await ring(callbackId)
      desk.later({ seconds: 20 })
    }
    expect((await ring(callbackId)).result).toBe('cannot-dial')
    const alarms = await desk.database.letter.findMany({ where: { kind: 'alarm' } })
    expect(alarms.map(({ data }) => data)).toMatchObject([{ event: 'phone-down' }])
    desk.later({ minutes: 5 })
    expect((await ring(callbackId)).result).toBe('dialling')
  })

  test('row 22: how long calls wait in the queue of the provider is measured, so that tries begin earlier', async () => {
    expect(await queueSecondsOf(desk.database, 'carrier', desk.deps.now())).toBe(0)
    const { callbackId } = await owed()
    await ring(callbackId)
    desk.later({ seconds: 50 })
    await happens(callbackId, { kind: 'attempt-started' })
    expect(await queueSecondsOf(desk.database, 'carrier', desk.deps.now())).toBe(50)
    desk.later({ minutes: 10 })
    expect(await queueSecondsOf(desk.database, 'carrier', desk.deps.now())).toBe(0)
  })

  test('a request that can never succeed is no outage', async () => {
    const { callbackId } = await owed()
    for (let i = 0; i < 3; i++) {
      desk.carrier.failures.push(new PermanentFailure('phone', 'not permitted'))
      await ring(callbackId)
    }
    expect(await isDown(desk.database, 'carrier', desk.deps.now())).toBe(false)
  })
})

describe('what an attempt does to the promise', () => {
  test("the customer's telephone rang with an agent on the line: the promise is kept, the callback goes on", async () => {
    const { callbackId } = await owed()
    await ring(callbackId)
    desk.later({ minutes: 10 })
    await happens(callbackId, ...rung)
    const now = new Date(desk.deps.now().epochMilliseconds)
    expect(await callback(callbackId)).toMatchObject({
      ...{ state: 'owed', attempts: 1, firstAttemptAt: now, firstContactAt: null },
      guarantee: { state: 'kept', reason: 'attempt', endedAt: now },
    })
  })

  test('too late it keeps nothing', async () => {
    const { callbackId } = await owed()
    await ring(callbackId)
    desk.later({ minutes: 121 })
    await happens(callbackId, ...rung)
    expect((await callback(callbackId)).guarantee.state).toBe('open')
    await happens(callbackId, ended('answered'))
    expect((await callback(callbackId)).guarantee).toMatchObject({ state: 'broken', reason: 'too-late' })
  })

  test.each([
    ['no-answer', 1, 15],
    ['busy', 1, 5],
    ['mailbox', 1, 30],
    ['refused', 1, 15],
    ['not-taken', 0, 5],
  ] as const)(
    'row 18: %s counts %i attempts and is tried again after %i minutes',
    async (outcome, counted, pause) => {
      const { callbackId, ticketId } = await owed()
      await ring(callbackId)
      await happens(callbackId, { kind: 'attempt-started' }, ended(outcome))
      const row = await callback(callbackId)
      expect(row).toMatchObject({ state: 'owed', attempts: counted })
      expect(row.retryAt?.getTime()).toBe(desk.deps.now().add({ minutes: pause }).epochMilliseconds)
      expect(await desk.history(ticketId)).toContain('callback-attempt')
    },
  )

  test('a mailbox is told to the customer once', async () => {
    const { callbackId, ticketId } = await owed()
    for (let i = 0; i < 2; i++) {
      await ring(callbackId)
      await happens(callbackId, ...rung, ended('mailbox'))
      desk.later({ minutes: 30 })
    }
    const told = (await desk.history(ticketId)).filter(kind => /customer-told|no-confirmation/.test(kind))
    expect(told).toHaveLength(1)
  })

  test('a conversation ends the callback; what is told of the attempt later changes nothing', async () => {
    const { callbackId } = await owed()
    await ring(callbackId)
    await happens(callbackId, ...rung, ended('answered'), ended('busy'))
    expect(await callback(callbackId)).toMatchObject({ state: 'done', owedFor: null, attempts: 1 })
    expect((await attempt(callbackId)).outcome).toBe('answered')
  })

  test('a conversation alone keeps the promise where the desk wants it so', async () => {
    await desk.close()
    const { phone } = callbackConfig
    if (!phone) throw new Error('the desk has a telephone')
    const strict = {
      ...callbackConfig,
      phone: { ...phone, callback: { ...phone.callback, keptBy: 'contact' as const } },
    }
    desk = await openCallbackDesk(strict)
    const { callbackId } = await owed()
    await ring(callbackId)
    await happens(callbackId, ...rung)
    expect((await callback(callbackId)).guarantee.state).toBe('open')
    await happens(callbackId, ended('answered'))
    expect((await callback(callbackId)).guarantee).toMatchObject({ state: 'kept', reason: 'contact' })
  })

  test('a call that the agent dialled counts as one of ours', async () => {
    const { callbackId, ticketId } = await owed()
    const said = { callbackId, agent: 'bernd', remark: 'Anrufbeantworter\u0007' }
    expect(await recordHandDialled(desk.deps, { ...said, outcome: 'mailbox' })).toMatchObject({
      result: 'recorded',
    })
    expect(await callback(callbackId)).toMatchObject({ attempts: 1, guarantee: { state: 'kept' } })
    await recordHandDialled(desk.deps, { ...said, outcome: 'answered', remark: '' })
    expect(await callback(callbackId)).toMatchObject({ state: 'done', attempts: 2 })
    expect(await desk.history(ticketId)).toContain('callback-remark')
    expect((await recordHandDialled(desk.deps, { ...said, outcome: 'busy' })).result).toBe('not-owed')
  })
})
