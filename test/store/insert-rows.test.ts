import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Database, inTransaction, openDatabase } from '../../src/store/database.ts'
import { insertRows } from '../../src/store/insert-rows.ts'
import { cloneDatabase, type TestDatabase } from '../database.ts'
import { query } from './scratch.ts'

describe('rows of one statement', () => {
  let database: TestDatabase
  let db: Database

  beforeEach(async () => {
    database = await cloneDatabase()
    db = openDatabase(database.url, 2)
    await db.$executeRaw`create table parcel (id int primary key, weight_kg int, note text)`
  })
  afterEach(async () => {
    await db.$disconnect()
    await database.drop()
  })

  const parcels = () => query(database.url, 'select id, weight_kg, note from parcel order by id')

  test('are written by the names of their fields, in whatever order those stand', async () => {
    const rows = [
      { id: 1, weightKg: 5n, note: null },
      { note: 'fragile', id: 2, weightKg: 7 },
    ]
    await inTransaction(db, tx => insertRows(tx, 'parcel', rows))
    expect(await parcels()).toEqual([
      { id: 1, weight_kg: 5, note: null },
      { id: 2, weight_kg: 7, note: 'fragile' },
    ])
  })

  test.each([
    ['more', { id: 2, weightKg: 7, note: 'would be lost' }],
    ['less', { id: 2 }],
    ['others', { id: 2, note: 'would be lost' }],
  ])('are refused as a whole where one has %s fields', async (_, odd) => {
    const writing = inTransaction(db, tx => insertRows(tx, 'parcel', [{ id: 1, weightKg: 5 }, odd]))
    await expect(writing).rejects.toThrow(/rows for "parcel" differ/)
    expect(await parcels()).toEqual([])
  })
})
