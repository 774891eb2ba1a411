import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { cloneDatabase, type TestDatabase } from '../database.ts'
import { deskConfig } from '../intake/desk.ts'
import { runCli } from './run-cli.ts'

let folder: string
let clone: TestDatabase
let database: Database
let file: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ticket-new-'))
  clone = await cloneDatabase()
  database = openDatabase(clone.url, 2)
  const { support } = deskConfig.mailboxes
  const place = { mailboxes: { support }, database: { url: clone.url }, data: join(folder, 'data') }
  file = join(folder, 'gateway.yaml')
  await writeFile(file, stringify({ ...deskConfig, ...place }))
}, 120_000)

afterAll(async () => {
  await database.$disconnect()
  await clone.drop()
  await rm(folder, { recursive: true })
})

const cli = (args: readonly string[], input = '') =>
  runCli(['ticket', 'new', ...args, '--config', file], { input })

it('opens a ticket for what was said, and the history says in which way and who wrote it down', async () => {
  const opened = await cli([
    ...['--by', 'anna', '--name', 'Petra Lindner', '--email', 'petra@kunde.example.com'],
    ...['--text', 'Der Drucker zieht kein Papier ein.', '--json'],
  ])
  expect(opened.stderr).toBe('')
  const { number, promises, confirmation } = JSON.parse(opened.stdout)
  expect(promises).toMatchObject([{ kind: 'first-response' }])
  expect(confirmation).toEqual({ send: true })
  const shown = await runCli(['ticket', 'show', number, '--config', file])
  expect(shown.stdout).toContain('told us in person, recorded by')
  expect(shown.stdout).toContain('Der Drucker zieht kein Papier ein.')
  const dossier = await runCli(['ticket', 'dossier', number, '--language', 'de', '--config', file])
  expect(dossier.stdout).toContain('im persönlichen Gespräch, aufgenommen von Anna Fink')
})

it('takes a matter as JSON, which flags complete', async () => {
  const matter = { text: 'Wann öffnen Sie am Samstag?', customer: { handle: '@petra' }, channel: 'social' }
  const opened = await cli(
    ['--by', 'bernd', '--stdin', '--name', 'Petra', '--no-confirm'],
    JSON.stringify(matter),
  )
  expect(opened.stdout).toMatch(/^Ticket \d+ is open\. Promised:\n.*first-response/)
  const ticket = await database.ticket.findFirstOrThrow({ where: { channel: 'social' } })
  expect(ticket).toMatchObject({ customerName: 'Petra', subject: 'Wann öffnen Sie am Samstag?' })
})

it('says everything that is wrong, and opens nothing', async () => {
  const before = await database.ticket.count()
  const stranger = await cli(['--by', 'nobody', '--text', 'x', '--name', 'y'])
  expect(stranger).toMatchObject({ code: 1, stderr: expect.stringContaining('There are: anna, bernd.') })
  const empty = await cli(['--by', 'anna'])
  expect(empty).toMatchObject({ code: 1, stderr: expect.stringContaining('text') })
  const wrong = await cli([
    '--by',
    'anna',
    '--text',
    'x',
    '--area',
    'cooking',
    '--phone',
    'none',
    '--channel',
    'chat',
  ])
  expect(wrong.stderr).toContain('area: The configuration has no such area.')
  expect(wrong.stderr).toContain('customer/phone: It is no telephone number.')
  expect(await cli(['--by', 'anna', '--stdin'], '[1]')).toMatchObject({ code: 1 })
  expect(await database.ticket.count()).toBe(before)
})

it('takes both views of the severity and a serial number, and says what they may be', async () => {
  const told = ['--by', 'anna', '--name', 'Jan Ode', '--text', 'Steht still.', '--serial', 'AB-4711']
  const opened = await cli([...told, '--severity', 'stopped', '--customer-severity', 'hindered'])
  expect(opened.stderr).toBe('')
  const ticket = await database.ticket.findFirstOrThrow({ where: { customerName: 'Jan Ode' } })
  expect(ticket).toMatchObject({ severity: 'stopped', customerSeverity: 'hindered' })
  const wrong = await cli([...told, '--severity', 'fatal'])
  expect(wrong.stderr).toContain('There are: stopped, hindered, minor.')
  expect(await database.ticket.count({ where: { customerName: 'Jan Ode' } })).toBe(1)
})

it('takes attachments with a matter as JSON, within the limits of the API', async () => {
  const file = { filename: 'a.txt', content: Buffer.from('Hallo').toString('base64') }
  const matter = { text: 'Siehe Anhang.', customer: { name: 'Mit Anhang' }, attachments: [file] }
  expect((await cli(['--by', 'anna', '--stdin'], JSON.stringify(matter))).stderr).toBe('')
  const entry = await database.entry.findFirstOrThrow({ where: { text: 'Siehe Anhang.' } })
  expect(entry.detail).toMatchObject({ attachments: [{ filename: 'a.txt', size: 5 }] })
  const broken = { ...matter, attachments: [{ ...file, content: '?' }] }
  expect((await cli(['--by', 'anna', '--stdin'], JSON.stringify(broken))).stderr).toContain('no base64')
})
