import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { linkKnownProblem } from '../../src/intake/procedures/known-problems.ts'
import { takeIn } from '../../src/intake/take-in.ts'
import { openLog } from '../../src/log.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { takeInDepsOf } from '../../src/take-in-deps.ts'
import { cloneDatabase, type TestDatabase } from '../database.ts'
import { arrival, deskConfig } from '../intake/desk.ts'
import { runCli } from './run-cli.ts'

let folder: string
let clone: TestDatabase
let database: Database
let file: string
const numbers: string[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'known-'))
  clone = await cloneDatabase()
  database = openDatabase(clone.url, 2)
  const { support } = deskConfig.mailboxes
  const config = {
    ...deskConfig,
    mailboxes: { support },
    database: { url: clone.url },
    data: join(folder, 'data'),
  }
  file = join(folder, 'gateway.yaml')
  await writeFile(file, stringify(config))
  const now = () => Temporal.Now.instant()
  const deps = takeInDepsOf(deskConfig, { database, now, nudge: () => {}, log: openLog('silent') })
  for (const uid of [1, 2]) {
    const text = `Die Druckwarteschlange meldet Fehler E42 nach dem Update, Fall ${uid}.`
    const from = { address: `kunde${uid}@firma${uid}.example.com`, name: '' }
    const [taken] = await takeIn(deps, [
      arrival(uid, { from, subject: 'Druckwarteschlange E42 \u001b[31m', text, replyText: text }),
    ])
    numbers.push(taken?.ticketNumber ?? '')
    const ticket = await database.ticket.findUniqueOrThrow({ where: { number: numbers.at(-1) ?? '' } })
    await linkKnownProblem(database, {
      ticketId: ticket.id,
      key: 'drucker-e42',
      title: 'Fehler E42',
      by: 'Anna',
      now: now(),
    })
  }
}, 120_000)

afterAll(async () => {
  await database.$disconnect()
  await clone.drop()
  await rm(folder, { recursive: true })
})

const cli = (...args: string[]) => runCli([...args, '--config', file])

it('lists and shows a known problem with its customers, without control characters of a mail', async () => {
  const list = await cli('known', 'list')
  expect(list.stdout).toMatch(/drucker-e42\s+Fehler E42 \(2 tickets, 2 open; 2 customers\)/)
  const shown = await cli('known', 'show', 'Drucker-E42')
  for (const number of numbers) expect(shown.stdout).toContain(number)
  expect(shown.stdout).not.toContain('\u001b')
  expect(await cli('known', 'show', 'nothing')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('No known problem'),
  })
}, 120_000)

it('says whether this has happened before', async () => {
  const { stdout } = await cli('ticket', 'similar', numbers[1] ?? '')
  expect(stdout).toMatch(/^1 similar ticket, 1 other customer, since /)
  expect(stdout).toContain('It may be the known problem drucker-e42')
}, 120_000)

it('informs all customers of a problem, and solves it once', async () => {
  const told = await cli('known', 'tell', 'drucker-e42', '--text', 'Die Ursache ist gefunden.')
  expect(told).toMatchObject({ code: 0, stdout: expect.stringContaining('an update for 2 tickets') })
  expect(await database.letter.count({ where: { kind: 'status-update' } })).toBe(2)
  const solved = await cli('known', 'solve', 'drucker-e42', '--text', 'Mit Version 7.4 behoben.', '--json')
  expect(JSON.parse(solved.stdout)).toMatchObject({ told: expect.arrayContaining(numbers), open: [] })
  expect(await database.ticket.count({ where: { state: 'resolved' } })).toBe(2)
  const again = await cli('known', 'solve', 'drucker-e42', '--text', 'Noch einmal.')
  expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining('No open known problem') })
}, 120_000)
