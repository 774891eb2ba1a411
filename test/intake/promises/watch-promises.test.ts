import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { wakeGuarantees, watchOlderPromises } from '../../../src/intake/promises/wake-guarantees.ts'
import { openWatchedDesk, type WatchedDesk } from './watched.ts'

/** Promises to those who write: made with the mail, watched, kept, paused, broken; on a real ledger. */

let desk: WatchedDesk

beforeAll(async () => {
  desk = await openWatchedDesk()
})
afterAll(() => desk.close())
beforeEach(() => desk.reset())

async function promises(): Promise<readonly string[]> {
  const rows = await desk.database.guarantee.findMany({ orderBy: [{ kind: 'asc' }, { startedAt: 'asc' }] })
  return rows.map(({ kind, state, dueAt }) => `${kind} ${state} ${dueAt.toISOString().slice(5, 16)}`)
}

const letters = async (kind: string) =>
  desk.database.letter.findMany({ where: { kind }, orderBy: [{ createdAt: 'asc' }, { recipient: 'asc' }] })
const entryKinds = async () =>
  (await desk.database.entry.findMany({ orderBy: [{ at: 'asc' }, { id: 'asc' }] })).map(({ kind }) => kind)
const theTicket = () => desk.database.ticket.findFirstOrThrow()

describe('a mail that opens a ticket', () => {
  it('is promised what the policy says, each with the row that says so', async () => {
    await desk.customer('Der Drucker druckt nicht.')
    expect(await promises()).toEqual([
      'first-response open 11-24T13:00',
      'resolution open 11-26T10:00',
      'status-update open 11-24T15:00',
    ])
    const rows = await desk.database.guarantee.findMany({ orderBy: { kind: 'asc' } })
    expect(rows).toMatchObject([
      { minutes: 120, policy: 'usual time', wakeAt: new Date('2026-11-24T12:00:00Z') },
      { minutes: 960, policy: 'policy.targets row 2' },
      { minutes: 240, policy: 'policy.targets row 2' },
    ])
    const [reply] = await letters('auto-reply')
    expect(reply?.data).toMatchObject({ dueAt: '2026-11-24T13:00:00Z' })
  })
})

describe('the promise of an answer', () => {
  beforeEach(() => desk.customer('Der Drucker druckt nicht.'))

  it('reminds its owners at half and at three quarters, with the customer’s words and the time that is left', async () => {
    await desk.until('2026-11-24T12:45:00Z')
    const tasks = await letters('promise-task')
    expect(tasks.map(({ recipient, data }) => [recipient, (data as { about?: unknown }).about])).toEqual([
      ['anna@example.com', 'half'],
      ['bernd@example.com', 'half'],
      ['anna@example.com', 'three-quarters'],
      ['bernd@example.com', 'three-quarters'],
    ])
    expect(tasks[0]?.data).toMatchObject({
      promise: 'first-response',
      leftMinutes: 60,
      said: [{ by: 'customer', text: 'Der Drucker druckt nicht.' }],
      derivation: 'eingegangen Di. 12:00, 120 Min. am Dienstag, fällig Di. 14:00',
    })
    expect(tasks[1]?.data).toMatchObject({
      derivation: 'received Tue 12:00, 120 min on Tuesday, due Tue 14:00',
    })
  })

  it('reminds only whoever has the ticket', async () => {
    await desk.agent('#übernehmen')
    await desk.until('2026-11-24T12:10:00Z')
    expect((await letters('promise-task')).map(({ recipient }) => recipient)).toEqual(['anna@example.com'])
  })

  it('is kept by an answer, and nobody is reminded of it any more', async () => {
    await desk.agent('Bitte schalten Sie ihn aus und wieder ein.')
    await desk.until('2026-11-24T13:30:00Z')
    expect(await letters('promise-task')).toEqual([])
    expect(await promises()).toContain('first-response kept 11-24T13:00')
  })

  it('is broken at its time: promised anew, told to the customer, and the matter rises by the policy', async () => {
    await desk.until('2026-11-24T13:00:00Z')
    expect(await promises()).toEqual(
      expect.arrayContaining(['first-response broken 11-24T13:00', 'first-response open 11-24T15:00']),
    )
    expect(await letters('callback-news')).toMatchObject([
      {
        recipient: 'petra@kunde.example.com',
        data: { about: 'answer-late', dueAt: '2026-11-24T15:00:00Z' },
      },
    ])
    expect(await theTicket()).toMatchObject({ level: 2 })
    expect(await entryKinds()).toEqual(
      expect.arrayContaining(['promise-broken', 'level-raised', 'escalated']),
    )
  })

  it('lifts the matter once for each time it is broken, and not again when the severity is set', async () => {
    await desk.until('2026-11-24T13:00:00Z')
    await desk.agent('#schwere gering')
    expect(await theTicket()).toMatchObject({ level: 2 })
  })

  it('is broken once, however many processes look at it', async () => {
    const { database } = desk
    await database.$executeRaw`update guarantee set wake_at = '2026-11-24T10:00:00Z', due_at = '2026-11-24T10:30:00Z'
      where kind = 'first-response'`
    const rounds = await Promise.all([1, 2, 3].map(() => wakeGuarantees(desk.promises)))
    expect(rounds.reduce((sum, { woken }) => sum + woken, 0)).toBe(1)
    expect(await database.entry.count({ where: { kind: 'promise-broken' } })).toBe(1)
  })
})

describe('a status update', () => {
  it('is sent at the promised time although nothing happened, which keeps it and promises the next', async () => {
    await desk.customer('Der Drucker druckt nicht.')
    await desk.agent('Wir sehen nach.')
    await desk.until('2026-11-24T15:00:00Z')
    expect(await letters('status-update')).toHaveLength(1)
    const rows = await desk.database.guarantee.findMany({
      where: { kind: 'status-update' },
      orderBy: { startedAt: 'asc' },
    })
    expect(rows.map(({ state }) => state)).toEqual(['kept', 'kept', 'open'])
  })
})

describe('waiting for the customer', () => {
  beforeEach(async () => {
    await desk.customer('Der Drucker druckt nicht.')
    await desk.agent('#warten 2d\nBitte schicken Sie uns die Seriennummer.')
  })

  it('stops the clocks that may stand, visibly', async () => {
    const paused = await desk.database.guarantee.findMany({
      where: { pausedAt: { not: null } },
      orderBy: { kind: 'asc' },
    })
    expect(paused.map(({ kind, pausedFor }) => [kind, pausedFor])).toEqual([
      ['resolution', 'customer'],
      ['status-update', 'customer'],
    ])
    expect(await entryKinds()).toContain('promise-paused')
  })

  it('goes on with the minutes that were left when the customer answers', async () => {
    await desk.until('2026-11-25T11:00:00Z')
    const { number } = await theTicket()
    await desk.customer('Die Nummer ist 4711.', { subject: `Re: [#${number}] Drucker` })
    expect(await promises()).toContain('resolution open 11-27T10:00')
    expect(await entryKinds()).toContain('promise-resumed')
  })

  it('goes on by itself when the time is over, and the ticket is ours again', async () => {
    const { waitingUntil } = await theTicket()
    await desk.until('2026-11-27T12:00:00Z')
    expect(waitingUntil).not.toBeNull()
    expect(await theTicket()).toMatchObject({ state: 'open', waitingUntil: null })
    expect(await desk.database.guarantee.count({ where: { pausedAt: { not: null } } })).toBe(0)
  })
})

describe('another severity', () => {
  beforeEach(() => desk.customer('Der Drucker druckt nicht.'))

  it('makes promises earlier and lifts the matter', async () => {
    await desk.agent('#schwere betriebsverhindernd')
    expect(await promises()).toEqual([
      'first-response open 11-24T12:00',
      'resolution open 11-25T10:30',
      'status-update open 11-24T13:00',
    ])
    expect(await theTicket()).toMatchObject({ level: 2 })
    expect((await entryKinds()).filter(kind => kind === 'promise-retargeted')).toHaveLength(3)
  })

  it('makes nothing later of which the customer was told a time', async () => {
    await desk.agent('#schwere betriebsverhindernd')
    await desk.agent('#schwere gering')
    expect(await promises()).toEqual([
      'first-response open 11-24T12:00',
      'resolution open 11-26T10:00',
      'status-update open 11-24T13:00',
    ])
  })

  it('counts from the moment it was named where it would have been over already', async () => {
    await desk.until('2026-11-24T12:30:00Z')
    await desk.agent('#schwere betriebsverhindernd')
    expect(await promises()).toContain('first-response open 11-24T13:00')
    expect(await promises()).toContain('status-update open 11-24T13:00')
  })
})

describe('the end of a matter', () => {
  beforeEach(() => desk.customer('Der Drucker druckt nicht.'))

  it('keeps the promise to solve it, and withdraws what is not owed any more', async () => {
    await desk.agent('#erledigt')
    expect(await promises()).toEqual([
      'first-response withdrawn 11-24T13:00',
      'resolution kept 11-26T10:00',
      'status-update withdrawn 11-24T15:00',
    ])
    await desk.until('2026-12-04T12:00:00Z')
    expect(await letters('promise-task')).toEqual([])
  })

  it('withdraws everything for spam, which was nobody’s matter', async () => {
    await desk.agent('#spam')
    expect((await promises()).map(line => line.split(' ')[1])).toEqual([
      'withdrawn',
      'withdrawn',
      'withdrawn',
    ])
  })

  it('promises anew what comes back', async () => {
    await desk.agent('#erledigt')
    await desk.until('2026-11-25T11:00:00Z')
    const { number } = await theTicket()
    await desk.customer('Er druckt wieder nicht.', { subject: `Re: [#${number}] Drucker` })
    expect((await promises()).filter(line => line.includes(' open '))).toEqual([
      'resolution open 11-27T10:00',
      'status-update open 11-25T15:00',
    ])
  })
})

describe('promises of an earlier version', () => {
  it('are watched from the start on, but for those that are long over', async () => {
    const { database } = desk
    await desk.customer('Der Drucker druckt nicht.')
    await desk.customer('Das Fax auch nicht.', {
      subject: 'Fax',
      from: { address: 'otto@example.net', name: '' },
    })
    await database.$executeRaw`update guarantee set wake_at = null, minutes = null, policy = null`
    await database.$executeRaw`update guarantee set due_at = '2026-11-02T10:00:00Z'
      where ticket_id = (select id from ticket where subject = 'Fax')`
    expect(await watchOlderPromises(database, desk.now())).toBe(3)
    expect(await watchOlderPromises(database, desk.now())).toBe(0)
    await desk.until('2026-11-24T13:00:00Z')
    expect(await promises()).toEqual(
      expect.arrayContaining(['first-response open 11-02T10:00', 'first-response broken 11-24T13:00']),
    )
  })
})
