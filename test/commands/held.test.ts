import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { fingerprintOf, readMail } from '../../src/channels/mail/read-mail.ts'
import { takeIn } from '../../src/intake/take-in.ts'
import { openLog } from '../../src/log.ts'
import { openBlobStore } from '../../src/store/blobs.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { takeInDepsOf } from '../../src/take-in-deps.ts'
import { cloneDatabase, type TestDatabase } from '../database.ts'
import { arrival, deskConfig } from '../intake/desk.ts'
import { runCli } from './run-cli.ts'

let folder: string
let clone: TestDatabase
let database: Database
let number: string
const ids: string[] = []

const rawMail = (uid: number) =>
  Buffer.from(
    [
      `Message-ID: <nosy${uid}@elsewhere.example>`,
      'From: Nosy <nosy@elsewhere.example>',
      'To: support@example.com',
      `Subject: =?utf-8?q?AW=3A_=5B#${number}=5D_=1B=5B31m?=`,
      `Date: ${new Date().toUTCString()}`,
      '',
      `Was ist mit ${uid}?\u001b[31m`,
      '',
    ].join('\r\n'),
  )

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'held-'))
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
  const deps = takeInDepsOf(deskConfig, {
    database,
    now: () => Temporal.Now.instant(),
    nudge: () => {},
    log: openLog('silent'),
  })
  const [first] = await takeIn(deps, [arrival(1)])
  number = first?.ticketNumber ?? ''
  for (const uid of [2, 3, 4]) {
    const raw = rawMail(uid)
    const rawSha256 = await blobs.put(raw)
    const content = await readMail(raw)
    const fingerprint = fingerprintOf(content, rawSha256)
    const receivedAt = Temporal.Now.instant()
    const mail = { ...arrival(uid), rawSha256, size: raw.length, content, fingerprint, receivedAt }
    const [held] = await takeIn(deps, [mail])
    ids.push(String(held?.inboundId))
  }
})

afterAll(async () => {
  await database.$disconnect()
  await clone.drop()
  await rm(folder, { recursive: true })
})

const gateway = (...args: readonly string[]) => runCli(['held', ...args], { cwd: folder })

it('lists what waits, oldest first, without obeying the mails', async () => {
  const { code, stdout } = await gateway('list', '--limit', '2')
  expect(code).toBe(0)
  expect(stdout).toMatch(/^3 mails wait for a decision/)
  expect(stdout).toMatch(new RegExp(`\\n {2}${ids[0]} {2}.* stranger, ticket ${number}, from nosy@elsewhere`))
  expect(stdout).toContain('… and 1 more, shown with --limit')
  expect(stdout).not.toContain('\u001b')
  expect(JSON.parse((await gateway('list', '--json')).stdout)).toMatchObject({
    total: 3,
    mails: ids.map(id => ({ id, ticketNumber: number, reason: 'stranger', state: 'held' })),
  })
})

it('shows the mail and the commands that decide', async () => {
  const { stdout } = await gateway('show', ids[0] ?? '')
  expect(stdout).toContain('waits for a decision')
  expect(stdout).toContain(`gateway held add ${ids[0]} `)
  expect(stdout).toContain('Was ist mit 2?\ufffd[31m')
})

it('adds, opens and discards, and says the same again when asked again', async () => {
  const add = await gateway('add', ids[0] ?? '')
  expect(add).toEqual({ code: 0, stdout: `✓ mail ${ids[0]} was added to ticket ${number}\n`, stderr: '' })
  const again = await gateway('add', ids[0] ?? '')
  expect(again).toMatchObject({ code: 0, stdout: `✓ mail ${ids[0]} had been added to ticket ${number}\n` })
  expect((await gateway('new', ids[1] ?? '')).stdout).toMatch(/was given ticket \d{7}\n$/)
  expect((await gateway('discard', ids[2] ?? '')).stdout).toContain('left without consequences')
  expect((await gateway('list')).stdout).toBe('No mail waits for a decision.\n')
  expect((await gateway('show', ids[2] ?? '')).stdout).toMatch(/decided {3}discard, /)
  expect(
    await database.letter.count({ where: { kind: 'auto-reply', recipient: 'nosy@elsewhere.example' } }),
  ).toBe(1)
})

it('tells why: the decision stands in the trail', async () => {
  const { stdout } = await runCli(['why', '--mail', ids[0] ?? ''], { cwd: folder })
  expect(stdout).toMatch(new RegExp(`outcome +hold, ticket ${number}\n`))
  expect(stdout).toMatch(/held +yes: .* decided: add/)
})

it.each([
  ['x', '"x" is no id of a mail; "gateway held list" shows them.\n'],
  ['9999', 'Mail 9999 was never held; "gateway why 9999" tells what became of it.\n'],
])('knows no held mail %s', async (id, stderr) => {
  expect(await gateway('show', id)).toEqual({ code: 1, stdout: '', stderr })
  expect(await gateway('add', id)).toEqual({ code: 1, stdout: '', stderr })
})

it('refuses to decide otherwise', async () => {
  expect(await gateway('new', ids[0] ?? '')).toEqual({
    code: 1,
    stdout: '',
    stderr: `Mail ${ids[0]} was decided already: add.\n`,
  })
})
