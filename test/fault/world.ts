/**
 * The world of a fault test: real servers that stay up, lines to them that can be cut, and a gateway in a process of
 * its own that is killed without mercy. What counts is what people find: one ticket for a mail, one answer in the
 * customer's inbox, one notice in the agent's. It is read from their mailboxes, not from the gateway's own books.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { stringify } from 'yaml'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts'
import { readAccess, urlOf } from '../../src/store/postgres-cluster.ts'
import { findPostmaster, stopPostmaster } from '../../src/store/postmaster.ts'
import { type Line, openLine } from '../line.ts'

const customers = 8
const main = join(import.meta.dirname, '../../src/main.ts')

export interface Exit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

export interface World {
  readonly imap: Line
  readonly smtp: Line
  /** Puts `count` new mails into the support mailbox; returns their Message-IDs. */
  deliver(count: number): readonly string[]
  /** Starts the gateway; `crashAt` is a step and how often it may pass first. */
  startGateway(crashAt?: string): void
  /** Resolves when the gateway has ended, or undefined when it is still running after `seconds`. */
  exit(seconds: number): Promise<Exit | undefined>
  killGateway(): Promise<void>
  /** Kills the embedded PostgreSQL as a power cut would. */
  killDatabase(): Promise<void>
  /** Waits, `seconds` at the most, until everybody has what they should have and nothing is under way. */
  settled(seconds: number): Promise<boolean>
  /** What is wrong, in words; empty when every mail has one ticket, one answer and one notice. */
  faults(): Promise<readonly string[]>
  close(): Promise<void>
}

export async function openWorld(): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-fault-'))
  // As root the database runs under another account, which must be able to pass through.
  chmodSync(folder, 0o755)
  const sandbox = await startSandbox({ folder: join(folder, 'world'), imapPort: 0, smtpPort: 0 })
  const imap = await openLine(sandbox.imap.port)
  const smtp = await openLine(sandbox.smtp.port)
  const data = join(folder, 'data')
  writeFileSync(join(folder, 'gateway.yaml'), configOf(sandbox, imap.port, smtp.port, data))
  return new FaultWorld(folder, data, sandbox, imap, smtp)
}

function configOf(sandbox: Sandbox, imapPort: number, smtpPort: number, data: string): string {
  const { config } = sandbox
  const mailboxes = Object.fromEntries(
    Object.entries(config.mailboxes).map(([key, mailbox]) => [
      key,
      { ...mailbox, imap: { ...mailbox.imap, port: imapPort, pollSeconds: 5 } },
    ]),
  )
  return stringify({
    ...config,
    data,
    mailboxes,
    smtp: { ...config.smtp, port: smtpPort, unsureSeconds: 1 },
    budgets: { addressPerHour: 100_000, addressPerDay: 100_000, totalPerHour: 100_000 },
    limits: { commandSeconds: 5 },
    http: { port: 1 + ((sandbox.imap.port + 7) % 65_000) },
    log: { level: 'silent' },
  })
}

class FaultWorld implements World {
  readonly imap: Line
  readonly smtp: Line
  readonly #folder: string
  readonly #data: string
  readonly #sandbox: Sandbox
  readonly #sent: string[] = []
  #gateway: ChildProcess | undefined
  #ended: Promise<Exit> | undefined
  #output = ''

  constructor(folder: string, data: string, sandbox: Sandbox, imap: Line, smtp: Line) {
    this.#folder = folder
    this.#data = data
    this.#sandbox = sandbox
    this.imap = imap
    this.smtp = smtp
  }

  deliver(count: number): readonly string[] {
    const { world } = this.#sandbox
    const support = world.provide('support@example.com')
    const ids = Array.from({ length: count }, (_, i) => `<fault.${this.#sent.length + i}@kunde.example.org>`)
    for (const id of ids) {
      const n = this.#sent.push(id)
      const raw = [
        `From: Customer ${n % customers} <${customer(n)}>`,
        'To: support@example.com',
        `Subject: Anfrage ${n}`,
        `Message-ID: ${id}`,
        `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
        '',
        `Guten Tag, hier ist Anfrage ${n}. Bitte helfen Sie uns weiter.`,
        '',
      ].join('\r\n')
      this.#sandbox.mailboxes.deliver(support, 'INBOX', Buffer.from(raw), Temporal.Now.instant())
    }
    return ids
  }

  startGateway(crashAt?: string): void {
    const env = { ...process.env, ...(crashAt ? { GATEWAY_CRASH_AT: crashAt } : {}) }
    const gateway = spawn(process.execPath, [main, '--config', join(this.#folder, 'gateway.yaml')], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#output = ''
    for (const stream of [gateway.stdout, gateway.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.#output = (this.#output + text).slice(-4000)
      })
    this.#gateway = gateway
    this.#ended = once(gateway, 'exit').then(([code, signal]) => ({ code, signal }))
  }

  async exit(seconds: number): Promise<Exit | undefined> {
    const stopWaiting = new AbortController()
    const late = pause(seconds * 1000, undefined, { signal: stopWaiting.signal }).catch(() => undefined)
    const exit = await Promise.race([this.#ended, late])
    stopWaiting.abort()
    if (exit) this.#gateway = undefined
    if (exit && exit.signal !== 'SIGKILL') throw new Error(`the gateway ended by itself:\n${this.#output}`)
    return exit
  }

  async killGateway(): Promise<void> {
    this.#gateway?.kill('SIGKILL')
    await this.#ended
    this.#gateway = undefined
  }

  async killDatabase(): Promise<void> {
    const postmaster = await findPostmaster(join(this.#data, 'postgres', 'cluster'))
    if (postmaster) process.kill(postmaster.pid, 'SIGKILL')
  }

  async settled(seconds: number): Promise<boolean> {
    const until = performance.now() + seconds * 1000
    while (performance.now() < until) {
      if (await this.#isSettled()) return true
      await pause(200)
    }
    return false
  }

  async faults(): Promise<readonly string[]> {
    const faults: string[] = []
    const answers = this.#answers()
    const notices = this.#notices()
    const rows = await this.#ask<{ message_id: string; rows: number; tickets: number; letters: number }>(
      `select i.message_id, count(distinct i.id)::int as rows, count(distinct i.ticket_id)::int as tickets, count(distinct l.id)::int as letters
       from inbound i left join letter l on l.ticket_id = i.ticket_id and l.kind = 'auto-reply' group by i.message_id`,
    )
    const byId = new Map(rows.map(row => [row.message_id, row]))
    for (const id of this.#sent) {
      const row = byId.get(id)
      if (!row) faults.push(`${id} was lost`)
      else if (row.rows !== 1 || row.tickets !== 1 || row.letters !== 1)
        faults.push(
          `${id} has ${row.rows} rows, ${row.tickets} tickets and ${row.letters} answers in the outbox`,
        )
      if (answers.get(id) !== 1) faults.push(`the customer of ${id} found ${answers.get(id) ?? 0} answers`)
    }
    for (const [ticket, found] of notices)
      if (found !== 1) faults.push(`the agent found ${found} notices of ticket ${ticket}`)
    if (notices.size !== this.#sent.length)
      faults.push(`the agent knows ${notices.size} of ${this.#sent.length} tickets`)
    if (rows.length !== this.#sent.length)
      faults.push(`the ledger has ${rows.length} mails, ${this.#sent.length} were sent`)
    return faults
  }

  async close(): Promise<void> {
    await this.killGateway()
    await stopPostmaster(join(this.#data, 'postgres', 'cluster'))
    await this.imap.close()
    await this.smtp.close()
    await this.#sandbox.stop()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  async #isSettled(): Promise<boolean> {
    if (this.#answers().size < this.#sent.length || this.#notices().size < this.#sent.length) return false
    const [row] = await this.#ask<{ open: number }>(
      `select (select count(*) from letter where state <> 'sent')::int as open`,
    ).catch(() => [])
    return row?.open === 0
  }

  /** How often each mail was answered, by what the customers' clients would thread on. */
  #answers(): Map<string, number> {
    const found = new Map<string, number>()
    const { world } = this.#sandbox
    for (let n = 0; n < customers; n++) {
      const inbox = world.folder(world.provide(customer(n)), 'INBOX')
      for (const { uid } of inbox.list()) {
        const id = /^In-Reply-To: (<[^>]+>)/im.exec(inbox.read(uid).toString('latin1'))?.[1] ?? ''
        found.set(id, (found.get(id) ?? 0) + 1)
      }
    }
    return found
  }

  #notices(): Map<string, number> {
    const found = new Map<string, number>()
    const { world } = this.#sandbox
    const inbox = world.folder(world.provide('jonas.brandt@example.com'), 'INBOX')
    for (const { uid } of inbox.list()) {
      const ticket = /<ticket(\d+)\.notices@/.exec(inbox.read(uid).toString('latin1'))?.[1] ?? ''
      found.set(ticket, (found.get(ticket) ?? 0) + 1)
    }
    return found
  }

  async #ask<Row extends pg.QueryResultRow>(sql: string): Promise<readonly Row[]> {
    const client = new pg.Client({ connectionString: urlOf(await readAccess(join(this.#data, 'postgres'))) })
    // A database that is killed in the middle of a question is a normal event here.
    client.on('error', () => {})
    await client.connect()
    try {
      return (await client.query<Row>(sql)).rows
    } finally {
      await client.end()
    }
  }
}

function customer(n: number): string {
  return `kunde${n % customers}@example.org`
}
