import { setImmediate } from 'node:timers/promises'
import { CLOCK_OVERRIDE_SETTING, TestClock } from 'pg-boss'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Database, inTransaction, openDatabase } from '../../src/store/database.ts'
import { type JobData, type Jobs, openJobs } from '../../src/store/jobs.ts'
import { createDatabase, type TestDatabase } from '../database.ts'

const noon = new Date('2026-03-02T12:00:00Z')
const minutes = (count: number) => count * 60_000

describe('jobs', () => {
  let database: TestDatabase
  let db: Database
  let clock: TestClock
  let jobs: Jobs

  beforeEach(async () => {
    database = await createDatabase()
    // The test's clock counts for sessions that ask for it.
    db = openDatabase(`${database.url}?options=-c%20${CLOCK_OVERRIDE_SETTING}=on`, 3)
    clock = new TestClock(noon)
    jobs = await openJobs(database.url, { clock, onTrouble: () => {} })
  })
  afterEach(async () => {
    await jobs.stop()
    await db.$disconnect()
    await database.drop()
  })

  /** Lets the test's own time pass until the condition holds; handlers run on real time in between. */
  async function passUntil(condition: () => boolean | Promise<boolean>, limit: number): Promise<void> {
    for (let passed = 0; passed < limit; passed += 1000) {
      if (await condition()) return
      await clock.tick(1000)
      for (let turn = 0; turn < 50 && !(await condition()); turn++) await setImmediate()
    }
    expect(await condition()).toBe(true)
  }

  test('a job sent before the start is handled after it', async () => {
    const seen: JobData[] = []
    await jobs.work('letter', async data => void seen.push(data))
    await jobs.send('letter', { id: 'a' })
    await jobs.start()
    await passUntil(() => seen.length === 1, minutes(1))
    expect(seen).toEqual([{ id: 'a' }])
  })

  test('a job of a transaction that is rolled back never exists', async () => {
    const seen: JobData[] = []
    await jobs.work('letter', async data => void seen.push(data))
    await jobs.start()
    const failing = inTransaction(db, async tx => {
      await jobs.send('letter', { id: 'rolled back' }, { tx })
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    await inTransaction(db, tx => jobs.send('letter', { id: 'committed' }, { tx }))
    await passUntil(() => seen.length > 0, minutes(1))
    await clock.tick(minutes(2))
    expect(seen).toEqual([{ id: 'committed' }])
  })

  test('many jobs of one transaction all arrive', async () => {
    const seen: JobData[] = []
    await jobs.work('letter', async data => void seen.push(data))
    await jobs.start()
    const list = Array.from({ length: 20 }, (_, index) => ({ data: { index } }))
    await inTransaction(db, tx => jobs.sendAll('letter', list, tx))
    await passUntil(() => seen.length === 20, minutes(5))
    expect(new Set(seen.map(data => data.index)).size).toBe(20)
  })

  test('a job waits for its time and is overdue after it', async () => {
    await jobs.send('callback', { id: 'x' }, { startAfter: new Date(noon.getTime() + minutes(120)) })
    expect(await jobs.oldestOverdueSeconds()).toBe(0)
    await clock.setTime(noon.getTime() + minutes(121))
    expect(await jobs.oldestOverdueSeconds()).toBe(60)
    const seen: JobData[] = []
    await jobs.work('callback', async data => void seen.push(data))
    await jobs.start()
    await passUntil(() => seen.length === 1, minutes(1))
    await passUntil(async () => (await jobs.oldestOverdueSeconds()) === 0, minutes(1))
  })

  test('the newest word on a key counts: data and time are replaced', async () => {
    const seen: JobData[] = []
    await jobs.work('due', async data => void seen.push(data))
    const tomorrow = new Date(noon.getTime() + minutes(24 * 60))
    await jobs.send('due', { version: 1 }, { singletonKey: 'ticket 1', startAfter: tomorrow })
    await inTransaction(db, tx => jobs.send('due', { version: 2 }, { singletonKey: 'ticket 1', tx }))
    await jobs.send('due', { version: 1 }, { singletonKey: 'ticket 2' })
    await jobs.start()
    await passUntil(() => seen.length === 2, minutes(1))
    expect(seen).toEqual(expect.arrayContaining([{ version: 2 }, { version: 1 }]))
    await clock.tick(minutes(2))
    expect(seen).toHaveLength(2)
  })

  test('a handler that fails is called again, and a hopeless job ends as a dead letter', async () => {
    let calls = 0
    await jobs.work('letter', async () => {
      calls++
      throw new Error('not today')
    })
    await jobs.send('letter', { id: 'a' })
    await jobs.start()
    await passUntil(() => calls >= 3, minutes(5))
    expect(await jobs.deadLetters()).toBe(0)
    await db.$executeRawUnsafe("update pgboss.job set retry_limit = retry_count where name = 'letter'")
    await passUntil(async () => (await jobs.deadLetters()) === 1, minutes(30))
    const after = calls
    await clock.tick(minutes(30))
    expect(calls).toBe(after)
  })

  test('a schedule runs at its wall-clock time', async () => {
    const at: string[] = []
    await jobs.work('balance', async () => void at.push(new Date(clock.now()).toISOString()))
    await jobs.start()
    await jobs.schedule('balance', '30 13 * * *', 'Europe/Berlin')
    await passUntil(() => at.length === 1, minutes(45))
    expect(at[0]?.slice(0, 15)).toBe('2026-03-02T12:3')
  })

  test('a database that is away is worth another try', async () => {
    await expect(openJobs('postgresql://nobody:x@127.0.0.1:1/none')).rejects.toMatchObject({
      name: 'TransientFailure',
    })
  })
})
