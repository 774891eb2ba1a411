import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { officesOf } from '../../src/config/office-calendar.ts'
import { mailboxFactsOf } from '../../src/intake/mailbox-facts.ts'
import { quarantineMail } from '../../src/intake/quarantine.ts'
import { openLog } from '../../src/log.ts'
import { openBlobStore } from '../../src/store/blobs.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { cloneDatabase, type TestDatabase } from '../database.ts'
import { noon } from '../desk/mail-example.ts'
import { arrival, deskConfig } from '../intake/desk.ts'
import { runCli } from './run-cli.ts'

const raw = Buffer.from(
  [
    'Message-ID: <poison@kunde.example.com>',
    'From: Kim Kunde <kim@kunde.example.com>',
    'To: support@example.com',
    'Subject: =?utf-8?q?Eine_Frage=1B=5B31m?=',
    'Date: Tue, 24 Nov 2026 11:59:00 +0000',
    '',
    'Wie geht das?\u001b[31m',
    '',
  ].join('\r\n'),
)

let folder: string
let clone: TestDatabase
let database: Database
const ids: string[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quarantine-'))
  clone = await cloneDatabase()
  database = openDatabase(clone.url, 2)
  const { support } = deskConfig.mailboxes
  const config = {
    ...deskConfig,
    mailboxes: { support },
    database: { url: clone.url },
    data: join(folder, 'data'),
  }
  await writeFile(join(folder, 'gateway.yaml'), stringify(config))
  const blobs = await openBlobStore({ kind: 'files' }, config.data)
  const rawSha256 = await blobs.put(raw)
  const deps = {
    database,
    config: deskConfig,
    offices: officesOf(deskConfig, noon),
    mailboxFacts: mailboxFactsOf(deskConfig),
    now: () => noon,
    nudge: () => {},
    log: openLog('silent'),
  }
  for (const uid of [1, 2]) {
    const failure = new Error('the column is too short for \u001b]0;it\u0007')
    const { inboundId } = await quarantineMail(
      deps,
      { ...arrival(uid), rawSha256, size: raw.length },
      failure,
    )
    ids.push(String(inboundId))
  }
})
afterAll(async () => {
  await database.$disconnect()
  await clone.drop()
  await rm(folder, { recursive: true })
})

const gateway = (...args: readonly string[]) => runCli(['quarantine', ...args], { cwd: folder })

it('lists the newest first, and as many as asked for', async () => {
  const { code, stdout } = await gateway('list')
  expect(code).toBe(0)
  expect(stdout).toMatch(
    new RegExp(
      `^2 mails are in quarantine .*\\n {2}${ids[1]} {2}.* support, not-recorded: .*\\n {2}${ids[0]} {2}`,
    ),
  )
  expect((await gateway('list', '--limit', '1')).stdout).toContain('… and 1 more, shown with --limit')
  expect(JSON.parse((await gateway('list', '--json')).stdout)).toMatchObject({
    total: 2,
    mails: [{ id: ids[1] }, { id: ids[0] }],
  })
})

it('shows why, without obeying the mail', async () => {
  const { code, stdout } = await gateway('show', ids[0] ?? '')
  expect(code).toBe(0)
  expect(stdout).toContain('why       not-recorded: Error: the column is too short for \ufffd]0;it\ufffd\n')
  expect(stdout).toContain(`release   gateway quarantine retry ${ids[0]}\n`)
})

it('hands out the mail byte by byte', async () => {
  expect(await gateway('show', ids[0] ?? '', '--raw')).toEqual({
    code: 0,
    stdout: raw.toString(),
    stderr: '',
  })
})

it.each([
  ['x', '"x" is no id of a mail; "gateway quarantine list" shows them.\n'],
  ['9999', 'Mail 9999 is not in quarantine; "gateway why 9999" tells what became of it.\n'],
])('knows no mail %s', async (id, stderr) => {
  expect(await gateway('show', id)).toEqual({ code: 1, stdout: '', stderr })
  expect(await gateway('retry', id)).toEqual({ code: 1, stdout: '', stderr })
})

it('takes a mail in again, once, and its copy as a copy', async () => {
  const first = await gateway('retry', ids[0] ?? '')
  expect(first).toMatchObject({ code: 0, stderr: '' })
  expect(first.stdout).toMatch(
    new RegExp(`^✓ mail ${ids[0]} was taken in as mail \\d+: open-ticket, ticket \\d{7}\\n$`),
  )
  const rest = await gateway('retry', '--all', '--json')
  expect(JSON.parse(rest.stdout)).toMatchObject([{ id: ids[1], ok: true, outcome: 'note-duplicate' }])
  expect((await gateway('retry', '--all')).stdout).toBe('Nothing is in quarantine.\n')
  expect(await database.ticket.count()).toBe(1)
  expect(await database.letter.count({ where: { kind: 'auto-reply' } })).toBe(1)
})
