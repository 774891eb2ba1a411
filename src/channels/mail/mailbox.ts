import type { Config, MailboxConfig } from '../../config/schema.ts'
import { PermanentFailure, TransientFailure } from '../../desk/failure.ts'
import type { InboundMail } from '../../desk/inbound.ts'
import type { MailContent } from '../../desk/mail-content.ts'
import type { Log } from '../../log.ts'
import type { BlobStore } from '../../store/blobs.ts'
import type { Database } from '../../store/database.ts'
import type { Locks } from '../../store/locks.ts'
import type { ImapSession, SessionOptions } from './imap/imap-session.ts'
import { openSession } from './imap/open-session.ts'
import { initialState, type MailboxDoor, type MailboxState } from './mailbox-door.ts'
import type { TokenSource } from './oauth/token-source.ts'
import { type BackOff, backOff } from './reading/back-off.ts'
import { type Bell, hangBell, realTiming, type Timing } from './reading/bell.ts'
import { loadCursors, type Reading, readFolder } from './reading/read-folder.ts'
import { noStep, type Step } from './reading/steps.ts'
import { rememberStumbles } from './reading/stumbles.ts'
import { type Tenure, tenureOf } from './reading/tenure.ts'

/**
 * The door of one mailbox: keeps one connection alive, hands every mail of the folder in exactly once and in order, and
 * never gives up. Of all gateway processes on one database only the holder of the lock reads; the others stand by.
 */
export interface MailboxDeps {
  /** The mailbox's key in the configuration. */
  readonly key: string
  readonly config: MailboxConfig
  readonly limits: Pick<Config['limits'], 'mailBytes' | 'commandSeconds'>
  readonly database: Database
  readonly blobs: BlobStore
  readonly locks: Locks
  /** One transaction for the rows of a batch and the cursor. Throws TransientFailure when the database is away. */
  readonly takeIn: (mails: readonly InboundMail[]) => Promise<unknown>
  readonly readMail: (raw: Buffer) => Promise<MailContent>
  readonly fingerprintOf: (content: MailContent, rawSha256: string) => string
  readonly log: Log
  /** Access tokens, where the account logs in by OAuth2. */
  readonly tokens?: TokenSource | undefined
  readonly step?: Step
  readonly timing?: Timing
}

const standbyMs = 2_000
/** A refused login, as rarely as a lockout policy forgives; a missing folder or a bad certificate locks nothing. */
const refusedMs = { auth: 300_000, other: 60_000 }
const databaseMs = 10_000
/** Line ends and the frame of an answer may make a literal longer than RFC822.SIZE. */
const literalSlack = 1_000_000

export function startMailbox(deps: MailboxDeps): MailboxDoor {
  return new Door(deps)
}

class Door implements MailboxDoor {
  readonly #deps: MailboxDeps
  readonly #step: Step
  readonly #timing: Timing
  readonly #stopping = new AbortController()
  readonly #tenure: Tenure
  readonly #bell: Bell
  readonly #delays: BackOff
  readonly #reading: Reading
  readonly #running: Promise<void>
  #state = initialState
  #connections = 0
  #session: ImapSession | undefined

  constructor(deps: MailboxDeps) {
    this.#deps = deps
    this.#step = deps.step ?? noStep
    this.#timing = deps.timing ?? realTiming
    this.#tenure = tenureOf(deps.locks, deps.key)
    this.#bell = hangBell(this.#timing)
    this.#delays = backOff(this.#timing.random)
    this.#reading = this.#prepareReading()
    this.#running = this.#run()
  }

  state(): MailboxState {
    return this.#state
  }

  wake(): void {
    this.#bell.ring()
  }

  reconnect(): void {
    this.#session?.giveUp(new TransientFailure('timeout', 'the session is frozen: another one sees new mail'))
    this.#bell.ring()
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    this.#tenure.end()
    this.#bell.ring()
    await this.#running
  }

  async #run(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      try {
        if (await this.#takeOffice()) await this.#connectAndRead(this.#tenure.signal)
      } catch (error) {
        await this.#recover(error)
      }
    }
    this.#tell({ phase: 'stopped' })
    await this.#tenure.release()
  }

  /** Returns whether this gateway is the one that reads. */
  async #takeOffice(): Promise<boolean> {
    if (this.#tenure.isHeld()) return true
    if (await this.#tenure.begin()) {
      await this.#step('locked')
      return true
    }
    this.#tell({ phase: 'standby', backlog: 0, oldestWaitingAt: undefined })
    await this.#step('standby')
    await this.#timing.pause('standby', standbyMs, this.#stopping.signal)
    return false
  }

  async #connectAndRead(signal: AbortSignal): Promise<void> {
    this.#tell({ phase: 'connecting' })
    const cursors = await loadCursors(this.#reading)
    if (signal.aborted) return
    const opening = sessionOptionsOf(this.#deps, () => this.#bell.ring())
    let session: ImapSession | undefined
    const end = (): void => {
      // A lost lock means that another gateway may read already; a stop leaves time for a farewell.
      if (this.#stopping.signal.aborted) void session?.leave()
      else session?.close()
    }
    signal.addEventListener('abort', end, { once: true })
    try {
      session = await openSession(opening, this.#deps.tokens, begun => {
        session = begun
        if (signal.aborted) begun.close()
      })
      this.#session = session
      this.#tell({ reconnects: this.#connections })
      this.#connections += 1
      await this.#step('connected')
      await readFolder(session, this.#reading, cursors, signal)
      await session.leave()
    } finally {
      signal.removeEventListener('abort', end)
      this.#session = undefined
      session?.close()
    }
  }

  /** The loop at the door decides: knock again soon, knock again rarely and loudly, or not at all. */
  async #recover(error: unknown): Promise<void> {
    const { key, log } = this.#deps
    if (this.#stopping.signal.aborted) return
    if (this.#tenure.signal.aborted) {
      log.warn({ mailbox: key }, 'the lock was lost, reading has stopped')
      return
    }
    const known = error instanceof TransientFailure || error instanceof PermanentFailure
    const refused = error instanceof PermanentFailure
    const code = known ? error.code : 'unexpected'
    const delay = refused ? refusedDelay(code) : Math.min(this.#delays.next(), delayCap(code))
    this.#tell({ phase: refused ? 'refused' : 'waiting', lastError: code })
    // A known failure says all in its message; its cause holds whole answers of the server.
    const why = known ? { code, reason: error.message } : { code, err: error }
    const record = { mailbox: key, ...why, retryInSeconds: Math.ceil(delay / 1000) }
    if (refused || !known) log.error(record, 'the mailbox cannot be read')
    else log.warn(record, 'reading the mailbox failed')
    this.#bell.hush()
    await this.#step('failed')
    if (refused) await this.#timing.pause('refused', delay, this.#stopping.signal)
    else await this.#bell.rest('back-off', delay)
  }

  #prepareReading(): Reading {
    const { key, config, database, takeIn, log } = this.#deps
    return {
      reception: receptionOf(this.#deps, this.#step),
      afterCommit: { database, key, folder: config.imap.folder, after: config.after, log },
      database,
      takeIn,
      stumbles: rememberStumbles(),
      bell: this.#bell,
      timing: this.#timing,
      pollSeconds: config.imap.pollSeconds,
      tell: change => this.#tell(change),
      onSuccess: () => this.#delays.reset(),
    }
  }

  #tell(change: Partial<MailboxState>): void {
    this.#state = { ...this.#state, ...change }
  }
}

function refusedDelay(code: string): number {
  return code === 'auth' ? refusedMs.auth : refusedMs.other
}

/** Our own database is worth asking more often than a stranger's server. */
function delayCap(code: string): number {
  return code === 'database' ? databaseMs : Number.POSITIVE_INFINITY
}

/** What the reader and the balance have in common: how bytes become inbound mails. */
export function receptionOf(deps: Omit<MailboxDeps, 'locks'>, step: Step): Reading['reception'] {
  const { key, blobs, readMail, fingerprintOf, log } = deps
  const { folder } = deps.config.imap
  return { key, folder, mailBytes: deps.limits.mailBytes, blobs, readMail, fingerprintOf, step, log }
}

/** What the reader and the balance have in common: how they connect. */
export function sessionOptionsOf(deps: Omit<MailboxDeps, 'locks'>, ring: () => void): SessionOptions {
  return {
    imap: deps.config.imap,
    readOnly: deps.config.after.action === 'leave',
    commandSeconds: deps.limits.commandSeconds,
    literalBytes: deps.limits.mailBytes + literalSlack,
    onEnd: ring,
    onExists: ring,
  }
}
