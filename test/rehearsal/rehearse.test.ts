import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { describe, expect, inject, it, onTestFinished } from 'vitest'
import { minutesOf, runRehearsal } from '../../src/commands/rehearse/run-rehearsal.ts'
import { type Config, configSchema } from '../../src/config/schema.ts'
import type { RehearsedMail } from '../../src/rehearsal/report.ts'
import { letter, look, post } from '../conformance/post.ts'
import { everything, type HoodiecrowAccount, openHoodiecrow } from '../hoodiecrow.ts'
import { deskConfig } from '../intake/desk.ts'

async function world(): Promise<{ account: HoodiecrowAccount; config: Config }> {
  const account = await openHoodiecrow(everything)
  onTestFinished(() => account.close())
  const data = await mkdtemp(join(tmpdir(), 'gateway-rehearsal-'))
  onTestFinished(() => rm(data, { recursive: true }))
  const { support } = deskConfig.mailboxes
  if (!support) throw new Error('the desk has no mailbox "support"')
  const { port, user, password } = account
  const config = configSchema.parse({
    ...deskConfig,
    data,
    database: { url: inject('databaseServer') },
    mailboxes: {
      support: {
        ...support,
        imap: { host: '127.0.0.1', port, tls: 'none', user, password },
        after: { action: 'move', folder: 'Done' },
      },
    },
    budgets: { maxAgeDays: 36_500 },
  })
  return { account, config }
}

async function databases(): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: inject('databaseServer') })
  await client.connect()
  const { rows } = await client.query<{ datname: string }>(
    "select datname from pg_database where datname like 'rehearsal%'",
  )
  await client.end()
  return rows.map(row => row.datname)
}

const absence = Buffer.from(
  'From: otto@example.com\r\nTo: support@example.com\r\nSubject: Abwesenheitsnotiz\r\nAuto-Submitted: auto-replied\r\nMessage-ID: <away@example.com>\r\nDate: Mon, 2 Mar 2026 09:15:00 +0100\r\n\r\nIch bin nicht da.\r\n',
)

describe('a rehearsal', () => {
  it('reports what it would do, sends nothing, and leaves server and ledger as they were', async () => {
    const { account, config } = await world()
    await post(account, 'INBOX', [letter('first'), absence])
    const before = await look(account, 'INBOX')
    const lines: string[] = []
    const wishes = {
      minutes: 5,
      once: true,
      signal: AbortSignal.timeout(60_000),
      onLine: (line: string) => void lines.push(line),
    }
    const { data, text } = await runRehearsal(config, wishes)
    expect(data).toMatchObject({ mails: 2, tickets: 1, machineMails: 1, autoReplies: 1, quarantined: 0 })
    expect(text).toContain('Nothing was sent')
    expect(await look(account, 'INBOX')).toEqual(before)
    expect(await databases()).toEqual([])
    const { mailsFile } = data as { readonly mailsFile: string }
    const mails = (await readFile(mailsFile, 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line): RehearsedMail => JSON.parse(line))
    expect(mails.map(mail => mail.outcome)).toEqual(['open-ticket', 'note-machine-mail'])
    const answer = mails[0]?.letters.find(one => one.kind === 'auto-reply')
    expect(answer).toMatchObject({ to: 'erika@example.com' })
    expect(answer?.text).toContain(mails[0]?.ticketNumber ?? 'no ticket number')
    expect(lines.join('\n')).toContain('would send: auto-reply to erika@example.com')
  })

  it('ends when it is told to, with its report', async () => {
    const { account, config } = await world()
    await post(account, 'INBOX', [letter('only')])
    const stop = new AbortController()
    const wishes = { minutes: undefined, once: false, signal: stop.signal, onLine: () => stop.abort() }
    expect((await runRehearsal(config, wishes)).data).toMatchObject({ mails: 1 })
  })

  it.each([
    ['30m', 30],
    ['12h', 720],
    ['7d', 10_080],
  ])('of %s lasts %i minutes', (span, minutes) => {
    expect(minutesOf(span)).toBe(minutes)
  })

  it.each(['', '7', '0m', '25d', '1w', '-1h'])('of %j is refused', span => {
    expect(() => minutesOf(span)).toThrow('use 30m, 12h or 7d')
  })
})
