import { readFile } from 'node:fs/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { applyMigrations } from '../../src/store/migrate.ts'
import { readMigrations, sqlBetween } from '../../src/store/schema-engine.ts'
import { createDatabase, type TestDatabase } from '../database.ts'

async function query(url: string, sql: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await client.query(sql)
  } finally {
    await client.end()
  }
}

const migrationsFolder = new URL('../../prisma/migrations/', import.meta.url)

describe('migrations', () => {
  const databases: TestDatabase[] = []
  const empty = async () => {
    const database = await createDatabase()
    databases.push(database)
    return database.url
  }
  let names: string[]

  beforeAll(async () => {
    names = (await readMigrations()).migrationDirectories.map(({ path }) => path)
  })
  afterAll(async () => {
    for (const database of databases) await database.drop()
  })

  test('lead exactly to prisma/schema.prisma', async () => {
    const schema = await readFile(new URL('../../prisma/schema.prisma', import.meta.url), 'utf8')
    const migrations = await readMigrations()
    const missing = await sqlBetween(await empty(), migrations, schema)
    expect(missing).toBe('')
  })

  test('a changed schema is noticed', async () => {
    const schema = await readFile(new URL('../../prisma/schema.prisma', import.meta.url), 'utf8')
    const migrations = await readMigrations()
    const changed = schema.replace('model Balance {', 'model Balance {\n  extra String?\n')
    const missing = await sqlBetween(await empty(), migrations, changed)
    expect(missing).toContain('ADD COLUMN     "extra" TEXT')
  })

  test('are applied once, in order, and named', async () => {
    const url = await empty()
    const steps: string[] = []
    expect(await applyMigrations(url, step => steps.push(step))).toEqual(names)
    expect(steps).toEqual(names)
    expect(await applyMigrations(url)).toEqual([])
  })

  test('are applied by one of several gateways that start together', async () => {
    const url = await empty()
    const applied = await Promise.all([1, 2, 3, 4].map(() => applyMigrations(url)))
    expect(applied.flat()).toEqual(names)
    const { rows } = await query(url, 'select count(*)::int as count from _prisma_migrations')
    expect(rows).toEqual([{ count: names.length }])
  })

  test('let the customers of tickets that were there before take part in them', async () => {
    const url = await empty()
    const [init, second] = await Promise.all(
      names.slice(0, 2).map(name => readFile(new URL(`${name}/migration.sql`, migrationsFolder), 'utf8')),
    )
    await query(url, init ?? '')
    await query(
      url,
      `insert into ticket (id, number, state, subject, customer_address, customer_name, language, mailbox, "group", office, opened_at, changed_at)
       select gen_random_uuid(), n, 'open', '', address, 'Petra', 'de', 'support', 'first', 'hamburg', '2026-11-24', '2026-11-24'
       from (values ('1000018', 'Petra@Kunde.example.com'), ('1000026', '')) as old (n, address)`,
    )
    await query(url, second ?? '')
    const { rows } = await query(url, 'select address, name, role from participant')
    expect(rows).toEqual([{ address: 'petra@kunde.example.com', name: 'Petra', role: 'customer' }])
  })

  test('one that fails is named, and the next start refuses with the reason', async () => {
    const url = await empty()
    await query(url, 'create sequence ticket')
    await expect(applyMigrations(url)).rejects.toMatchObject({
      name: 'PermanentFailure',
      message: expect.stringMatching(/^The migration \d+_init failed: relation "ticket" already exists$/),
    })
    await expect(applyMigrations(url)).rejects.toMatchObject({
      name: 'PermanentFailure',
      message: expect.stringMatching(/_init failed earlier: relation "ticket" already exists/),
    })
  })

  test('a server that is away is worth another try', async () => {
    await expect(applyMigrations('postgresql://nobody:x@127.0.0.1:1/none')).rejects.toMatchObject({
      name: 'TransientFailure',
      code: 'database',
    })
  })
})
