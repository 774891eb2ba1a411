import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { authenticatingReader } from '../../src/channels/mail/authenticate.ts'
import { type MailboxDeps, startMailbox } from '../../src/channels/mail/mailbox.ts'
import type { MailboxDoor } from '../../src/channels/mail/mailbox-door.ts'
import { fingerprintOf } from '../../src/channels/mail/read-mail.ts'
import type { StepName } from '../../src/channels/mail/reading/steps.ts'
import { officesOf } from '../../src/config/office-calendar.ts'
import type { Config, MailboxConfig } from '../../src/config/schema.ts'
import type { InboundMail } from '../../src/desk/inbound.ts'
import { mailboxFactsOf } from '../../src/intake/mailbox-facts.ts'
import { type TakeInDeps, takeIn } from '../../src/intake/take-in.ts'
import { openLog } from '../../src/log.ts'
import { openBlobStore } from '../../src/store/blobs.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { type Locks, openLocks } from '../../src/store/locks.ts'
import { cloneDatabase } from '../database.ts'
import type { ImapAccount } from '../imap-peer.ts'
import { deskConfig } from '../intake/desk.ts'
import { type Line, openLine } from '../line.ts'
import { TestTiming } from './timing.ts'

/** One gateway process as far as a mailbox is concerned, on a real database and a real store. */
export interface Gateway {
  readonly door: MailboxDoor
  readonly deps: MailboxDeps
  /** What takes its mails in: the desk behind the door. */
  readonly desk: TakeInDeps
  readonly timing: TestTiming
  readonly locks: Locks
  /** The UIDs of every batch handed in, in the order of the commits. */
  readonly batches: readonly (readonly number[])[]
  /** Every mail handed in and committed. */
  readonly mails: readonly InboundMail[]
  /** What happens at a step, from now on; replaces what was to happen there before. */
  at(step: StepName, act: (uid: number | undefined) => void | Promise<void>): void
  /** Resolves when the step is next reached. */
  reached(step: StepName): Promise<void>
  /** Resolves when the folder has been read to its end and the door rests. */
  rested(): Promise<void>
  stop(): Promise<void>
}

/** The ledger that gateways share. */
export interface Ledger {
  readonly url: string
  readonly database: Database
  subjects(): Promise<readonly string[]>
  close(): Promise<void>
}

export interface Wishes {
  /** Which of the desk's mailboxes it reads; `support` unless told. */
  readonly mailbox?: 'support' | 'second'
  readonly folder?: string
  readonly after?: MailboxConfig['after']
  readonly password?: string
  readonly tls?: MailboxConfig['imap']['tls']
  readonly mailBytes?: number
  readonly commandSeconds?: number
  /** The desk's clock; the morning of an ordinary Monday unless told. */
  readonly now?: () => Temporal.Instant
  /** Called before a batch is recorded; may throw. */
  readonly beforeRecord?: () => Promise<void>
}

export async function openLedger(): Promise<Ledger> {
  const { url, drop } = await cloneDatabase()
  const database = openDatabase(url, 6)
  return {
    url,
    database,
    async subjects() {
      const rows = await database.inbound.findMany({ orderBy: { id: 'asc' } })
      return rows.map(row => row.subject)
    },
    async close() {
      await database.$disconnect()
      await drop()
    },
  }
}

async function startGateway(ledger: Ledger, account: ImapAccount, wishes: Wishes = {}): Promise<Gateway> {
  const timing = new TestTiming()
  const locks = await openLocks(ledger.url)
  const acts = new Map<StepName, (uid: number | undefined) => void | Promise<void>>()
  const watchers = new Map<StepName, (() => void)[]>()
  const batches: number[][] = []
  const mails: InboundMail[] = []
  const key = wishes.mailbox ?? 'support'
  const config = configOf(account, key, wishes)
  const mailbox = mailboxOf(config, key)
  const now = wishes.now ?? (() => timing.now())
  const takeInDeps: TakeInDeps = {
    database: ledger.database,
    config,
    offices: officesOf(config, now()),
    mailboxFacts: mailboxFactsOf(config),
    now,
    nudge: () => undefined,
    log: openLog('silent'),
  }
  const deps: MailboxDeps = {
    key,
    config: mailbox,
    limits: { mailBytes: wishes.mailBytes ?? 50_000_000, commandSeconds: wishes.commandSeconds ?? 30 },
    database: ledger.database,
    blobs: await openBlobStore({ kind: 'files' }, await temporaryFolder()),
    locks,
    async takeIn(batch) {
      await wishes.beforeRecord?.()
      await takeIn(takeInDeps, batch)
      batches.push(batch.map(mail => Number(mail.position.uid)))
      mails.push(...batch)
    },
    readMail: authenticatingReader(config, key, { now, resolve: noNames }),
    fingerprintOf,
    log: openLog('silent'),
    timing,
    async step(name, uid) {
      for (const resolve of watchers.get(name) ?? []) resolve()
      watchers.delete(name)
      await acts.get(name)?.(uid)
    },
  }
  const door = startMailbox(deps)
  return {
    door,
    deps,
    desk: takeInDeps,
    timing,
    locks,
    batches,
    mails,
    at: (step, act) => void acts.set(step, act),
    reached: step => new Promise(resolve => watchers.set(step, [...(watchers.get(step) ?? []), resolve])),
    rested: () => timing.until('poll'),
    async stop() {
      await door.stop()
      await locks.stop()
    },
  }
}

/** A gateway, a ledger or a line that ends with the test; the last one begun ends first. */
export async function gatewayFor(ledger: Ledger, account: ImapAccount, wishes?: Wishes): Promise<Gateway> {
  const gateway = await startGateway(ledger, account, wishes)
  onTestFinished(() => gateway.stop())
  return gateway
}

export async function ledgerForTest(): Promise<Ledger> {
  const ledger = await openLedger()
  onTestFinished(() => ledger.close())
  return ledger
}

export async function lineTo(account: ImapAccount): Promise<{ line: Line; account: ImapAccount }> {
  const line = await openLine(account.port)
  onTestFinished(() => line.close())
  return { line, account: { ...account, port: line.port } }
}

/** Ends the database connection on which the gateway holds its locks, as a restarted firewall does. */
export async function robOfLock({ database }: Ledger, { locks }: Gateway): Promise<void> {
  const lost = new Promise<void>(resolve => locks.onLost(resolve))
  await database.$queryRaw`
    select pg_terminate_backend(pid) from pg_locks
    where locktype = 'advisory' and granted
      and database = (select oid from pg_database where datname = current_database())
      and (classid::bigint << 32 | objid::bigint) = hashtextextended(${`instance ${locks.instanceId}`}, 0)`
  await lost
}

/** The mail server whose reports on senders count here. */
export const trustedServer = 'mx.example.com'

/** A name server that has no answer: nobody is proven by a DKIM signature. */
async function noNames(): Promise<never> {
  throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' })
}

function configOf(account: ImapAccount, key: string, wishes: Wishes): Config {
  const kept = mailboxOf(deskConfig, key)
  const imap = {
    ...kept.imap,
    host: '127.0.0.1',
    port: account.port,
    tls: wishes.tls ?? 'none',
    user: account.user,
    password: wishes.password ?? account.password,
    folder: wishes.folder ?? 'INBOX',
  }
  const authentication = { ...kept.authentication, trusted: [trustedServer] }
  const after = wishes.after ?? { action: 'leave' }
  return {
    ...deskConfig,
    mailboxes: { ...deskConfig.mailboxes, [key]: { ...kept, imap, authentication, after } },
  }
}

function mailboxOf({ mailboxes }: Config, key: string): MailboxConfig {
  const mailbox = mailboxes[key]
  if (!mailbox) throw new Error(`the desk has no mailbox "${key}"`)
  return mailbox
}

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'gateway-raw-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}
