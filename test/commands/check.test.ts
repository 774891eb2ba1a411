import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Document } from 'yaml'
import type { Finding } from '../../src/commands/check/finding.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts'
import { cloneDatabase, createDatabase, type TestDatabase } from '../database.ts'
import { runCli } from './run-cli.ts'

let folder: string
let sandbox: Sandbox
let ledger: TestDatabase
let empty: TestDatabase
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'check-'))
  sandbox = await startSandbox({ folder: join(folder, 'sandbox'), imapPort: 0, smtpPort: 0 })
  ledger = await cloneDatabase()
  empty = await createDatabase()
})
afterAll(async () => {
  await sandbox.stop()
  await ledger.drop()
  await empty.drop()
  await rm(folder, { recursive: true })
})

/** The proof is looked up in the same account; where that is broken, it would be told twice. */
const noProof = { kind: 'none' }

/** Key paths and their new values. */
type Changes = Readonly<Record<string, unknown>>

/** Writes the sandbox's configuration with some things changed. */
async function configured(changes: Changes = {}): Promise<string> {
  const config = { ...sandbox.config, data: join(folder, 'data'), database: { url: ledger.url } }
  const document = new Document(structuredClone(config))
  for (const [path, value] of Object.entries(changes))
    document.setIn(path.split('.'), document.createNode(value))
  const file = join(folder, 'gateway.yaml')
  await writeFile(file, document.toString())
  return file
}

async function check(changes: Changes): Promise<{ code: number | null; findings: readonly Finding[] }> {
  const { code, stdout } = await runCli(['check', '--json', '--config', await configured(changes)])
  return { code, findings: JSON.parse(stdout) }
}

describe('everything in order', () => {
  it('says what it found, line by line', async () => {
    const file = await configured()
    const { code, stdout, stderr } = await runCli(['check', '--config', file])
    const { imap, smtp } = sandbox
    expect(stdout.split('\n')).toEqual([
      `✓ configuration: ${file}, 1 mailbox, 1 agent`,
      expect.stringMatching(/^✓ database: PostgreSQL \d+\.\d+, tables are up to date$/),
      expect.stringMatching(
        new RegExp(
          `^✓ mailbox support: 127\\.0\\.0\\.1:${imap.port}, 0 mails in INBOX \\(UIDVALIDITY \\d+\\), extensions IDLE, MOVE, UIDPLUS`,
        ),
      ),
      `✓ smtp: 127.0.0.1:${smtp.port}, no TLS, logged in as support`,
      expect.stringMatching(/^✓ smtp proof: 127\.0\.0\.1:\d+, 0 mails in Sent /),
      '✓ templates: the built-in letters are complete',
      `✓ storage: ${join(folder, 'data')} does not exist yet and can be made`,
      '✓ duty: somebody of every group is on duty in all office hours of the next 28 days',
      '',
    ])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  })

  it('knows an empty database, and one that does not exist yet', async () => {
    const fresh = await check({ 'database.url': empty.url })
    expect(fresh.code).toBe(0)
    expect(fresh.findings[1]?.found).toMatch(/^PostgreSQL \S+, empty; the first start makes the tables$/)
    const embedded = await check({ database: {} })
    expect(embedded.findings[1]?.found).toBe(
      `none yet; the first start makes an embedded PostgreSQL below ${join(folder, 'data')}`,
    )
  })

  it('looks at what is to be done with mails afterwards', async () => {
    const move = await check({ 'mailboxes.support.after': { action: 'move', folder: 'Done' } })
    expect(move.findings).toContainEqual({
      what: 'mailbox support, move',
      ok: true,
      found: 'the folder Done is missing and will be made',
    })
    const flag = await check({ 'mailboxes.support.after': { action: 'flag' } })
    expect(flag.findings).toContainEqual({
      what: 'mailbox support, flag',
      ok: true,
      found: 'the folder keeps $Taken',
    })
  })

  it('writes to an existing data folder', async () => {
    await mkdir(join(folder, 'there'))
    const { findings } = await check({ data: join(folder, 'there') })
    expect(findings.find(({ what }) => what === 'storage')).toEqual({
      what: 'storage',
      ok: true,
      found: `${join(folder, 'there')} can be written and read`,
    })
  })
})

describe('something wrong: exit code 1, what to do, and everything else is still tested', () => {
  const table: readonly (readonly [
    name: string,
    changes: Changes | (() => Changes),
    what: string,
    found: RegExp,
    advice: RegExp,
  ])[] = [
    [
      'a wrong IMAP password',
      { 'mailboxes.support.imap.password': 'hunter2', 'smtp.proof': noProof },
      'mailbox support',
      /the login was refused/,
      /check mailboxes\.support\.imap\.user and the password/,
    ],
    [
      'a missing folder',
      { 'mailboxes.support.imap.folder': 'Nowhere' },
      'mailbox support',
      /the folder Nowhere does not exist/,
      /the account has no "Nowhere"/,
    ],
    [
      'nobody at the IMAP port',
      { 'mailboxes.support.imap.port': 1, 'smtp.proof': noProof },
      'mailbox support',
      /ECONNREFUSED/,
      /check mailboxes\.support\.imap\.host and port/,
    ],
    [
      'a wrong SMTP password',
      { 'smtp.password': 'hunter2' },
      'smtp',
      /auth: 535/,
      /check smtp\.user and SMTP_PASSWORD/,
    ],
    ['nobody at the SMTP port', { 'smtp.port': 1 }, 'smtp', /ECONNREFUSED/, /check smtp\.host and port/],
    ['a server without STARTTLS', { 'smtp.tls': 'starttls' }, 'smtp', /tls: 500/, /check smtp\.tls/],
    [
      'no folder for the proof',
      { 'smtp.proof.folder': 'Gone' },
      'smtp proof',
      /the folder Gone does not exist/,
      /the account has no "Gone"/,
    ],
    [
      'a wrong database password',
      () => ({ 'database.url': changed(ledger.url, 'password', 'hunter2') }),
      'database',
      /password authentication failed/,
      /check user and password in DATABASE_URL/,
    ],
    [
      'a database that does not exist',
      () => ({ 'database.url': changed(ledger.url, 'pathname', '/nowhere') }),
      'database',
      /"nowhere" does not exist/,
      /create the database/,
    ],
    ['no templates', { templates: '/nowhere' }, 'templates', /nowhere/, /mend the file/],
  ]
  it.each(table)('%s', async (_name, changes, what, found, advice) => {
    const { code, findings } = await check(typeof changes === 'function' ? changes() : changes)
    const bad = findings.filter(finding => !finding.ok)
    expect(code).toBe(1)
    expect(bad).toEqual([
      { what, ok: false, found: expect.stringMatching(found), advice: expect.stringMatching(advice) },
    ])
    expect(findings.at(-1)?.what).toBe('duty')
    expect(JSON.stringify(findings)).not.toContain('hunter2')
  })

  it.skipIf(process.getuid?.() === 0)('a data folder that may not be written', async () => {
    await mkdir(join(folder, 'locked'))
    await chmod(join(folder, 'locked'), 0o500)
    const { findings } = await check({ data: join(folder, 'locked', 'data') })
    expect(findings.find(({ what }) => what === 'storage')).toMatchObject({ ok: false })
  })

  it('a server that never says a word', async () => {
    const mute = createServer().listen(0, '127.0.0.1')
    await once(mute, 'listening')
    const address = mute.address()
    const port = address !== null && typeof address === 'object' ? address.port : 0
    const { findings } = await check({
      'mailboxes.support.imap.port': port,
      limits: { commandSeconds: 1 },
      'smtp.proof': noProof,
    })
    mute.close()
    expect(findings.find(({ what }) => what === 'mailbox support')).toMatchObject({
      ok: false,
      found: expect.stringMatching(/no answer/),
    })
  })

  it('a faulty configuration', async () => {
    const { code, findings } = await check({ 'mailboxes.support.group': 'suport' })
    expect(code).toBe(1)
    expect(findings).toEqual([
      { what: 'configuration', ok: false, found: expect.stringContaining('did you mean "support"?') },
    ])
  })
})

function changed(url: string, part: 'password' | 'pathname', value: string): string {
  const parsed = new URL(url)
  parsed[part] = value
  return parsed.href
}
