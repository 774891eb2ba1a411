import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { configSchema } from '../../../src/config/schema.ts'
import { oweCallback } from '../../../src/intake/calls/callback-book.ts'
import { wakeCallbacks } from '../../../src/intake/calls/wake-callbacks.ts'
import { callbackTarget, promiseBySeverity } from '../../../src/intake/promises/promises-of-call.ts'
import { openLog } from '../../../src/log.ts'
import { inTransaction } from '../../../src/store/database.ts'
import { callbackConfig, customer } from '../calls/callback-desk.ts'
import { openWatchedDesk, type WatchedDesk, watchedConfig } from './watched.ts'

/** What policy does with customers, contracts, the level that a matter begins on, and promised calls. */

let desk: WatchedDesk
afterEach(() => desk.close())

async function company(validTo: string): Promise<void> {
  const { database } = desk
  const id = randomUUID()
  const contactId = randomUUID()
  await database.company.create({ data: { id, number: 'K-1', name: 'Lindner GmbH' } })
  await database.contact.create({ data: { id: contactId, companyId: id, name: 'Petra Lindner' } })
  await database.contactPoint.create({
    data: { kind: 'address', value: 'petra@kunde.example.com', contactId },
  })
  await database.contract.create({
    data: {
      ...{ id: randomUUID(), number: 'W-1', companyId: id, kind: 'gold' },
      ...{ validFrom: new Date('2020-01-01'), validTo: new Date(validTo) },
    },
  })
}

const answers = async () =>
  (await desk.database.guarantee.findMany({ where: { kind: 'first-response' } })).map(row => [
    row.minutes,
    row.policy,
  ])

describe('a contract', () => {
  const config = configSchema.parse({
    ...structuredClone(watchedConfig),
    contracts: { gold: { name: { de: 'Gold', en: 'Gold' } } },
    policy: { targets: [{ when: { contract: 'gold' }, firstResponse: 30 }] },
  })

  it('counts from the first letter on: the receipt tells the time of the contract', async () => {
    desk = await openWatchedDesk(config)
    await company('2026-12-31')
    await desk.customer('Der Drucker druckt nicht.')
    expect(await answers()).toEqual([[30, 'policy.targets row 1']])
    const reply = await desk.database.letter.findFirstOrThrow({ where: { kind: 'auto-reply' } })
    expect(reply.data).toMatchObject({ dueAt: '2026-11-24T11:30:00Z' })
  })

  it('that is over counts no more, and closes no door', async () => {
    desk = await openWatchedDesk(config)
    await company('2026-11-23')
    await desk.customer('Der Drucker druckt nicht.')
    expect(await answers()).toEqual([[120, 'usual time']])
  })
})

describe('the level', () => {
  it('is above the first from the beginning where the policy says so, with its words in the history', async () => {
    desk = await openWatchedDesk(
      configSchema.parse({
        ...structuredClone(watchedConfig),
        policy: { levels: [{ when: { customer: 'K-1' }, level: 3, because: 'a customer of the board' }] },
      }),
    )
    await company('2026-12-31')
    await desk.customer('Der Drucker druckt nicht.')
    await desk.customer('Das Fax auch.', { subject: 'Fax', from: { address: 'otto@example.net', name: '' } })
    const tickets = await desk.database.ticket.findMany({ orderBy: { sequence: 'asc' } })
    expect(tickets.map(({ level }) => level)).toEqual([3, 1])
    const raised = await desk.database.entry.findMany({ where: { kind: 'level-raised' } })
    expect(raised).toMatchObject([
      { ticketId: tickets[0]?.id, detail: { because: 'a customer of the board' } },
    ])
  })
})

describe('a promised call', () => {
  const config = configSchema.parse({
    ...structuredClone(callbackConfig),
    policy: {
      targets: [{ when: { severity: 'stopped' }, callback: 30 }, { callback: 90 }],
      levels: [{ when: { broken: 'callback' }, level: 3, because: 'we did not ring' }],
    },
  })

  async function owed() {
    desk = await openWatchedDesk(config)
    await desk.customer('Bitte rufen Sie mich an.')
    const { id: ticketId } = await desk.database.ticket.findFirstOrThrow()
    const now = desk.now()
    const office = desk.deps.offices.get('hamburg')
    if (!office) throw new Error('the desk has its office')
    await inTransaction(desk.database, async tx =>
      oweCallback(tx, {
        ...{ ticketId, line: 'hotline', number: customer, language: 'de', office, now },
        ...(await callbackTarget(tx, desk.promises, ticketId)),
        ...{ startedAt: now, wakeAt: now, source: 'caller' },
      }),
    )
    return ticketId
  }
  const calls = () =>
    desk.database.guarantee.findMany({ where: { kind: 'callback' }, orderBy: { startedAt: 'asc' } })
  const wake = () => wakeCallbacks({ ...desk.promises, providers: new Map(), log: openLog('silent') })

  it('has the time of the policy, and an earlier one once the caller says that everything stands still', async () => {
    const ticketId = await owed()
    expect(await calls()).toMatchObject([{ minutes: 90, policy: 'policy.targets row 2' }])
    await desk.database.ticket.update({ where: { id: ticketId }, data: { severity: 'stopped' } })
    await inTransaction(desk.database, tx => promiseBySeverity(tx, desk.promises, ticketId))
    expect(await calls()).toMatchObject([
      { minutes: 30, policy: 'policy.targets row 1', dueAt: new Date('2026-11-24T11:30:00Z') },
    ])
  })

  it('that is broken lifts the matter as high as the policy says, and is promised anew in its time', async () => {
    const ticketId = await owed()
    await desk.until('2026-11-24T12:30:00Z')
    await wake()
    expect(await calls()).toMatchObject([
      { state: 'broken', minutes: 90 },
      { state: 'open', minutes: 90, dueAt: new Date('2026-11-24T14:00:00Z') },
    ])
    expect(await desk.database.ticket.findUniqueOrThrow({ where: { id: ticketId } })).toMatchObject({
      level: 3,
    })
    const entry = await desk.database.entry.findFirstOrThrow({ where: { kind: 'callback-broken' } })
    expect(entry.detail).toMatchObject({ level: 3 })
  })
})
