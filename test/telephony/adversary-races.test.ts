import { afterEach, beforeEach, expect, it } from 'vitest'
import type { CallEvent } from '../../src/desk/phone/call-event.ts'
import { recordCallbacks } from '../../src/intake/callback-wishes.ts'
import { recordHandDialled, requestAttempt } from '../../src/intake/calls/attempts.ts'
import type { CallDeps } from '../../src/intake/calls/call-deps.ts'
import { reconcileCalls } from '../../src/intake/calls/reconcile.ts'
import { takeInCall } from '../../src/intake/calls/take-in-call.ts'
import { wakeCallbacks } from '../../src/intake/calls/wake-callbacks.ts'
import { type Database, inTransaction } from '../../src/store/database.ts'
import { type CallbackDesk, hotline, openCallbackDesk, phones } from '../intake/calls/callback-desk.ts'

/** Everybody at once, on the real database: whatever comes first, no customer is lost, doubled or forgotten. */

let desk: CallbackDesk
beforeEach(async () => {
  desk = await openCallbackDesk()
})
afterEach(() => desk.close())

const mobiles = ['+491713920051', '+491713920052', '+491713920053'] as const

/** The same sequence for the same seed. */
function dice(seed: number): (sides: number) => number {
  let state = seed
  return sides => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * sides)
  }
}

type Told = CallEvent extends infer Event
  ? Event extends CallEvent
    ? Omit<Event, 'provider' | 'at' | 'providerAt' | 'payload'>
    : never
  : never

const tell = (deps: CallDeps, told: Told) =>
  takeInCall(deps, {
    ...told,
    provider: 'carrier',
    at: deps.now(),
    providerAt: null,
    payload: {},
  } as CallEvent)

const arrives = (deps: CallDeps, providerId: string, from: string) =>
  tell(deps, {
    ...{ kind: 'arrived', providerId, key: `${providerId}:arrived`, direction: 'in', from, to: hotline },
    ...{ callerName: '', continues: null, user: null },
  })

const ends = (deps: CallDeps, providerId: string, from: string) =>
  tell(deps, {
    ...{ kind: 'ended', providerId, key: `${providerId}:status:completed`, result: 'completed', seconds: 4 },
    ...{ from, to: hotline, direction: 'in', unknownNumber: false },
  })

async function presses(deps: CallDeps, providerId: string, digits: string): Promise<void> {
  const call = await deps.database.call.findFirst({ where: { providerId } })
  if (!call) return
  const { id: callId, turn } = call
  await tell(deps, {
    ...{ kind: 'keys', providerId, callId, key: `${callId}:keys:${turn}`, turn, legId: null, digits },
  })
}

/** News of whatever we are ringing just now. */
async function news(deps: CallDeps, roll: (sides: number) => number): Promise<void> {
  const attempt = await deps.database.callbackAttempt.findFirst({ where: { activeFor: { not: null } } })
  if (!attempt?.callId) return
  const callId = attempt.callId
  const providerId = attempt.providerId ?? `of-${callId}`
  const call = await deps.database.call.findUnique({ where: { id: callId }, include: { legs: true } })
  const [leg] = call?.legs ?? []
  const turn = call?.turn ?? 0
  const told = [
    { kind: 'progress', providerId, callId, key: `${callId}:ringing`, state: 'ringing' },
    {
      ...{ kind: 'leg-answered', providerId, callId, key: `${callId}:leg:agent:answered`, legId: 'agent' },
      mailbox: false,
    },
    { kind: 'keys', providerId, callId, key: `${callId}:keys:${turn}`, turn, legId: null, digits: '1' },
    ...(leg
      ? ([
          {
            ...{ kind: 'leg-progress', providerId, callId, key: `${leg.id}:ringing`, legId: leg.id },
            ...{ state: 'ringing', result: null },
          },
          {
            ...{ kind: 'leg-ended', providerId, callId, key: `${leg.id}:ended`, legId: leg.id, turn },
            ...{ result: 'busy', bridged: false, seconds: null },
          },
        ] as const)
      : []),
    {
      ...{ kind: 'ended', providerId, callId, key: `${callId}:ended`, result: 'completed', seconds: 9 },
      ...{ from: hotline, to: phones.anna, direction: 'out', unknownNumber: false },
    },
  ] as readonly Told[]
  const one = told[roll(told.length)]
  if (one) await tell(deps, one)
}

/** As a mail of an agent does it: the ticket first, then what it is owed. */
async function mail(deps: CallDeps, number: string, how: 'closed' | 'called' | 'joined'): Promise<void> {
  const { database } = deps
  const callback = await database.callback.findFirst({ where: { number, owedFor: { not: null } } })
  if (!callback) return
  const { ticketId } = callback
  await inTransaction(database, async tx => {
    const data = how === 'called' ? { changedAt: new Date() } : { state: 'resolved', closedAt: new Date() }
    await tx.ticket.updateMany({ where: { id: ticketId }, data })
    const ended = { ticketId, how, at: deps.now(), agent: 'anna', remark: '' }
    await recordCallbacks(tx, { callbackWishes: [], endedCallbacks: [ended] }, deps.now())
  })
}

async function byHand(deps: CallDeps): Promise<void> {
  const callback = await deps.database.callback.findFirst({ where: { owedFor: { not: null } } })
  if (callback)
    await recordHandDialled(deps, {
      ...{ callbackId: callback.id, agent: 'bernd', outcome: 'no-answer', remark: '' },
    })
}

async function callNow(deps: CallDeps): Promise<void> {
  const callback = await deps.database.callback.findFirst({
    where: { state: 'owed' },
    orderBy: { createdAt: 'desc' },
  })
  if (callback) await requestAttempt(deps, { callbackId: callback.id, agent: 'anna', by: 'link' })
}

/** What must be so at every moment between transactions. */
async function faults(database: Database): Promise<readonly string[]> {
  const rows = await database.$queryRaw<{ fault: string; id: string }[]>`
    select 'owed and not marked' as fault, id::text from callback where (state = 'owed') <> (owed_for is not null)
    union all select 'owed for another ticket', id::text from callback where owed_for <> ticket_id
    union all select 'owed and asleep', id::text from callback where state = 'owed' and wake_at is null
    union all select 'over and awake', id::text from callback where state not in ('owed', 'unreached') and wake_at is not null
    union all select 'active and ended', id::text from callback_attempt where (state = 'ended') <> (active_for is null)
    union all select 'an active attempt of another callback', id::text from callback_attempt where active_for <> callback_id
    union all select 'promise runs for nobody', g.id::text from guarantee g left join callback c on c.guarantee_id = g.id
      where g.kind = 'callback' and g.state = 'open' and coalesce(c.state, '') <> 'owed'
    union all select 'ended without a reason', id::text from guarantee
      where kind = 'callback' and state <> 'open' and (reason is null or ended_at is null)
    union all select 'owed without a promise', c.id::text from callback c join guarantee g on g.id = c.guarantee_id
      where c.state = 'owed' and g.state not in ('open', 'kept')
    union all select 'kept without proof', g.id::text from guarantee g join callback c on c.guarantee_id = g.id
      where g.state = 'kept' and g.reason = 'attempt' and not exists (
        select 1 from callback_attempt t where t.callback_id = c.id and t.ranG_at is not null)
    union all select 'owed by a merged ticket', c.id::text from callback c join ticket t on t.id = c.ticket_id
      where c.state = 'owed' and t.merged_into_id is not null
    union all select 'ended without an end', id::text from call where (state = 'ended') <> (ended_at is not null)
    union all select 'ticket without history', t.id::text from ticket t where not exists (
      select 1 from entry e where e.ticket_id = t.id)`
  return rows.map(({ fault, id }) => `${fault}: ${id}`)
}

it('keeps every promise whole while callers, agents, mails, clocks and providers all act at once', async () => {
  const { deps, carrier } = desk
  const { calls } = carrier
  expect(calls).toEqual([])
  for (let round = 0; round < 25; round++) {
    const roll = dice(round + 1)
    const mobile = () => mobiles[roll(mobiles.length)] ?? mobiles[0]
    const deeds: readonly (() => Promise<unknown>)[] = [
      () => arrives(deps, `CA-in-${round}-${roll(3)}`, mobile()),
      () => ends(deps, `CA-in-${round}-${roll(3)}`, mobile()),
      () => presses(deps, `CA-in-${round}-${roll(3)}`, ['1', '0', '2', ''][roll(4)] ?? ''),
      () => wakeCallbacks(deps),
      () => wakeCallbacks(deps),
      () => callNow(deps),
      () => news(deps, roll),
      () => news(deps, roll),
      () => mail(deps, mobile(), (['closed', 'called', 'joined'] as const)[roll(3)] ?? 'closed'),
      () => byHand(deps),
      () => reconcileCalls(deps),
    ]
    const chosen = Array.from({ length: 14 }, () => deeds[roll(deeds.length)] ?? deeds[0])
    const done = await Promise.allSettled(chosen.map(deed => deed?.()))
    const failed = done.flatMap(one => (one.status === 'rejected' ? [one.reason] : []))
    expect(failed).toEqual([])
    expect(await faults(desk.database)).toEqual([])
    desk.later({ minutes: roll(40) })
  }
  const [{ doubled } = { doubled: 0 }] = await desk.database.$queryRaw<{ doubled: number }[]>`
    select count(*)::int as doubled from (
      select provider, provider_id from call group by 1, 2 having count(*) > 1) twice`
  expect(doubled).toBe(0)
})
