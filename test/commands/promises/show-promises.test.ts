import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { showPromises } from '../../../src/commands/promises/show-promises.ts'
import { officesOf } from '../../../src/config/office-calendar.ts'
import { configSchema } from '../../../src/config/schema.ts'
import { addOfficeTime, type Office } from '../../../src/desk/office-hours.ts'
import { type Database, openDatabase } from '../../../src/store/database.ts'
import { soundPhoneConfig } from '../../config/sound-config.ts'
import { cloneDatabase, type TestDatabase } from '../../database.ts'

/** What is promised to a customer, explained to whoever asks. */

const day = '["08:30-17:00"]'
const written = soundPhoneConfig.replace(
  'mon: ["08:30-12:00", "13:00-17:00"]',
  `{ mon: ${day}, tue: ${day}, wed: ${day}, thu: ${day}, fri: ${day} }`,
)
const config = configSchema.parse(parse(written))
const friday = Temporal.Instant.from('2026-11-20T16:30+01:00')
const hamburg = officesOf(config, friday).get('hamburg') as Office
const number = '1000002'
const ticketId = randomUUID()

let clone: TestDatabase
let database: Database
beforeEach(async () => {
  clone = await cloneDatabase()
  database = openDatabase(clone.url, 2)
  await database.ticket.create({
    data: {
      ...{ id: ticketId, number, state: 'open', subject: 'Drucker', customerName: 'Petra Lindner' },
      ...{ customerAddress: 'petra@kunde.example.com', language: 'de', mailbox: 'support' },
      ...{ group: 'support', office: 'hamburg', openedAt: dateOf(friday), changedAt: dateOf(friday) },
    },
  })
})
afterEach(async () => {
  await database.$disconnect()
  await clone.drop()
})

const dateOf = (at: Temporal.Instant | string) => new Date(Temporal.Instant.from(at).epochMilliseconds)

async function promised(kind: string, minutes: number, more: object = {}): Promise<string> {
  const { dueAt, derivation } = addOfficeTime(friday, minutes, hamburg)
  const id = randomUUID()
  await database.guarantee.create({
    data: {
      ...{ id, ticketId, kind, minutes, state: 'open', policy: 'policy.targets row 2' },
      ...{ startedAt: dateOf(friday), dueAt: dateOf(dueAt), derivation: derivation as never },
      ...more,
    },
  })
  return id
}

const show = (argument = number) =>
  showPromises(
    { config, databaseUrl: clone.url, data: '.', ticketFormat: '[#{number}]', timeZone: 'UTC' },
    argument,
  )

describe('gateway promises', () => {
  it('tells how a promise was counted through a weekend, and by which row', async () => {
    await promised('first-response', 120)
    const { text } = await show()
    expect(text).toContain('Ticket [#1000002], open: 1 open')
    expect(text).toContain('first-response: open, due 2026-11-23 10:00:00 (Europe/Berlin)')
    expect(text).toContain('received Fri 16:30, 30 min on Friday, 90 min on Monday from 8:30, due Mon 10:00')
    expect(text).toContain('Saturday 21 November 2026: closed on Saturdays')
    expect(text).toContain('promised are 120 office minutes, by policy.targets row 2')
  })

  it('tells that a clock stands, since when and what for', async () => {
    const pausedAt = dateOf('2026-11-23T09:00+01:00')
    await promised('resolution', 480, { pausedAt, pausedFor: 'vendor', stage: 'half' })
    const { text } = await show()
    expect(text).toContain('its clock stands since 2026-11-23 09:00:00: we wait for a manufacturer')
    expect(text).toContain('acted on last: the first reminder')
  })

  it('tells how a promise ended, and what the history says of it and of no other', async () => {
    const endedAt = dateOf('2026-11-23T08:45+01:00')
    const kept = await promised('first-response', 120, { state: 'kept', endedAt, reason: 'answered' })
    await promised('resolution', 480)
    const entry = { ticketId, kind: 'promise-moved', author: '', text: '' }
    await database.entry.create({
      data: {
        ...{ ...entry, id: randomUUID(), at: dateOf('2026-11-20T16:40+01:00') },
        detail: { guaranteeId: kept, before: '2026-11-23T09:00:00Z', dueAt: '2026-11-23T09:00:00Z', why: [] },
      },
    })
    const { text, data } = await show()
    expect(text).toContain('Ticket [#1000002], open: 1 open, 1 kept')
    expect(text).toContain('ended 2026-11-23 08:45:00, kept: answered')
    expect(text.match(/2026-11-20 16:40:00 promise-moved: /g)).toHaveLength(1)
    expect(data).toMatchObject({ promises: [{ kind: 'first-response', state: 'kept' }, { history: [] }] })
  })

  it('tells of a derivation that another version wrote what it understands, and no more', async () => {
    await promised('resolution', 480, { derivation: [{ day: 1 }, { date: 'soon', closed: 'never' }] })
    expect((await show()).text).toContain('received Fri 16:30, as agreed, due Mon 16:00')
  })

  it('says that nothing was promised, and that there is no such ticket', async () => {
    expect((await show()).text).toBe('Ticket [#1000002], open: nothing was promised')
    await expect(show('1004711')).rejects.toThrow('There is no ticket 1004711.')
  })
})
