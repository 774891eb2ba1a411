import { afterEach, beforeEach, expect, it } from 'vitest'
import { configSchema } from '../../src/config/schema.ts'
import { PermanentFailure, TransientFailure } from '../../src/desk/failure.ts'
import type { CallEvent } from '../../src/desk/phone/call-event.ts'
import { recordHandDialled, requestAttempt } from '../../src/intake/calls/attempts.ts'
import type { CallDeps } from '../../src/intake/calls/call-deps.ts'
import { reconcileCalls } from '../../src/intake/calls/reconcile.ts'
import { takeInCall } from '../../src/intake/calls/take-in-call.ts'
import { wakeCallbacks } from '../../src/intake/calls/wake-callbacks.ts'
import {
  type CallbackDesk,
  callbackConfig,
  hotline,
  openCallbackDesk,
  phones,
} from '../intake/calls/callback-desk.ts'

/** Providers that forget, owners who change the configuration, and events that are not what they seem. */

let desk: CallbackDesk
beforeEach(async () => {
  desk = await openCallbackDesk()
})
afterEach(() => desk.close())

const mobile = '+491713920051'

type Told = CallEvent extends infer Event
  ? Event extends CallEvent
    ? Omit<Event, 'provider' | 'at' | 'providerAt' | 'payload'>
    : never
  : never

const tell = (told: Told, deps: CallDeps = desk.deps, provider = 'carrier') =>
  takeInCall(deps, { ...told, provider, at: deps.now(), providerAt: null, payload: {} } as CallEvent)

const arrives = (providerId: string, from = mobile) =>
  tell({
    ...{ kind: 'arrived', providerId, key: `${providerId}:arrived`, direction: 'in', from, to: hotline },
    ...{ callerName: '', continues: null, user: null },
  })

const hangsUp = (providerId: string, from = mobile) =>
  tell({
    ...{ kind: 'ended', providerId, key: `${providerId}:status:completed`, result: 'completed', seconds: 4 },
    ...{ from, to: hotline, direction: 'in', unknownNumber: false },
  })

const presses = async (providerId: string, digits: string) => {
  const { id: callId, turn } = await desk.database.call.findFirstOrThrow({ where: { providerId } })
  return tell({
    ...{ kind: 'keys', providerId, callId, key: `${callId}:keys:${turn}`, turn, legId: null, digits },
  })
}

/** Through the menus to an agent whose telephone rings; gives the ids that the agent's events need. */
async function putThrough(providerId: string): Promise<{ callId: string; legId: string; turn: number }> {
  await arrives(providerId)
  for (let step = 0; step < 8; step++) {
    const call = await desk.database.call.findFirstOrThrow({ where: { providerId }, include: { legs: true } })
    const [leg] = call.legs
    if (leg) return { callId: call.id, legId: leg.id, turn: call.turn }
    await presses(providerId, call.step === 'severity' ? '1' : '')
  }
  throw new Error('nobody was rung')
}

const accepts = async (
  providerId: string,
  { callId, legId, turn }: { callId: string; legId: string; turn: number },
) => {
  const leg = `${callId}:leg:${legId}`
  await tell({ kind: 'leg-answered', providerId, callId, key: `${leg}:answered`, legId, mailbox: false })
  await tell({ kind: 'keys', providerId, callId, key: `${leg}:keys:${turn}`, turn, legId, digits: '1' })
}

/** The same desk with another configuration, as after a restart. */
const restarted = (changes: Parameters<typeof configSchema.parse>[0]): CallDeps => ({
  ...desk.deps,
  config: configSchema.parse({ ...callbackConfig, ...(changes as object) }),
})

it('takes no word of one provider about a call of another', async () => {
  const { callId } = await arrives('CA1')
  const other = configSchema.parse({
    ...callbackConfig,
    phone: {
      ...callbackConfig.phone,
      providers: {
        ...callbackConfig.phone?.providers,
        other: { kind: 'cti', token: 'a-token-of-more-than-24-letters' },
      },
    },
  })
  const deps = {
    ...desk.deps,
    config: other,
    providers: new Map([...desk.deps.providers, ['other', desk.carrier]]),
  }
  const forged = tell(
    { kind: 'keys', providerId: 'CA1', callId: callId ?? '', key: 'x', turn: 1, legId: null, digits: '0' },
    deps,
    'other',
  )
  await expect(forged).rejects.toThrow('nothing is known yet')
  await tell(
    {
      ...{
        kind: 'ended',
        providerId: 'CA1',
        callId: callId ?? '',
        key: 'y',
        result: 'completed',
        seconds: 1,
      },
      ...{ from: mobile, to: hotline, direction: 'in', unknownNumber: false },
    },
    deps,
    'other',
  )
  expect(await desk.database.call.findFirst({ where: { id: callId ?? '' } })).toMatchObject({
    state: 'open',
    turn: 1,
  })
})

it('says of a call id that is none that nothing is known of it', async () => {
  const forged = tell({
    ...{ kind: 'keys', providerId: 'CA1', callId: 'no-uuid', key: 'x', turn: 1, legId: null, digits: '0' },
  })
  await expect(forged).rejects.toMatchObject({ code: 'phone' })
})

it('judges a promise by when the agent took the call, not by when they had finished speaking', async () => {
  desk.clock('2026-11-20T09:00')
  await arrives('CA1')
  await hangsUp('CA1')
  desk.clock('2026-11-20T10:55')
  const leg = await putThrough('CA2')
  await accepts('CA2', leg)
  desk.clock('2026-11-20T11:20')
  const { callId, legId } = leg
  const turn = leg.turn
  await tell({
    ...{ kind: 'leg-ended', providerId: 'CA2', callId, key: `${callId}:leg:${legId}:ended`, legId, turn },
    ...{ result: 'completed', bridged: true, seconds: 1500 },
  })
  const promises = await desk.database.guarantee.findMany({ where: { kind: 'callback' } })
  expect(promises.map(({ state, reason }) => [state, reason])).toEqual([['kept', 'put-through']])
})

it('brings a call to its end whose agent had accepted and of whom nothing more is told', async () => {
  const leg = await putThrough('CA1')
  await accepts('CA1', leg)
  desk.later({ minutes: 3 })
  await hangsUp('CA1')
  desk.later({ minutes: 10 })
  await reconcileCalls(desk.deps)
  expect(await desk.database.call.findFirst({ where: { providerId: 'CA1' } })).toMatchObject({
    state: 'ended',
    outcome: 'abandoned',
  })
  const callback = await desk.database.callback.findFirstOrThrow()
  expect(callback.wakeAt?.getTime()).toBeLessThanOrEqual(desk.deps.now().epochMilliseconds)
})

it('goes on with calls and promises whose line was taken out of the configuration', async () => {
  const { callId } = await arrives('CA1')
  const { turn } = await desk.database.call.findFirstOrThrow()
  const lines = { new: { ...callbackConfig.phone?.lines.hotline, number: '+4940999999' } }
  const deps = restarted({ phone: { ...callbackConfig.phone, lines } })
  const said = await tell(
    { kind: 'keys', providerId: 'CA1', callId: callId ?? '', key: 'k', turn, legId: null, digits: '' },
    deps,
  )
  expect(said.result).toBe('new')
  await takeInCall(deps, {
    ...{
      kind: 'ended',
      provider: 'carrier',
      providerId: 'CA1',
      key: 'CA1:end',
      result: 'completed',
      seconds: 4,
    },
    ...{ from: mobile, to: hotline, direction: 'in', unknownNumber: false },
    ...{ at: deps.now(), providerAt: null, payload: {} },
  })
  await wakeCallbacks(deps)
  expect(await desk.database.callback.findFirst()).toMatchObject({ state: 'owed', stage: 'assigned' })
  expect(await desk.database.letter.count({ where: { kind: 'callback-task' } })).toBe(1)
})

it('ends calls of a provider that was taken out of the configuration, and others with them', async () => {
  await arrives('CA1')
  const deps = { ...desk.deps, providers: new Map() }
  desk.later({ minutes: 100 })
  expect((await reconcileCalls(deps)).settled).toBe(1)
  expect((await desk.database.call.findFirst())?.state).toBe('ended')
})

it('settles the other calls where one cannot be settled', async () => {
  await arrives('CA1')
  await arrives('CA2', '+491713920052')
  await desk.database.call.updateMany({
    where: { providerId: 'CA1' },
    data: { memory: { callbackId: 'none' } },
  })
  desk.later({ minutes: 100 })
  await expect(reconcileCalls(desk.deps)).rejects.toThrow(AggregateError)
  expect((await desk.database.call.findFirst({ where: { providerId: 'CA2' } }))?.state).toBe('ended')
})

it('does not wait for ever for a provider that refuses to say what became of an attempt', async () => {
  const { callbackId } = await desk.owe(await desk.ticket())
  desk.carrier.failures.push(new TransientFailure('unsure', 'no answer'))
  await requestAttempt(desk.deps, { callbackId, agent: 'anna', by: 'link' })
  desk.carrier.listCalls = () => Promise.reject(new PermanentFailure('phone', 'HTTP 401'))
  for (let minute = 0; minute < 4; minute++) {
    desk.later({ minutes: 1 })
    await wakeCallbacks(desk.deps)
  }
  expect(await desk.database.callbackAttempt.findFirst()).toMatchObject({
    state: 'ended',
    outcome: 'not-placed',
  })
})

it('counts a form that was sent twice in the same moment once', async () => {
  const { callbackId } = await desk.owe(await desk.ticket())
  const said = { callbackId, agent: 'anna', outcome: 'no-answer', remark: '', seen: 0 } as const
  const both = await Promise.all([recordHandDialled(desk.deps, said), recordHandDialled(desk.deps, said)])
  expect(both.map(({ result }) => result).toSorted()).toEqual(['changed', 'recorded'])
  expect(await desk.database.callback.findFirst()).toMatchObject({ attempts: 1 })
})

it('keeps no promise by a call of which nobody ever told how it went', async () => {
  const { callbackId } = await desk.owe(await desk.ticket(), mobile)
  const cti = { ...desk.carrier, can: { ...desk.carrier.can, answers: false, dials: false } }
  const deps = { ...desk.deps, providers: new Map([['carrier', cti]]) }
  await tell(
    {
      ...{ kind: 'arrived', providerId: 'out-1', key: 'out-1:arrived', direction: 'out', from: phones.anna },
      ...{ to: mobile, callerName: '', continues: null, user: 'anna' },
    },
    deps,
  )
  desk.later({ minutes: 100 })
  await reconcileCalls(deps)
  expect(await desk.database.callbackAttempt.findFirst()).toMatchObject({
    callbackId,
    state: 'ended',
    rangAt: null,
  })
  expect(await desk.database.guarantee.findFirst()).toMatchObject({ state: 'open' })
})

it('looks after a caller of whose call a telephone system never told the end', async () => {
  const cti = { ...desk.carrier, can: { ...desk.carrier.can, answers: false, dials: false } }
  const deps = { ...desk.deps, providers: new Map([['carrier', cti]]) }
  await tell(
    {
      ...{ kind: 'arrived', providerId: 'in-1', key: 'in-1:arrived', direction: 'in', from: mobile },
      ...{ to: hotline, callerName: '', continues: null, user: null },
    },
    deps,
  )
  desk.later({ minutes: 30 })
  expect((await reconcileCalls(deps)).settled).toBe(1)
  await wakeCallbacks(deps)
  expect(await desk.database.callback.findFirst()).toMatchObject({ state: 'owed', stage: 'assigned' })
})

it('looks after an attempt for a customer who had been given up as well', async () => {
  const { callbackId } = await desk.owe(await desk.ticket())
  await desk.database.callback.update({
    where: { id: callbackId },
    data: { state: 'unreached', owedFor: null, wakeAt: null },
  })
  desk.carrier.failures.push(new TransientFailure('unsure', 'no answer'))
  await requestAttempt(desk.deps, { callbackId, agent: 'anna', by: 'link' })
  for (let minute = 0; minute < 4; minute++) {
    desk.later({ minutes: 1 })
    await wakeCallbacks(desk.deps)
  }
  expect(await desk.database.callbackAttempt.findFirst()).toMatchObject({
    state: 'ended',
    outcome: 'not-placed',
  })
  expect(await desk.database.callback.findFirst()).toMatchObject({ state: 'unreached', wakeAt: null })
})

it('judges a promise by when the customer picked up, not by how long they spoke', async () => {
  const { callbackId, guaranteeId } = await desk.owe(await desk.ticket(), mobile)
  const contact = configSchema.parse({
    ...callbackConfig,
    phone: { ...callbackConfig.phone, callback: { ...callbackConfig.phone?.callback, keptBy: 'contact' } },
  })
  const deps = { ...desk.deps, config: contact }
  desk.clock('2026-11-20T10:50')
  const requested = await requestAttempt(deps, { callbackId, agent: 'anna', by: 'link' })
  const callId = 'attemptId' in requested ? requested.attemptId : ''
  const about = { providerId: 'CA1', callId }
  await tell({ ...about, kind: 'leg-answered', key: 'agent', legId: 'agent', mailbox: false }, deps)
  const { turn } = await desk.database.call.findFirstOrThrow()
  await tell({ ...about, kind: 'keys', key: 'accepts', turn, legId: null, digits: '1' }, deps)
  const { id: legId } = await desk.database.callLeg.findFirstOrThrow()
  await tell({ ...about, kind: 'leg-progress', key: 'up', legId, state: 'answered', result: null }, deps)
  desk.clock('2026-11-20T11:15')
  await wakeCallbacks(deps)
  const call = await desk.database.call.findFirstOrThrow()
  const ended = { legId, turn: call.turn, result: 'completed', bridged: true, seconds: 1500 } as const
  await tell({ ...about, ...ended, kind: 'leg-ended', key: 'ended' }, deps)
  const asked = await desk.database.call.findFirstOrThrow()
  await tell({ ...about, kind: 'keys', key: 'said', turn: asked.turn, legId: null, digits: '1' }, deps)
  expect(await desk.database.guarantee.findUnique({ where: { id: guaranteeId } })).toMatchObject({
    state: 'kept',
    reason: 'contact',
  })
})
