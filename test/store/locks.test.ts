import { once } from 'node:events'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Locks, openLocks } from '../../src/store/locks.ts'
import { cloneDatabase, type TestDatabase } from '../database.ts'
import { eventually, query } from './scratch.ts'

describe('locks between processes', () => {
  let database: TestDatabase
  const opened: Locks[] = []
  const open = async () => {
    const locks = await openLocks(database.url)
    opened.push(locks)
    return locks
  }

  beforeAll(async () => {
    database = await cloneDatabase()
  })
  afterEach(async () => {
    for (const locks of opened.splice(0)) await locks.stop()
  })
  afterAll(() => database.drop())

  test('one holds a lock, the other gets it when it is given back', async () => {
    const [one, two] = [await open(), await open()]
    expect(await one.tryLock('mailbox support')).toBe(true)
    expect(await one.tryLock('mailbox support')).toBe(true)
    expect(await two.tryLock('mailbox support')).toBe(false)
    expect(await two.tryLock('mailbox sales')).toBe(true)
    await two.unlock('mailbox support')
    expect(await two.tryLock('mailbox support')).toBe(false)
    await one.unlock('mailbox support')
    expect(await two.tryLock('mailbox support')).toBe(true)
  })

  test('the locks of one that stops are free', async () => {
    const [one, two] = [await open(), await open()]
    await one.tryLock('mailbox support')
    await one.stop()
    await eventually(() => two.tryLock('mailbox support'))
  })

  test('tells who is alive', async () => {
    const [one, two] = [await open(), await open()]
    expect(one.instanceId).not.toBe(two.instanceId)
    expect(await one.isAlive(two.instanceId)).toBe(true)
    expect(await one.isAlive(one.instanceId)).toBe(true)
    expect(await one.isAlive('0b0f6b0e-0000-4000-8000-000000000000')).toBe(false)
    await two.stop()
    await eventually(async () => !(await one.isAlive(two.instanceId)))
  })

  test('says when the connection is lost, forgets its locks, and comes back alive under the same name', async () => {
    const [one, two] = [await open(), await open()]
    await one.tryLock('mailbox support')
    const lost = new EventTarget()
    const told = once(lost, 'lost')
    one.onLost(() => lost.dispatchEvent(new Event('lost')))
    await query(
      database.url,
      "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and objsubid = 1 and (classid, objid) in (select ((k >> 32) & 4294967295)::oid, (k & 4294967295)::oid from hashtextextended('mailbox support', 0) as k)",
    )
    await told
    await eventually(() => two.tryLock('mailbox support'))
    await eventually(
      async () => (await two.isAlive(one.instanceId)) && !(await one.tryLock('mailbox support')),
    )
    await two.unlock('mailbox support')
    expect(await one.tryLock('mailbox support')).toBe(true)
  })

  test('without a server there is no answer', async () => {
    await expect(openLocks('postgresql://nobody:x@127.0.0.1:1/none')).rejects.toMatchObject({
      name: 'TransientFailure',
    })
  })
})
