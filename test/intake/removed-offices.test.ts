import { afterEach, beforeEach, expect, it } from 'vitest'
import { officeFindings } from '../../src/commands/check/check-offices.ts'
import { officesOf } from '../../src/config/office-calendar.ts'
import { configSchema } from '../../src/config/schema.ts'
import { examine } from '../../src/health.ts'
import { mailboxFactsOf } from '../../src/intake/mailbox-facts.ts'
import { promiseDepsOf } from '../../src/intake/promises/promise-deps.ts'
import { wakeGuarantees } from '../../src/intake/promises/wake-guarantees.ts'
import { rehouseTickets } from '../../src/intake/removed-offices.ts'
import { takeIn } from '../../src/intake/take-in.ts'
import { composeLetter } from '../../src/outbox/letter.ts'
import { builtInTemplates, loadTemplates } from '../../src/templates.ts'
import { noon } from '../desk/mail-example.ts'
import { arrival, deskConfig, openDesk, type TestDesk } from './desk.ts'

/** The office of tickets that are open is no longer in the configuration: it was closed, or somebody changed its key. */

const { hamburg } = deskConfig.offices
const moved = configSchema.parse({
  ...structuredClone(deskConfig),
  offices: { bremen: { ...hamburg, name: 'Bremen', holidays: 'DE-HB' }, kiel: { ...hamburg, name: 'Kiel' } },
  mailboxes: {
    support: { ...deskConfig.mailboxes.support, office: 'kiel' },
    second: { ...deskConfig.mailboxes.second, office: 'bremen' },
  },
})

let desk: TestDesk
let now = noon
beforeEach(async () => {
  now = noon
  desk = await openDesk(() => now)
  await takeIn(desk.deps, [arrival(1)])
})
afterEach(() => desk.close())

/** The same ledger with the configuration of today. */
const after = () => ({
  ...desk.deps,
  config: moved,
  offices: officesOf(moved, noon),
  mailboxFacts: mailboxFactsOf(moved),
})
async function answer(uid: number) {
  const { messageId } = await desk.database.letter.findFirstOrThrow({ where: { kind: 'auto-reply' } })
  return takeIn(after(), [
    arrival(uid, { inReplyTo: [messageId], references: [messageId], subject: 'AW: Frage' }),
  ])
}

it('is replaced at the start by that of the mailbox, with a line in the history of each open ticket, once', async () => {
  await takeIn(desk.deps, [arrival(2), arrival(3, {}, { mailbox: 'second' })])
  await desk.database.ticket.updateMany({ where: { sequence: 2n }, data: { state: 'resolved' } })
  const rounds = await Promise.all([1, 2].map(() => rehouseTickets(desk.database, moved, now)))
  expect(rounds.flat().toSorted((a, b) => (a.to < b.to ? -1 : 1))).toEqual([
    { office: 'hamburg', to: 'bremen', tickets: 1 },
    { office: 'hamburg', to: 'kiel', tickets: 1 },
  ])
  const tickets = await desk.database.ticket.findMany({ orderBy: { sequence: 'asc' } })
  expect(tickets.map(({ office }) => office)).toEqual(['kiel', 'hamburg', 'bremen'])
  const lines = await desk.database.entry.findMany({ where: { kind: 'office-replaced' } })
  expect(lines.map(({ detail }) => detail)).toEqual(
    expect.arrayContaining([
      { from: 'hamburg', to: 'kiel' },
      { from: 'hamburg', to: 'bremen' },
    ]),
  )
  expect(lines).toHaveLength(2)
  expect(await rehouseTickets(desk.database, moved, now)).toEqual([])
})

it('sends no mail to quarantine, before the start has replaced it or after', async () => {
  expect(await answer(10)).toMatchObject([{ outcome: 'add-entry' }])
  await rehouseTickets(desk.database, moved, now)
  expect(await answer(11)).toMatchObject([{ outcome: 'add-entry' }])
  expect(await desk.database.inbound.count({ where: { outcome: 'quarantine' } })).toBe(0)
})

it('lets promises be watched, and letters that waited go out with the office of their mailbox', async () => {
  now = now.add({ hours: 3 })
  await wakeGuarantees(promiseDepsOf(after()))
  expect(await desk.database.guarantee.count({ where: { state: 'broken' } })).toBe(1)
  const templates = await loadTemplates([builtInTemplates])
  const letters = await desk.database.letter.findMany()
  expect(letters.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['auto-reply', 'promise-task']))
  for (const letter of letters) {
    const { text } = composeLetter(letter, moved, templates, after().offices)
    if (letter.kind === 'auto-reply') expect(text).toContain('Kiel')
  }
})

it('is reported by the check before the start, and by the health after it', async () => {
  const client = {
    query: async (sql: string, values: unknown[] = []) => {
      const rows = await desk.database.$queryRawUnsafe<object[]>(sql, ...values)
      return { rows, rowCount: rows.length }
    },
  }
  const look = () => officeFindings(client as unknown as Parameters<typeof officeFindings>[0], moved)
  expect(await look()).toMatchObject([
    { what: 'office hamburg', ok: false, found: expect.stringContaining('1 open ticket belongs to it') },
  ])
  const rehoused = await rehouseTickets(desk.database, moved, now)
  expect(await look()).toEqual([])
  const state = { queued: 0, unsure: 0, failed: 0, inFlight: 0, oldestQueuedAt: null, lastError: null }
  const { health } = await examine(
    {
      ...{ mailboxes: new Map(), overdueJobSeconds: async () => 0, rehoused },
      delivery: { state: async () => state },
    },
    now,
  )
  expect(health).toMatchObject({ ready: true })
  expect(health.warnings).toEqual([
    '1 open ticket of the office hamburg, which is no longer in the configuration, went to kiel at the start',
  ])
})
