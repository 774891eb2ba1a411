/**
 * The gateway as it would be, on live mailboxes: folders are opened with EXAMINE, so that nothing can change on the
 * server; the ledger is thrown away afterwards; and there is no door out, so that nothing can be sent. What is
 * decided is decided by the very code that decides in earnest.
 */
import { join } from 'node:path'
import { authenticatingReader } from '../channels/mail/authenticate.ts'
import { startMailbox } from '../channels/mail/mailbox.ts'
import { openAccounts } from '../channels/mail/oauth/accounts.ts'
import { fingerprintOf } from '../channels/mail/read-mail.ts'
import { officesOf } from '../config/office-calendar.ts'
import type { Config } from '../config/schema.ts'
import type { InboundMail } from '../desk/inbound.ts'
import { type TakeInDeps, type TakenIn, takeIn } from '../intake/take-in.ts'
import type { Log } from '../log.ts'
import { composeLetter } from '../outbox/letter.ts'
import { openBlobStore } from '../store/blobs.ts'
import { type Database, openDatabase } from '../store/database.ts'
import { openLocks } from '../store/locks.ts'
import { takeInDepsOf } from '../take-in-deps.ts'
import { templatesOf } from '../templates.ts'
import type { RehearsedLetter, RehearsedMail } from './report.ts'
import { makeThrowAwayDatabase, rehearsalFolder } from './throw-away-database.ts'

export interface RehearsalOptions {
  readonly config: Config
  /** Ends it; what is under way is finished. */
  readonly signal: AbortSignal
  /** Called after each mail, in the order in which they are taken in. */
  readonly onMail: (mail: RehearsedMail) => void
  /** Called whenever a mailbox has been read to its end. */
  readonly onRested?: (mailbox: string) => void
  readonly log: Log
  readonly now: () => Temporal.Instant
}

/** Rejects where database, store or templates are not to be had; a mailbox that fails is tried again, as ever. */
export async function rehearse(options: RehearsalOptions): Promise<void> {
  const ledger = await makeThrowAwayDatabase(options.config)
  try {
    const database = openDatabase(ledger.url, options.config.database.connections)
    try {
      await readMailboxes({ ...options, config: harmless(options.config) }, database, ledger.url)
    } finally {
      await database.$disconnect()
    }
  } finally {
    await ledger.drop()
  }
}

/** The same configuration with nothing in it that acts on the server. */
function harmless(config: Config): Config {
  const mailboxes = Object.entries(config.mailboxes).map(([key, mailbox]) => [
    key,
    { ...mailbox, after: { action: 'leave' } },
  ])
  return { ...config, mailboxes: Object.fromEntries(mailboxes), storage: { kind: 'files' } }
}

async function readMailboxes(options: RehearsalOptions, database: Database, url: string): Promise<void> {
  const { config, signal, log, now } = options
  const blobs = await openBlobStore(config.storage, join(rehearsalFolder(config.data)))
  // The real folder: a refresh token that is rotated here must not be lost to the gateway.
  const accounts = openAccounts(config, { dataFolder: config.data, fetch, now })
  const locks = await openLocks(url)
  try {
    const deps = takeInDepsOf(config, { database, now, nudge: () => {}, log, step: undefined })
    const handIn = await reporter(options, deps)
    const doors = Object.entries(config.mailboxes).map(([key, mailbox]) =>
      startMailbox({
        key,
        config: mailbox,
        limits: config.limits,
        database,
        blobs,
        locks,
        takeIn: handIn,
        readMail: authenticatingReader(config, key, { now }),
        fingerprintOf,
        log,
        tokens: accounts.mailboxes.get(key),
        step: name => {
          if (name === 'resting') options.onRested?.(key)
        },
      }),
    )
    await aborted(signal)
    await Promise.all(doors.map(door => door.stop()))
  } finally {
    await locks.stop()
  }
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  await new Promise(resolve => signal.addEventListener('abort', resolve, { once: true }))
}

/** Takes mails in one by one, so that each letter can be told to be of this mail. */
async function reporter(
  { config, onMail, now }: RehearsalOptions,
  deps: TakeInDeps,
): Promise<(mails: readonly InboundMail[]) => Promise<void>> {
  const templates = await templatesOf(config)
  const offices = officesOf(config, now())
  const compose = (letter: Parameters<typeof composeLetter>[0]) =>
    composeLetter(letter, config, templates, offices)
  let last: Promise<unknown> = Promise.resolve()
  const one = async (mail: InboundMail) => {
    const [taken] = await takeIn(deps, [mail])
    const letters = await writtenLetters(deps.database, compose)
    if (taken) onMail(await rehearsed(deps.database, taken, letters))
  }
  return async mails => {
    for (const mail of mails) {
      // Two mailboxes must not find each other's letters.
      const turn = last.then(() => one(mail))
      last = turn.catch(() => undefined)
      await turn
    }
  }
}

/** The letters since the last mail, as they would be read; then out of the way, though budgets go on counting them. */
async function writtenLetters(
  database: Database,
  compose: (letter: Parameters<typeof composeLetter>[0]) => {
    readonly subject: string
    readonly text: string
  },
): Promise<RehearsedLetter[]> {
  const rows = await database.letter.findMany({ where: { state: 'queued' }, orderBy: { createdAt: 'asc' } })
  const ids = rows.map(row => row.id)
  await database.letter.updateMany({ where: { id: { in: ids } }, data: { state: 'rehearsed' } })
  return rows.map(row => {
    const { subject, text } = compose(row)
    return { kind: row.kind, to: row.recipient, subject, text }
  })
}

async function rehearsed(
  database: Database,
  taken: TakenIn,
  letters: readonly RehearsedLetter[],
): Promise<RehearsedMail> {
  const row = await database.inbound.findUniqueOrThrow({ where: { id: taken.inboundId } })
  const { mailbox, subject, classification, outcome, rule, trail } = row
  return {
    mailbox,
    uid: `${row.uid}`,
    receivedAt: row.receivedAt.toISOString(),
    from: row.fromAddress,
    subject,
    classification,
    outcome,
    rule,
    trail,
    ticketNumber: taken.ticketNumber ?? null,
    quarantine: row.quarantineDetail,
    letters,
  }
}
