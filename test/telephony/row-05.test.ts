import { describe, expect, it } from 'vitest'
import { agent, caller } from '../../src/sandbox/telephone/actors.ts'
import { hamburg, openHotline, phones } from './hotline.ts'
import { openOwnDatabase } from './own-database.ts'

/** Twice what the hotline needs to say, in the language of the line first. */
const apology = /Wegen einer technischen Störung[\s\S]*Owing to a technical fault/
const leavesMessage = {
  hears: apology,
  says: 'Hier ist Werk Nord, die Anlage steht.',
  seconds: 12,
  afterwards: 'hangs-up',
} as const

describe('row 5: the database is stopped', () => {
  it('row 5: at the first request the caller can leave a message, and is owed a call counted from the call', async () => {
    const own = await openOwnDatabase()
    const hotline = await openHotline('2026-11-24T10:00', { databaseUrl: own.url })
    const { network, database, door } = hotline
    await own.stop()
    const call = network.call(caller(phones.mobile, [leavesMessage]), hamburg)
    await network.run({ until: hotline.at('10:40') })
    const heard = network.transcript(call)
    expect(heard).toMatch(
      /hears \(de-DE\): [^\n]*technischen Störung[\s\S]*hears \(en-GB\): [^\n]*technical fault/,
    )
    expect(heard).toMatch(/hears a beep[\s\S]*1[234] s recorded/)
    expect(network.stepsLeft(call)).toEqual([])
    expect(door.waiting()).toBeGreaterThan(0)

    await own.start()
    await hotline.runUntil(hotline.at('10:41'))
    expect(door.waiting()).toBe(0)
    const calls = await database.call.findMany({
      include: { recordings: true, ticket: { include: { callbacks: { include: { guarantee: true } } } } },
    })
    expect(calls).toMatchObject([
      {
        number: phones.mobile,
        state: 'ended',
        arrivedAt: new Date('2026-11-24T09:00:00Z'),
        ticket: {
          openedAt: new Date('2026-11-24T09:00:00Z'),
          callbacks: [
            {
              number: phones.mobile,
              state: 'owed',
              // Two hours from the call, not from the repair.
              guarantee: { dueAt: new Date('2026-11-24T11:00:00Z') },
            },
          ],
        },
        recordings: [{ of: 'message', state: 'stored', ticketId: calls[0]?.ticketId }],
      },
    ])
    expect(await database.letter.count({ where: { ticketId: calls[0]?.ticketId ?? '' } })).toBeGreaterThan(0)
    expect(network.texts()).toHaveLength(1)
    expect(await database.ticket.count()).toBe(1)
  })

  it('row 5: in the middle of a call what was asked is entered afterwards, and nobody is said to have been rung', async () => {
    const own = await openOwnDatabase()
    const hotline = await openHotline('2026-11-24T10:00', { databaseUrl: own.url })
    const { network, database, door } = hotline
    network.connect(phones.anna, agent('anna'))
    const call = network.call(
      caller(phones.mobile, [{ hears: /Betrieb stillsteht/, presses: '1', after: 2 }, leavesMessage]),
      hamburg,
    )
    await hotline.runUntil(hotline.at('10:00').add({ seconds: 28 }))
    expect(await database.call.findMany()).toMatchObject([{ step: 'severity' }])
    await own.stop()
    await network.run({ until: hotline.at('10:20') })
    expect(network.transcript(call)).toMatch(
      /caller presses 1[\s\S]*technischen Störung[\s\S]*1[234] s recorded/,
    )

    await own.start()
    await hotline.runUntil(hotline.at('10:21'))
    expect(door.waiting()).toBe(0)
    expect(await database.ticket.findMany()).toMatchObject([{ severity: 'stopped', state: 'open' }])
    expect(await database.call.findMany({ include: { legs: true, recordings: true } })).toMatchObject([
      {
        state: 'ended',
        step: 'apology',
        outcome: 'abandoned',
        legs: [],
        recordings: [{ state: 'stored', of: 'message' }],
      },
    ])
    const [owed] = await database.callback.findMany({ include: { guarantee: true } })
    expect(owed).toMatchObject({ state: 'owed', guarantee: { dueAt: new Date('2026-11-24T11:00:00Z') } })
  })

  it('row 5: a conversation under way goes on, and is known afterwards', async () => {
    const own = await openOwnDatabase()
    const hotline = await openHotline('2026-11-24T10:00', { databaseUrl: own.url })
    const { network, database, door } = hotline
    network.connect(phones.anna, agent('anna', { talks: 300 }))
    const call = network.call(caller(phones.mobile, [{ hears: /Betrieb stillsteht/, presses: '1' }]), hamburg)
    await hotline.runUntil(hotline.at('10:03'))
    expect(network.transcript(call)).toContain('caller and anna are bridged')
    await own.stop()
    await network.run({ until: hotline.at('10:20') })
    await own.start()
    await hotline.runUntil(hotline.at('10:21'))
    expect(door.waiting()).toBe(0)
    expect(await database.call.findMany()).toMatchObject([{ state: 'ended', outcome: 'connected' }])
    expect(await database.callback.findMany()).toMatchObject([{ state: 'done', owedFor: null }])
  })
})
