/**
 * `npm run bench mail [-- --mails 2000 --seed 1 --waiting 10000 --large 100]`: mails that wait in an IMAP folder, until each has its ticket and the
 * automatic answers were accepted by an SMTP server. Real Dovecot, real PostgreSQL with its usual durability, the real
 * gateway in a process of its own; the SMTP sink is a process of its own too. Everything shares this machine's cores.
 * `--waiting` fills the folder with that many short mails instead, for the memory a backlog takes; `--large` puts one
 * mail of that many megabytes before the others, which the limits then let in.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { ImapFlow } from 'imapflow'
import pg from 'pg'
import { stringify } from 'yaml'
import { nodeFlags } from '../scripts/node-flags.mjs'
import { readAccess, urlOf } from '../src/store/postgres-cluster.ts'
import { dovecotBinary, startDovecot } from '../test/dovecot.ts'
import { type CorpusMail, corpus, largeMail, mix } from './corpus.ts'
import { cpuSecondsOf, cpuSecondsOfFamily, peakMemoryOf } from './process-cost.ts'

const { values } = parseArgs({
  options: {
    mails: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    waiting: { type: 'string' },
    large: { type: 'string' },
  },
})
const count = Number(values.waiting ?? values.mails)
const largeBytes = Number(values.large ?? 0) * 1_000_000
const seed = Number(values.seed)
const limitSeconds = 600

interface Sink {
  readonly port: number
  counts(): Promise<{ accepted: number; answers: number; doubled: number }>
  stop(): void
}

async function startSink(): Promise<Sink> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'smtp-sink.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async () => JSON.parse((await lines.next()).value ?? '{}')
  const { port } = await next()
  return {
    port,
    async counts() {
      child.stdin.write('\n')
      return next()
    },
    stop: () => child.stdin.end(),
  }
}

async function fill(
  port: number,
  user: string,
  password: string,
  mails: readonly CorpusMail[],
): Promise<void> {
  const client = new ImapFlow({
    host: '127.0.0.1',
    port,
    secure: false,
    auth: { user, pass: password },
    logger: false,
  })
  await client.connect()
  for (const { raw } of mails) await client.append('INBOX', raw)
  await client.logout()
}

function configuration(
  data: string,
  imap: { port: number; user: string; password: string },
  smtpPort: number,
): string {
  const open = ['00:00-23:59']
  return stringify({
    company: 'Example GmbH',
    secret: 'a secret of at least thirty-two characters',
    data,
    offices: {
      hamburg: {
        name: 'Hamburg',
        timeZone: 'Europe/Berlin',
        holidays: 'DE-HH',
        hours: { mon: open, tue: open, wed: open, thu: open, fri: open },
      },
    },
    groups: { support: { name: 'Support', agents: ['anna'] } },
    agents: { anna: { name: 'Anna Fink', addresses: ['anna@example.com'] } },
    mailboxes: {
      support: {
        address: 'support@example.com',
        name: 'Support',
        office: 'hamburg',
        group: 'support',
        replyAddress: 'support+{token}@example.com',
        imap: { host: '127.0.0.1', ...imap, tls: 'none' },
      },
    },
    smtp: { host: '127.0.0.1', port: smtpPort, tls: 'none' },
    budgets: { totalPerHour: 1_000_000, totalPer10Minutes: 1_000_000 },
    limits: { mailBytes: 50_000_000 + 2 * largeBytes },
    http: { port: 18_025 },
    log: { level: 'warn' },
  })
}

/** Starts the gateway; resolves when it begins to read the mailbox. */
async function startGateway(file: string): Promise<ChildProcess> {
  const main = join(import.meta.dirname, '../src/main.ts')
  const child = spawn(process.execPath, [...nodeFlags, main, '--config', file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.includes('Reading mailbox')) return child
  }
  throw new Error('the gateway did not start')
}

async function ticketsIn(data: string): Promise<{ tickets: number; inbounds: number }> {
  const client = new pg.Client({ connectionString: urlOf(await readAccess(join(data, 'postgres'))) })
  await client.connect()
  const { rows } = await client.query(
    'select (select count(*) from ticket)::int as tickets, (select count(*) from inbound)::int as inbounds',
  )
  await client.end()
  return rows[0]
}

function describe(mails: readonly CorpusMail[]): string {
  const bytes = mails.reduce((sum, mail) => sum + mail.raw.length, 0)
  const kinds = mix.flatMap(([kind]) => {
    const those = mails.filter(mail => mail.kind === kind).length
    return those === 0 ? [] : [`${those} ${kind}`]
  })
  return `${mails.length} mails, ${(bytes / 1e6).toFixed(0)} MB: ${kinds.join(', ')}; seed ${seed}`
}

const say = (line: string): boolean => process.stdout.write(`${line}\n`)

async function measure(folder: string): Promise<void> {
  const binary = dovecotBinary()
  if (!binary)
    throw new Error('this benchmark needs Dovecot; install dovecot-imapd, or name it with DOVECOT=path')
  const ordinary = corpus(count, seed, values.waiting === undefined ? mix : [['short', 100]])
  const mails = largeBytes > 0 ? [largeMail(largeBytes), ...ordinary] : ordinary
  say(`${describe(mails)}; ${cpus().length} cores, Node ${process.version}`)
  const data = join(folder, 'data')
  const dovecot = await startDovecot(binary)
  const sink = await startSink()
  let gateway: ChildProcess | undefined
  try {
    const account = await dovecot.account()
    await fill(account.port, account.user, account.password, mails)
    const file = join(folder, 'gateway.yaml')
    writeFileSync(file, configuration(data, account, sink.port))
    gateway = await startGateway(file)
    await watch(gateway, data, mails, sink)
  } finally {
    gateway?.kill('SIGTERM')
    if (gateway && gateway.exitCode === null) await once(gateway, 'exit')
    sink.stop()
    await dovecot.stop()
  }
}

async function watch(
  gateway: ChildProcess,
  data: string,
  mails: readonly CorpusMail[],
  sink: Sink,
): Promise<void> {
  const pid = gateway.pid ?? 0
  const postmaster = Number(
    readFileSync(join(data, 'postgres/cluster/postmaster.pid'), 'latin1').split('\n')[0],
  )
  const answersDue = mails.filter(({ kind }) => kind !== 'reply' && kind !== 'machine').length
  const noticesDue = mails.filter(({ kind }) => kind !== 'machine').length
  const began = performance.now()
  const before = { gateway: cpuSecondsOf(pid), database: cpuSecondsOfFamily(postmaster) }
  const seconds = () => (performance.now() - began) / 1000
  let answered: number | undefined
  for (;;) {
    const { accepted, answers } = await sink.counts()
    if (answers >= answersDue) answered ??= seconds()
    if (accepted >= answersDue + noticesDue) break
    if (seconds() > limitSeconds)
      throw new Error(`only ${answers} of ${answersDue} answers after ${limitSeconds} s`)
    await pause(20)
  }
  const all = seconds()
  const gatewaySeconds = cpuSecondsOf(pid) - before.gateway
  const databaseSeconds = cpuSecondsOfFamily(postmaster) - before.database
  const { doubled } = await sink.counts()
  const { tickets, inbounds } = await ticketsIn(data)
  const per1000 = (value: number) => ((value / mails.length) * 1000).toFixed(2)
  say(
    `${inbounds} mails in the ledger, ${tickets} tickets, ${answersDue} answers and ${noticesDue} notices accepted, ${doubled} doubled`,
  )
  say(`mails per second until the last answer was accepted: ${(mails.length / (answered ?? all)).toFixed(1)}`)
  say(`mails per second until the last notice was accepted: ${(mails.length / all).toFixed(1)}`)
  say(`CPU seconds per 1,000 mails: gateway ${per1000(gatewaySeconds)}, database ${per1000(databaseSeconds)}`)
  say(`peak memory of the gateway: ${(peakMemoryOf(pid) / 1e6).toFixed(0)} MB`)
}

const folder = mkdtempSync(join(tmpdir(), 'gateway-bench-'))
chmodSync(folder, 0o755)
try {
  await measure(folder)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
