import pg from 'pg'
import { expect, it } from 'vitest'
import { oweCallback } from '../../src/intake/calls/callback-book.ts'
import { wakeCallbacks } from '../../src/intake/calls/wake-callbacks.ts'
import { inTransaction, openDatabase } from '../../src/store/database.ts'
import { applyMigrations } from '../../src/store/migrate.ts'
import { applyWithEngine, readMigrations } from '../../src/store/schema-engine.ts'
import { examinePhone, owedWithoutPhone } from '../../src/watch/phone-health.ts'
import { createDatabase } from '../database.ts'
import { customer, openCallbackDesk } from '../intake/calls/callback-desk.ts'

/** What was there before telephony, and what is left when it goes again. */

const ticketId = '11111111-1111-4111-8111-111111111111'

it('a ledger of mail alone keeps its tickets, and calls can be owed about them', async () => {
  const desk = await openCallbackDesk()
  const { url, drop } = await createDatabase()
  const migrations = await readMigrations()
  const ofMail = migrations.migrationDirectories.filter(({ path }) => !path.endsWith('_telephony'))
  await applyWithEngine(url, { ...migrations, migrationDirectories: ofMail })
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(
    `insert into ticket (id, sequence, number, state, subject, customer_address, customer_name, language, mailbox, "group", office,
       opened_at, changed_at)
     values ($1, 1, '1000001', 'open', 'Drucker', 'kunde@kunde.example.com', '', 'de', 'support', 'support', 'hamburg',
       '2026-11-20T07:00Z', '2026-11-20T07:00Z')`,
    [ticketId],
  )
  await client.query(
    `insert into guarantee (id, ticket_id, kind, state, started_at, due_at, derivation)
     values (gen_random_uuid(), $1, 'reply', 'open', '2026-11-20T07:00Z', '2026-11-20T09:00Z', '[]')`,
    [ticketId],
  )
  await client.end()
  const telephony = migrations.migrationDirectories
    .map(({ path }) => path)
    .filter(path => !ofMail.some(one => one.path === path))
  expect(await applyMigrations(url)).toEqual(telephony)
  expect(telephony).toHaveLength(1)
  const database = openDatabase(url, 4)
  const deps = { ...desk.deps, database }
  const office = deps.offices.get('hamburg')
  if (!office) throw new Error('the desk is in Hamburg')
  await inTransaction(database, tx =>
    oweCallback(tx, {
      ...{
        ticketId,
        number: customer,
        office,
        now: deps.now(),
        line: 'hotline',
        language: 'de',
        minutes: 120,
      },
      ...{ startedAt: deps.now(), wakeAt: deps.now(), source: 'given' },
    }),
  )
  await wakeCallbacks(deps)
  expect(await database.callback.findFirst()).toMatchObject({ state: 'owed', stage: 'assigned' })
  expect(await database.guarantee.count({ where: { kind: 'reply', state: 'open', reason: null } })).toBe(1)
  await database.$disconnect()
  await drop()
  await desk.close()
})

it('a gateway whose telephone section went while calls were owed is one that has trouble', async () => {
  const desk = await openCallbackDesk()
  const { database, now } = desk.deps
  expect(await owedWithoutPhone(database, now)).toBeUndefined()
  await desk.owe(await desk.ticket())
  desk.later({ minutes: 10 })
  const left = await owedWithoutPhone(database, now)
  if (!left) throw new Error('a call is owed')
  const { found } = examinePhone(left, await left.promises())
  expect(found.map(({ key }) => key)).toEqual(['callbacks-asleep'])
  await desk.close()
})
