import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { examine } from '../../src/health.ts'
import { printMetrics } from '../../src/metrics.ts'
import { type PhoneDoorState, readPhonePromises } from '../../src/watch/phone-health.ts'
import { openCallNow } from '../channels/phone/call-now/world.ts'
import { noon } from '../desk/mail-example.ts'

let world: Awaited<ReturnType<typeof openCallNow>>

beforeAll(async () => {
  world = await openCallNow()
})
afterAll(() => world.close())

const quiet: PhoneDoorState = {
  refusedSignatures: () => 0,
  ...{ spooled: 0, softDeadlines: 0, hardDeadlines: 0, rejected: 0, missingClips: 0 },
  ignored: { unknown: 0, invalid: 0, 'not-ours': 0 },
}
const state = { queued: 0, unsure: 0, failed: 0, inFlight: 0, oldestQueuedAt: null, lastError: null }

function look(now: Temporal.Instant, door: Partial<PhoneDoorState> = {}) {
  const gateway = {
    mailboxes: new Map(),
    delivery: { state: async () => state },
    overdueJobSeconds: async () => 0,
    phone: {
      door: { ...quiet, ...door },
      promises: () => readPhonePromises(world.database, ['twilio'], now),
    },
  }
  return examine(gateway, now)
}

const kinds = async (now: Temporal.Instant, door: Partial<PhoneDoorState> = {}) =>
  (await look(now, door)).found.map(({ kind }) => kind)

describe('the health of a hotline', () => {
  it('shows no next promise where there is none', async () => {
    const { health } = await look(noon)
    expect(await printMetrics(health, new Map())).not.toMatch(/^intake_callback_due_seconds /m)
  })

  it('is well while promises run, and counts them', async () => {
    await world.owe()
    const { health, found } = await look(noon)
    expect(found).toEqual([])
    expect(health).toMatchObject({
      ready: true,
      phone: { owed: 1, overdue: 0, nextDueSeconds: 7200, asleep: 0 },
    })
    const metrics = await printMetrics(health, new Map())
    expect(metrics).toContain('intake_callbacks_owed 1\n')
    expect(metrics).toContain('intake_callback_due_seconds 7200\n')
    expect(metrics).toContain('intake_texts{state="failed"} 0\n')
  })

  it('warns of requests that were set aside and of recordings that callers miss, and counts what came to nothing', async () => {
    const door = { rejected: 2, missingClips: 3, ignored: { unknown: 1, invalid: 4, 'not-ours': 5 } }
    const { health, found } = await look(noon, door)
    expect(found.map(({ kind }) => kind)).toEqual(['requests-rejected', 'clips-missing'])
    expect(health.ready).toBe(true)
    const metrics = await printMetrics(health, new Map())
    expect(metrics).toContain('intake_phone_rejected_requests 2\n')
    expect(metrics).toContain('intake_phone_missing_clips 3\n')
    expect(metrics).toContain('intake_phone_ignored_events{why="invalid"} 4\n')
  })

  it('tells of refused signatures from the tenth on, and stays ready: strangers must not switch it off', async () => {
    expect(await kinds(noon, { refusedSignatures: () => 9 })).toEqual([])
    const asked: number[] = []
    const refusedSignatures = (minutes: number) => asked.push(minutes) * 10
    const { health, found } = await look(noon, { refusedSignatures })
    expect(asked).toEqual([10])
    expect(found.map(({ kind }) => kind)).toEqual(['signatures-refused'])
    expect(health.ready).toBe(true)
    expect(health.warnings).toEqual([expect.stringContaining('10 telephone requests')])
  })

  it('is not well while calls wait outside the database', async () => {
    const { health } = await look(noon, { spooled: 2 })
    expect(health.ready).toBe(false)
    expect(health.troubles).toEqual([expect.stringContaining('2 telephone requests wait')])
  })

  it('warns of overdue promises, and is unwell where nobody watches them', async () => {
    const later = noon.add({ hours: 3 })
    expect(await kinds(later)).toEqual(['callbacks-overdue', 'callbacks-asleep'])
    await world.database.callback.updateMany({ data: { wakeAt: new Date(later.epochMilliseconds) } })
    const { health, found } = await look(later)
    expect(found.map(({ kind }) => kind)).toEqual(['callbacks-overdue'])
    expect(health).toMatchObject({ ready: true, phone: { overdue: 1, nextDueSeconds: -3600 } })
    await world.database.callback.updateMany({ data: { wakeAt: null } })
    expect(await kinds(noon)).toEqual(['callbacks-asleep'])
    await world.database.callback.updateMany({ data: { wakeAt: new Date(noon.epochMilliseconds) } })
  })

  it('tells of a provider that places no calls, of texts that failed and of messages that cannot be fetched', async () => {
    const { callbackId, ticketId } = await world.owe()
    const when = new Date(noon.subtract({ minutes: 1 }).epochMilliseconds)
    for (const _ of [1, 2, 3])
      await world.database.callbackAttempt.create({
        data: {
          ...{
            id: randomUUID(),
            callbackId,
            agent: 'anna',
            mode: 'rung',
            state: 'ended',
            outcome: 'not-placed',
          },
          ...{ requestedAt: when, detail: { provider: 'twilio', failure: 'transient' } },
        },
      })
    const callId = randomUUID()
    await world.database.call.create({
      data: {
        ...{
          id: callId,
          provider: 'twilio',
          providerId: 'CA1',
          direction: 'in',
          line: 'hotline',
          language: 'de',
        },
        ...{ ticketId, rawFrom: '', rawTo: '', state: 'open', step: 'goodbye', arrivedAt: when },
      },
    })
    await world.database.recording.create({
      data: {
        ...{ id: randomUUID(), callId, ticketId, provider: 'twilio', providerId: 'RE1', of: 'message' },
        ...{ state: 'ready', announcedAt: new Date(noon.subtract({ minutes: 61 }).epochMilliseconds) },
      },
    })
    await world.database.textMessage.create({
      data: {
        ...{ id: randomUUID(), ticketId, kind: 'confirmation', language: 'de', recipient: '+491701234567' },
        ...{ line: 'hotline', data: {}, state: 'failed', createdAt: when },
      },
    })
    const { health, found } = await look(noon)
    expect(found.map(({ key }) => key)).toEqual(['provider-away twilio', 'recordings-late', 'texts-failed'])
    expect(health.phone).toMatchObject({
      openCalls: 1,
      textsFailed: 1,
      recordingsLate: 1,
      givenUp: ['twilio'],
    })
    expect(await printMetrics(health, new Map())).toContain('intake_phone_providers_away 1\n')
  })

  it('has every trouble in German as well', async () => {
    const { found } = await look(noon.add({ hours: 3 }), { refusedSignatures: () => 12, spooled: 1 })
    expect(found.length).toBeGreaterThan(4)
    for (const { says } of found) expect(says.de).not.toBe(says.en)
  })
})
