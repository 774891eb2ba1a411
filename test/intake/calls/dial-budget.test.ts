import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { configSchema } from '../../../src/config/schema.ts'
import { mayDial } from '../../../src/intake/calls/dial-budget.ts'
import { type Database, inTransaction, openDatabase } from '../../../src/store/database.ts'
import { soundPhoneConfig } from '../../config/sound-config.ts'
import { cloneDatabase, type TestDatabase } from '../../database.ts'

const now = Temporal.Instant.from('2026-11-24T11:00:00Z')
const number = '+494066969123'
const config = configSchema.parse(parse(`${soundPhoneConfig}  guard: { perNumberPerDay: 3, perHour: 5 }\n`))

let clone: TestDatabase
let database: Database

beforeEach(async () => {
  clone = await cloneDatabase()
  database = openDatabase(clone.url, 4)
})

afterEach(async () => {
  await database.$disconnect()
  await clone.drop()
})

const ago = (minutes: number) => new Date(now.subtract({ minutes }).epochMilliseconds)

/** A callback to `to`, owed since the day before. */
async function owe(to: string): Promise<string> {
  const [ticketId, guaranteeId, id] = [randomUUID(), randomUUID(), randomUUID()]
  await database.ticket.create({
    data: {
      id: ticketId,
      number: ticketId.slice(0, 8),
      state: 'open',
      subject: 'Anruf',
      customerAddress: '',
      customerName: '',
      language: 'de',
      mailbox: 'support',
      group: 'support',
      office: 'hamburg',
      level: 1,
      openedAt: ago(1500),
      changedAt: ago(1500),
    },
  })
  await database.guarantee.create({
    data: {
      id: guaranteeId,
      ticketId,
      kind: 'callback',
      state: 'open',
      startedAt: ago(1500),
      dueAt: ago(1400),
      derivation: [],
    },
  })
  await database.callback.create({
    data: {
      id,
      ticketId,
      guaranteeId,
      number: to,
      language: 'de',
      line: 'hotline',
      state: 'owed',
      createdAt: ago(1500),
    },
  })
  return id
}

interface Attempt {
  readonly minutesAgo: number
  readonly outcome?: string
  readonly rang?: boolean
  readonly mode?: string
}

async function attempted(callbackId: string, ...attempts: readonly Attempt[]): Promise<void> {
  for (const { minutesAgo, outcome = 'no-answer', rang = true, mode = 'rung' } of attempts) {
    await database.callbackAttempt.create({
      data: {
        id: randomUUID(),
        callbackId,
        agent: 'anna',
        mode,
        state: outcome === '' ? 'dialling' : 'ended',
        outcome: outcome === '' ? null : outcome,
        requestedAt: ago(minutesAgo),
        rangAt: rang ? ago(minutesAgo) : null,
      },
    })
  }
}

const ask = (to: string) => inTransaction(database, tx => mayDial(tx, { number: to, now, config }))

describe('how often a number is rung', () => {
  it('rings one that was not rung before', async () => {
    expect(await ask(number)).toEqual({ allowed: true })
  })

  it('leaves a number alone that was rung as often as allowed, until a day after the first of these', async () => {
    const callback = await owe(number)
    await attempted(callback, { minutesAgo: 1430 }, { minutesAgo: 300 })
    expect(await ask(number)).toEqual({ allowed: true })
    await attempted(callback, { minutesAgo: 200 })
    expect(await ask(number)).toEqual({
      allowed: false,
      reason: 'per-number',
      againAt: now.add({ minutes: 10 }),
    })
    expect(await ask('+494066969124')).toEqual({ allowed: true })
  })

  it('counts one that may be ringing this moment', async () => {
    const callback = await owe(number)
    await attempted(
      callback,
      { minutesAgo: 90 },
      { minutesAgo: 80 },
      { minutesAgo: 70, outcome: '', rang: false },
    )
    expect(await ask(number)).toMatchObject({ allowed: false, reason: 'per-number' })
  })

  it("does not count what never rang at the customer's, what an agent dialled, and what is a day old", async () => {
    const callback = await owe(number)
    await attempted(
      callback,
      { minutesAgo: 1441 },
      { minutesAgo: 300, outcome: 'not-taken', rang: false },
      { minutesAgo: 250, mode: 'by-hand' },
      { minutesAgo: 200 },
      { minutesAgo: 100 },
    )
    expect(await ask(number)).toEqual({ allowed: true })
  })
})

describe('how much is rung in an hour', () => {
  it('stops at the budget, whomever the calls went to, until an hour after the first of these', async () => {
    for (let i = 0; i < 4; i++) {
      await attempted(await owe(`+49406696920${i}`), {
        minutesAgo: 50 - i,
        outcome: 'not-taken',
        rang: false,
      })
    }
    expect(await ask(number)).toEqual({ allowed: true })
    await attempted(await owe('+494066969300'), { minutesAgo: 1, outcome: '', rang: false })
    expect(await ask(number)).toEqual({
      allowed: false,
      reason: 'per-hour',
      againAt: now.add({ minutes: 10 }),
    })
  })

  it('does not count calls that the provider never placed', async () => {
    const callback = await owe('+494066969300')
    for (let i = 0; i < 6; i++) {
      await attempted(callback, { minutesAgo: 10 + i, outcome: 'not-placed', rang: false })
    }
    expect(await ask(number)).toEqual({ allowed: true })
  })

  it('gives the last place to one of two who ask at the same moment', async () => {
    const callback = await owe(number)
    await attempted(callback, { minutesAgo: 90 }, { minutesAgo: 80 })
    const takes = Array.from({ length: 4 }, async () =>
      inTransaction(database, async tx => {
        const budget = await mayDial(tx, { number, now, config })
        if (!budget.allowed) return false
        await tx.callbackAttempt.create({
          data: {
            id: randomUUID(),
            callbackId: callback,
            agent: 'anna',
            mode: 'rung',
            state: 'requested',
            requestedAt: ago(0),
          },
        })
        return true
      }),
    )
    expect((await Promise.all(takes)).filter(Boolean)).toHaveLength(1)
  })
})
