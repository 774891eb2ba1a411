/**
 * One running gateway: database, doors in, door out, wired together here and nowhere else. Everything is started in
 * the order in which it is needed and stopped in reverse; a start that fails stops what had been started.
 */
import { resolve } from 'node:path'
import type { Router } from 'express'
import { DueLoops } from './channels/clock/due-loops.ts'
import { authenticatingReader } from './channels/mail/authenticate.ts'
import { type MailboxDeps, startMailbox } from './channels/mail/mailbox.ts'
import type { MailboxDoor } from './channels/mail/mailbox-door.ts'
import { type Accounts, openAccounts } from './channels/mail/oauth/accounts.ts'
import { fingerprintOf } from './channels/mail/read-mail.ts'
import { startClock, timeZoneOf } from './clock-jobs.ts'
import { officesOf } from './config/office-calendar.ts'
import type { Config } from './config/schema.ts'
import type { Step } from './fault-hook.ts'
import { examine } from './health.ts'
import { writeDigest } from './intake/digest.ts'
import { recordFailedLetter } from './intake/letter-failed.ts'
import { type Rehoused, rehouseTickets } from './intake/removed-offices.ts'
import { type TakeInDeps, takeIn } from './intake/take-in.ts'
import type { Log } from './log.ts'
import { mailCounters } from './metrics.ts'
import { type Delivery, startDelivery } from './outbox/deliver.ts'
import { openSentFolder } from './outbox/sent-lookup.ts'
import { openSmtp } from './outbox/smtp.ts'
import { type Phone, startPhone } from './phone.ts'
import { watchPromises } from './promises.ts'
import { type BlobStore, openBlobStore } from './store/blobs.ts'
import { type Database, openDatabase } from './store/database.ts'
import { startEmbeddedPostgres } from './store/embedded-postgres.ts'
import { type Jobs, openJobs } from './store/jobs.ts'
import { applyMigrations } from './store/migrate.ts'
import { joinGateways } from './store/shared-store.ts'
import { takeInDepsOf } from './take-in-deps.ts'
import { templatesOf } from './templates.ts'
import { Undoing } from './undoing.ts'
import { owedWithoutPhone } from './watch/phone-health.ts'
import type { Watch } from './watch/watch.ts'
import { watchGateway } from './watch/watch-gateway.ts'
import { wholeLetters } from './whole-letters.ts'

export interface GatewayOptions {
  readonly config: Config
  readonly log: Log
  readonly now: () => Temporal.Instant
  /** A line for a person who watches the start. */
  readonly onStep: (what: string) => void
  readonly step?: Step | undefined
}

export interface Gateway {
  readonly config: Config
  readonly database: Database
  readonly databaseUrl: string
  readonly blobs: BlobStore
  readonly mailboxes: ReadonlyMap<string, MailboxDoor>
  readonly delivery: Delivery
  readonly takeInDeps: TakeInDeps
  /** Pages for people of a level, to be mounted at the root. */
  readonly pages: Router
  /** Left out without a telephone section in the configuration. */
  readonly phone?: Phone
  readonly watch: Watch
  /** Tickets that lost their office to the configuration. */
  readonly rehoused: readonly Rehoused[]
  /** How late the most overdue scheduled job is, in seconds; 0 when none is. */
  overdueJobSeconds(): Promise<number>
  stop(): Promise<void>
}

/** Starts a gateway on `config`. The caller holds the data folder. Rejects when something it needs is not to be had. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const undoing = new Undoing()
  try {
    return await assemble(options, undoing)
  } catch (error) {
    await undoing.run()
    throw error
  }
}

async function assemble(options: GatewayOptions, undoing: Undoing): Promise<Gateway> {
  const { config, log, now, onStep, step } = options
  const databaseUrl = await provideDatabase(config, onStep, undoing)
  const applied = await applyMigrations(databaseUrl)
  if (applied.length > 0) onStep(`Applied ${applied.length} database migrations`)
  const database = openDatabase(databaseUrl, config.database.connections)
  undoing.add(() => database.$disconnect())
  const rehoused = await rehouseTickets(database, config, now())
  for (const one of rehoused) log.warn({ ...one }, 'tickets of an office that is no longer configured')
  const locks = await joinGateways(databaseUrl, database, config)
  undoing.add(() => locks.stop())
  const blobs = await openBlobStore(config.storage, config.data)
  const accounts = openAccounts(config, { dataFolder: config.data, fetch, now })
  const delivery = await startDoorOut(options, { database, locks, blobs }, accounts, undoing)
  // Mails may end what the telephone part is about, which is opened later because it stands on the same deps.
  const telephone: { phone?: Phone | undefined } = {}
  const loops = new DueLoops()
  const takeInDeps = takeInDepsOf(config, {
    ...{ database, now, nudge: delivery.nudge, log, step },
    callbacksChanged: hangUps => {
      loops.wake()
      telephone.phone?.callbacksChanged(hangUps)
    },
  })
  const jobs = await openJobs(databaseUrl, {
    onTrouble: err => log.error({ err }, 'the job queue has trouble'),
  })
  undoing.add(() => jobs.stop())
  const parts = mailboxParts(options, { database, locks, blobs }, takeInDeps, accounts)
  await startClock(options, jobs, parts, async () => {
    const letters = await writeDigest(database, config, now(), takeInDeps.offices)
    if (letters > 0) delivery.nudge()
    return letters
  })
  const mailboxes = new Map<string, MailboxDoor>()
  for (const part of parts) {
    const { address, imap } = part.config
    onStep(`Reading mailbox ${address} on ${imap.host}:${imap.port}`)
    mailboxes.set(part.key, startMailbox(part))
  }
  undoing.add(() => Promise.all([...mailboxes.values()].map(door => door.stop())))
  const phone = await openPhone(options, takeInDeps, loops, blobs, jobs, undoing)
  telephone.phone = phone
  const pages = watchPromises({ ...dueDeps(options, takeInDeps, loops), ...phone?.deps, blobs }, loops)
  undoing.add(() => loops.stop())
  const telephony = phone ?? (await owedWithoutPhone(database, now))
  const overdueJobSeconds = () => jobs.oldestOverdueSeconds()
  const watch: Watch = await watchGateway({
    config,
    database,
    parts,
    doors: mailboxes,
    smtpTokens: accounts.smtp,
    examine: async () =>
      (
        await examine(
          { mailboxes, delivery, overdueJobSeconds, watch, config, phone: telephony, rehoused },
          now(),
        )
      ).found,
    now,
    log,
  })
  undoing.add(() => watch.stop())
  return {
    config,
    database,
    databaseUrl,
    blobs,
    mailboxes,
    delivery,
    takeInDeps,
    ...(phone ? { phone } : {}),
    pages,
    rehoused,
    watch,
    overdueJobSeconds,
    stop: () => undoing.run(),
  }
}

function dueDeps({ step }: GatewayOptions, takeInDeps: TakeInDeps, loops: DueLoops) {
  return { ...takeInDeps, step, wake: () => loops.wake() }
}

async function openPhone(
  options: GatewayOptions,
  takeInDeps: TakeInDeps,
  loops: DueLoops,
  blobs: BlobStore,
  jobs: Jobs,
  undoing: Undoing,
): Promise<Phone | undefined> {
  if (!options.config.phone) return undefined
  const deps = dueDeps(options, takeInDeps, loops)
  const phone = await startPhone({ deps, loops, blobs, jobs, timeZone: timeZoneOf(options.config) })
  undoing.add(() => phone.stop())
  return phone
}

function mailboxParts(
  { config, log, now, step }: GatewayOptions,
  stores: Pick<MailboxDeps, 'database' | 'locks' | 'blobs'>,
  takeInDeps: TakeInDeps,
  accounts: Accounts,
): MailboxDeps[] {
  return Object.entries(config.mailboxes).map(([key, mailbox]) => ({
    ...stores,
    key,
    config: mailbox,
    limits: config.limits,
    takeIn: async mails => mailCounters.count(key, await takeIn(takeInDeps, mails)),
    readMail: authenticatingReader(config, key, { now }),
    fingerprintOf,
    log,
    tokens: accounts.mailboxes.get(key),
    ...(step ? { step } : {}),
  }))
}

async function provideDatabase(
  config: Config,
  onStep: (what: string) => void,
  undoing: Undoing,
): Promise<string> {
  if (config.database.url) return config.database.url
  const server = await startEmbeddedPostgres({ dataFolder: resolve(config.data), onStep })
  undoing.add(() => server.stop())
  return server.url
}

async function startDoorOut(
  { config, log, now, step }: GatewayOptions,
  { database, locks, blobs }: Pick<MailboxDeps, 'database' | 'locks' | 'blobs'>,
  accounts: Accounts,
  undoing: Undoing,
): Promise<Delivery> {
  const offices = officesOf(config, now())
  const templates = await templatesOf(config, { onBroken: message => log.error(message) })
  const sentFolder = openSentFolder(config, mailbox => accounts.mailboxes.get(mailbox))
  undoing.add(() => sentFolder.close())
  const delivery = startDelivery({
    database,
    locks,
    config,
    compose: wholeLetters(config, templates, offices, blobs),
    transport: openSmtp(config.smtp, undefined, accounts.smtp),
    lookUp: sentFolder.lookUp,
    onFailed: (tx, letter, failure) => recordFailedLetter(tx, letter, failure, config, now()),
    now,
    log,
    ...(step ? { step } : {}),
  })
  undoing.add(() => delivery.stop())
  return delivery
}
