import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { balanceText } from '../../src/commands/ledger-balance.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts'
import { cloneDatabase, type TestDatabase } from '../database.ts'
import { runCli } from './run-cli.ts'

let folder: string
let sandbox: Sandbox
let ledger: TestDatabase
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'balance-'))
  sandbox = await startSandbox({ folder: join(folder, 'sandbox'), imapPort: 0, smtpPort: 0 })
  ledger = await cloneDatabase()
  const { support } = sandbox.config.mailboxes
  if (!support) throw new Error('the sandbox has no support mailbox')
  const away = { ...support, address: 'away@example.com', imap: { ...support.imap, user: 'away', port: 1 } }
  const { replyAddress: _, ...unsigned } = away
  const config = { ...sandbox.config, database: { url: ledger.url }, mailboxes: { support, away: unsigned } }
  await writeFile(join(folder, 'gateway.yaml'), stringify(config))
})
afterAll(async () => {
  await sandbox.stop()
  await ledger.drop()
  await rm(folder, { recursive: true })
})

const balance = (...args: readonly string[]) => runCli(['ledger', 'balance', ...args], { cwd: folder })

describe('ledger balance', () => {
  it('compares one mailbox', async () => {
    expect(await balance('--mailbox', 'support')).toEqual({
      code: 0,
      stdout:
        '✓ support: no gaps\n  INBOX holds 0 mails, the ledger 0 rows; 0 have left the folder, 0 are waiting for the reader\n',
      stderr: '',
    })
  })

  it('compares the others although one is away, and says so by its exit code', async () => {
    const { code, stdout } = await balance('--json')
    expect(code).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject([
      { mailbox: 'support', gaps: [], missing: [] },
      { mailbox: 'away', failure: expect.stringMatching(/^network: /) },
    ])
  })

  it('knows its mailboxes', async () => {
    expect(await balance('--mailbox', 'suport')).toEqual({
      code: 1,
      stdout: '',
      stderr: 'There is no mailbox "suport"; did you mean "support"?\n',
    })
  })
})

describe('what a balance says', () => {
  const even = {
    mailbox: 'support',
    folder: 'INBOX',
    uidValidity: 1n,
    onServer: 12,
    inLedger: 14,
    gone: 2,
    waiting: 0,
    gaps: [],
    reread: 0,
    missing: [],
    unfinished: 0,
  }
  const head =
    'INBOX holds 12 mails, the ledger 14 rows; 2 have left the folder, 0 are waiting for the reader'
  it.each([
    ['even', {}, `✓ support: no gaps\n  ${head}`],
    ['a gap that was closed', { gaps: [7], reread: 1 }, `✓ support: 1 gap, 1 read again\n  ${head}`],
    [
      'a mail that is not to be had',
      { gaps: [7, 8], reread: 1, missing: [8] },
      `✗ support: 2 gaps, 1 read again\n  ${head}\n  still missing: UID 8; run this again, or look at these mails on the server`,
    ],
    [
      'a move the server refuses',
      { unfinished: 3 },
      `✗ support: no gaps\n  ${head}\n  3 mails could not be flagged or moved; look at mailboxes.support.after`,
    ],
  ])('%s', (_name, changes, text) => {
    expect(balanceText({ ...even, ...changes })).toBe(text)
  })
})
