import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { reviewGuarantees } from '../../../src/commands/guarantees/review.ts'
import { officesOf } from '../../../src/config/office-calendar.ts'
import { type Config, configSchema } from '../../../src/config/schema.ts'
import { addOfficeTime } from '../../../src/desk/office-hours.ts'
import { movePromise, reviewPromises } from '../../../src/intake/guarantee-review.ts'
import { type Database, openDatabase } from '../../../src/store/database.ts'
import { soundPhoneConfig } from '../../config/sound-config.ts'
import { cloneDatabase, type TestDatabase } from '../../database.ts'

/** Row 29 of the list of failure modes: a holiday is added after promises exist. */

const written = soundPhoneConfig.replace(
  'mon: ["08:30-12:00", "13:00-17:00"]',
  '{ mon: ["08:30-17:00"], tue: ["08:30-17:00"], wed: ["08:30-17:00"], thu: ["08:30-17:00"], fri: ["08:30-17:00"] }',
)
const before = configSchema.parse(parse(written))
const after = configSchema.parse(
  parse(
    written.replace('    hours:', '    closures: [{ date: 2026-11-20, reason: bridge day }]\n    hours:'),
  ),
)
const thursday = Temporal.Instant.from('2026-11-19T15:30:00Z')

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

const dateOf = (at: Temporal.Instant) => new Date(at.epochMilliseconds)

async function promised(number: string, kind: string, minutes: number, derived = true): Promise<string> {
  const office = officesOf(before, thursday).get('hamburg')
  if (!office) throw new Error('the configuration has an office')
  const { dueAt, derivation } = addOfficeTime(thursday, minutes, office)
  const [ticketId, id] = [randomUUID(), randomUUID()]
  await database.ticket.create({
    data: {
      id: ticketId,
      ...{ number, state: 'open', subject: 'Anruf', customerAddress: 'eva@example.org', customerName: 'Eva' },
      ...{ language: 'de', mailbox: 'support', group: 'support', office: 'hamburg', level: 1 },
      openedAt: dateOf(thursday),
      changedAt: dateOf(thursday),
    },
  })
  await database.guarantee.create({
    data: {
      ...{ id, ticketId, kind, state: 'open', startedAt: dateOf(thursday), dueAt: dateOf(dueAt) },
      derivation: derived ? (derivation as never) : [],
    },
  })
  if (kind === 'callback')
    await database.callback.create({
      data: {
        ...{ id: randomUUID(), ticketId, guaranteeId: id, owedFor: ticketId, number: '+494066969123' },
        ...{ language: 'de', line: 'hotline', state: 'owed', createdAt: dateOf(thursday) },
      },
    })
  return id
}

const place = (config: Config) => ({
  config,
  databaseUrl: clone.url,
  data: '.',
  ticketFormat: '[#{number}]',
  timeZone: 'UTC',
})
const run = (config: Config, { at = thursday, apply = false } = {}) =>
  reviewGuarantees(place(config), at, apply)
const dueOf = async (id: string) =>
  (await database.guarantee.findUniqueOrThrow({ where: { id } })).dueAt.toISOString()

describe('promises under a changed calendar', () => {
  it('are all as they should be while nothing changed', async () => {
    await promised('1000001', 'callback', 120)
    expect((await run(before)).text).toBe('Every open promise is as the calendar has it.')
  })

  it('are listed, of mail and of calls, and nothing is changed', async () => {
    const ids = [
      await promised('1000001', 'callback', 120),
      await promised('1000002', 'first-response', 60),
      // Today's half hour is enough: not concerned.
      await promised('1000003', 'callback', 30),
      // A time that the customer asked for.
      await promised('1000004', 'callback', 120, false),
    ]
    const dues = await Promise.all(ids.map(dueOf))
    expect(
      (await run(after)).text,
    ).toBe(`[#1000001] callback: due Fri 2026-11-20 10:00, would be Mon 2026-11-23 10:00 (hamburg)
  2026-11-20: closed (bridge day), was open 08:30-10:00
[#1000002] first-response: due Fri 2026-11-20 09:00, would be Mon 2026-11-23 09:00 (hamburg)
  2026-11-20: closed (bridge day), was open 08:30-09:00

Nothing was changed; --apply moves them, and tells customers whose time gets later.`)
    expect(await Promise.all(ids.map(dueOf))).toEqual(dues)
    expect(await database.entry.count()).toBe(0)
  })

  it('are moved on confirmation, with a line in the history, and the customer is told', async () => {
    const id = await promised('1000001', 'callback', 120)
    const { text, data } = await run(after, { apply: true })
    expect(text.split('\n').at(-1)).toBe('[#1000001]: the customer is told by mail to eva@example.org.')
    expect(data).toEqual([
      {
        ...{ ticket: '1000001', kind: 'callback', office: 'hamburg', outcome: 'moved', later: true },
        before: '2026-11-20T09:00:00Z',
        after: '2026-11-23T09:00:00Z',
        why: ['2026-11-20: closed (bridge day), was open 08:30-10:00'],
        told: { by: 'mail', to: 'eva@example.org' },
      },
    ])
    expect(await dueOf(id)).toBe('2026-11-23T09:00:00.000Z')
    expect(await database.entry.findMany({ select: { kind: true, detail: true } })).toEqual([
      {
        kind: 'promise-moved',
        detail: {
          promise: 'callback',
          before: '2026-11-20T09:00:00Z',
          dueAt: '2026-11-23T09:00:00Z',
          why: ['2026-11-20: closed (bridge day), was open 08:30-10:00'],
        },
      },
      {
        kind: 'customer-told',
        detail: expect.objectContaining({ about: 'later', by: 'mail', to: 'eva@example.org' }),
      },
    ])
    expect(await database.callback.findFirst({ select: { wakeAt: true } })).toEqual({
      wakeAt: dateOf(thursday),
    })
    expect((await run(after)).text).toBe('Every open promise is as the calendar has it.')
  })

  it('of an answer to a mail are told of by mail when they are moved', async () => {
    await promised('1000002', 'first-response', 60)
    expect((await run(after, { apply: true })).text.split('\n').at(-1)).toBe(
      '[#1000002]: the customer is told by mail to eva@example.org.',
    )
    expect(await database.letter.findMany()).toMatchObject([
      { kind: 'callback-news', recipient: 'eva@example.org', data: { about: 'answer-later' } },
    ])
  })

  it.each([
    [['first-response', 'status-update', 'resolution'], '2026-11-23T08:00:00Z', 120],
    [['resolution', 'status-update'], '2026-11-23T09:00:00Z', 180],
  ])('of one ticket (%j) are all moved, and told of in one letter', async (kinds, until, longest) => {
    const [first = '', ...more] = kinds
    const id = await promised('1000002', first, first === 'resolution' ? longest : 60)
    const row = await database.guarantee.findUniqueOrThrow({ where: { id } })
    const office = officesOf(before, thursday).get('hamburg')
    if (!office) throw new Error('the configuration has an office')
    for (const kind of more) {
      const { dueAt, derivation } = addOfficeTime(thursday, kind === 'status-update' ? 120 : longest, office)
      const data = { ...row, id: randomUUID(), kind, dueAt: dateOf(dueAt), derivation: derivation as never }
      await database.guarantee.create({ data })
    }
    const { data, text } = await run(after, { apply: true })
    expect(data).toMatchObject(kinds.map(() => ({ ticket: '1000002', outcome: 'moved', later: true })))
    expect(text.match(/the customer is told by mail/g)).toHaveLength(1)
    expect(await database.letter.findMany()).toMatchObject([
      { data: { about: 'answer-later', dueAt: until } },
    ])
  })

  it('are not made earlier than now, which would only break them', async () => {
    const id = await promised('1000001', 'callback', 120)
    await run(after, { apply: true })
    const at = Temporal.Instant.from('2026-11-20T12:00:00Z')
    const { text } = await run(before, { at, apply: true })
    expect(text.split('\n')[0]).toBe(
      '[#1000001] callback: due Mon 2026-11-23 10:00, stays as it is, because it would be over already: Fri 2026-11-20 10:00 (hamburg)',
    )
    expect(await dueOf(id)).toBe('2026-11-23T09:00:00.000Z')
  })

  it('are not touched where they ended while somebody looked at the list', async () => {
    const id = await promised('1000001', 'callback', 120)
    const deps = { database, config: after, offices: officesOf(after, thursday), now: thursday }
    const [reviewed] = await reviewPromises(deps)
    await database.guarantee.update({ where: { id }, data: { state: 'kept' } })
    if (!reviewed) throw new Error('the promise would move')
    expect(await movePromise(deps, reviewed)).toBeUndefined()
    expect(await database.entry.count()).toBe(0)
  })
})
