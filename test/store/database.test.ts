import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Database, inTransaction, isDatabaseAway, openDatabase } from '../../src/store/database.ts'
import { cloneDatabase, type TestDatabase } from '../database.ts'
import { query } from './scratch.ts'

const away = { name: 'TransientFailure', code: 'database' }

describe('transactions', () => {
  let database: TestDatabase
  let db: Database

  beforeEach(async () => {
    database = await cloneDatabase()
    db = openDatabase(database.url, 4)
    await db.$executeRaw`create table account (id int primary key, amount int not null)`
    await db.$executeRaw`insert into account values (1, 0), (2, 0)`
  })
  afterEach(async () => {
    await db.$disconnect()
    await database.drop()
  })

  const throwOutEverybody = () =>
    query(
      database.url,
      'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()',
    )

  test('commit as a whole or not at all, and pass other errors on', async () => {
    const error = new Error('no')
    const failing = inTransaction(db, async tx => {
      await tx.$executeRaw`update account set amount = 5`
      throw error
    })
    await expect(failing).rejects.toBe(error)
    expect(isDatabaseAway(error)).toBe(false)
    await inTransaction(db, tx => tx.$executeRaw`update account set amount = amount + 1`)
    expect(await query(database.url, 'select sum(amount)::int as sum from account')).toEqual([{ sum: 2 }])
  })

  test('that run into each other are repeated until both are in', async () => {
    let begun = 0
    let open = () => {}
    const bothBegun = new Promise<void>(resolve => {
      open = resolve
    })
    const transfer = (from: number, to: number) =>
      inTransaction(db, async tx => {
        await tx.$executeRaw`update account set amount = amount - 1 where id = ${from}`
        if (++begun === 2) open()
        await bothBegun
        await tx.$executeRaw`update account set amount = amount + 1 where id = ${to}`
      })
    await Promise.all([transfer(1, 2), transfer(2, 1)])
    expect(begun).toBe(3)
    expect(await query(database.url, 'select amount from account order by id')).toEqual([
      { amount: 0 },
      { amount: 0 },
    ])
  })

  test('whose connection is lost on the way are worth another try', async () => {
    const cut = inTransaction(db, async tx => {
      await tx.$queryRaw`select 1`
      await throwOutEverybody()
      await tx.$queryRaw`select 1`
    })
    await expect(cut).rejects.toMatchObject(away)
    const cutAtCommit = inTransaction(db, async tx => {
      await tx.$queryRaw`select 1`
      await throwOutEverybody()
    })
    await expect(cutAtCommit).rejects.toMatchObject(away)
    await inTransaction(db, tx => tx.$executeRaw`update account set amount = 1`)
  })

  test('on a connection that died while idle are simply done on a new one', async () => {
    await db.$queryRaw`select 1`
    await throwOutEverybody()
    await expect(inTransaction(db, tx => tx.$executeRaw`update account set amount = 1`)).resolves.toBe(2)
  })

  test('without a server are worth another try; with a wrong password they are not', async () => {
    const nowhere = openDatabase('postgresql://nobody:x@127.0.0.1:1/none', 2)
    await expect(inTransaction(nowhere, tx => tx.$queryRaw`select 1`)).rejects.toMatchObject(away)
    const stranger = openDatabase(database.url.replace(/\/\/gateway:[^@]*@/, '//gateway:wrong@'), 2)
    const refused = await inTransaction(stranger, tx => tx.$queryRaw`select 1`).catch(
      (error: unknown) => error,
    )
    expect(refused).toBeInstanceOf(Error)
    expect(isDatabaseAway(refused)).toBe(false)
  })

  test('a value that breaks a rule of the tables is not the database being away', async () => {
    const twice = await db.$executeRaw`insert into account values (1, 0)`.catch((error: unknown) => error)
    expect(twice).toBeInstanceOf(Error)
    expect(isDatabaseAway(twice)).toBe(false)
  })
})
