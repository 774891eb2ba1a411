import { ImapFlow, type ImapFlowOptions } from 'imapflow'
import type { MailboxConfig } from '../../../config/schema.ts'
import { PermanentFailure, TransientFailure } from '../../../desk/failure.ts'
import { imapFailure } from './imap-failure.ts'

/**
 * One connection to a mail server with one folder open, and a watchdog on every command: a server that has stopped
 * answering looks exactly like a quiet one, so silence is only believed for `limits.commandSeconds`.
 */
export interface SessionOptions {
  readonly imap: MailboxConfig['imap']
  /** For an account that logs in by OAuth2 (XOAUTH2 or OAUTHBEARER) instead of its password. */
  readonly accessToken?: string | undefined
  /** Opened with EXAMINE where nothing is to change on the server, so that nothing can. */
  readonly readOnly: boolean
  readonly commandSeconds: number
  /** Longest literal the server may send, in bytes; a server's announcement is not believed beyond it. */
  readonly literalBytes: number
  /** Called once when the connection ends, whoever ended it. */
  readonly onEnd: () => void
  /** Called whenever the server reports another number of messages (RFC 9051, 7.4.1). */
  readonly onExists: () => void
}

/** Drop an IDLE before servers do (RFC 2177: 29 minutes) and before NAT boxes forget the connection. */
const idleMs = 9 * 60_000
const bytesPerTurn = 1_000_000
const logoutMs = 1_000

function optionsOf({ imap, accessToken, commandSeconds, literalBytes }: SessionOptions): ImapFlowOptions {
  const commandMs = commandSeconds * 1000
  return {
    host: imap.host,
    port: imap.port,
    secure: imap.tls === 'implicit',
    // Certificates are verified by Node's default, and nothing here can switch that off.
    ...(imap.tls === 'implicit' ? {} : { doSTARTTLS: imap.tls === 'starttls' }),
    tls: { minVersion: 'TLSv1.2' },
    auth:
      accessToken === undefined ? { user: imap.user, pass: imap.password } : { user: imap.user, accessToken },
    logger: false,
    clientInfo: { name: 'Intake Gateway' },
    disableAutoIdle: true,
    // CONDSTORE, UTF8=ACCEPT and IMAP4rev2 change what the server sends us; none of it is needed.
    disableAutoEnable: true,
    disableCompression: true,
    maxIdleTime: idleMs,
    connectionTimeout: commandMs,
    greetingTimeout: commandMs,
    // A second net under the watchdog; wide enough not to fire between two polls.
    socketTimeout: commandMs + imap.pollSeconds * 1000,
    maxLiteralSize: literalBytes,
    maxResponseSize: literalBytes + 1_000_000,
    maxLineLength: 16_000_000,
  }
}

export class ImapSession {
  readonly client: ImapFlow
  readonly #options: SessionOptions
  #failure: Error | undefined
  #ended = false
  #endedByUs = false
  #lastTurn: Promise<void> = Promise.resolve()

  constructor(options: SessionOptions) {
    this.#options = options
    this.client = new ImapFlow(optionsOf(options))
    this.client.on('error', error => this.#break(imapFailure(error, 'connection')))
    this.client.on('close', () => {
      this.#ended = true
      options.onEnd()
    })
    this.client.on('exists', () => options.onExists())
  }

  get uidValidity(): bigint {
    const folder = this.client.mailbox
    if (!folder) throw new TransientFailure('network', 'no folder is open')
    return folder.uidValidity
  }

  /** @throws PermanentFailure auth, tls, missing-folder; TransientFailure network, timeout, protocol */
  async open(): Promise<void> {
    // Connecting is several commands: TCP, TLS, greeting, capability, login.
    await this.within('connect', () => this.client.connect(), 3 * bytesPerTurn)
    await this.select()
  }

  /**
   * Opens the folder, or opens it anew: a session that keeps a folder open may never be told that it was deleted or
   * renumbered. STATUS would not tell either, since Dovecot answers it from the open folder.
   */
  async select(): Promise<void> {
    const { imap, readOnly } = this.#options
    try {
      await this.within('select', () => this.client.mailboxOpen(imap.folder, { readOnly }))
    } catch (error) {
      if (!(error instanceof TransientFailure) || error.code !== 'protocol') throw error
      // Servers refuse a missing folder with NO or BAD and any code or none; only the list of folders says for sure.
      const folders = await this.within('list', () => this.client.list())
      if (folders.some(folder => folder.path === imap.folder)) throw error
      throw new PermanentFailure('missing-folder', `the folder ${imap.folder} does not exist`, error)
    }
  }

  /**
   * One command under the watchdog. `bytes` is what it is expected to bring: each megabyte has a turn of
   * `commandSeconds`, so that a slow line may carry a large mail.
   */
  async within<T>(what: string, command: () => Promise<T>, bytes = 0): Promise<T> {
    const turn = await this.#takeTurn()
    try {
      return await this.#watched(what, command, bytes)
    } finally {
      turn.resolve()
    }
  }

  /** Untagged answers one by one, the watchdog set anew for each. */
  async *stream<T>(what: string, answers: AsyncIterator<T>, bytesEach: number): AsyncGenerator<T, void> {
    const turn = await this.#takeTurn()
    try {
      for (;;) {
        const next = await this.#watched(what, () => answers.next(), bytesEach)
        if (next.done) return
        yield next.value
      }
    } finally {
      // Who leaves early must not leave the rest of the answer in the way of the next command.
      await answers.return?.()
      turn.resolve()
    }
  }

  /** @throws what ended the connection, where it has ended */
  check(): void {
    if (this.#failure) throw this.#failure
    if (this.#ended) throw new TransientFailure('network', 'the server closed the connection')
  }

  /**
   * Asks the server to say at once when mail arrives. Returns when the next command ends the IDLE; a server without
   * IDLE, or one that refuses it, is polled.
   */
  async idle(): Promise<void> {
    if (this.client.capabilities.has('IDLE')) await this.client.idle()
  }

  /** Whether it was our own wish that commands under way failed. */
  get endedByUs(): boolean {
    return this.#endedByUs
  }

  /** Ends the connection at once; commands under way fail. */
  close(): void {
    this.#endedByUs ||= !this.#ended
    this.client.close()
  }

  /** Ends the connection for a reason that only we know; commands under way, and `check`, throw it. */
  giveUp(why: TransientFailure): void {
    this.#break(why)
  }

  /** Says goodbye, without waiting long for an answer. */
  async leave(): Promise<void> {
    if (this.#ended) return
    this.#endedByUs = true
    const patience = setTimeout(() => this.client.close(), logoutMs)
    // The connection is gone either way, and there is nobody whom a refused farewell would concern.
    await this.client.logout().catch(() => undefined)
    clearTimeout(patience)
    this.client.close()
  }

  /**
   * A server answers commands one after the other. The watchdog of one that waits behind a large FETCH must not run
   * before its turn has come, or a slow line would be taken for a dead server.
   */
  async #takeTurn(): Promise<PromiseWithResolvers<void>> {
    const before = this.#lastTurn
    const turn = Promise.withResolvers<void>()
    this.#lastTurn = turn.promise
    await before
    return turn
  }

  async #watched<T>(what: string, command: () => Promise<T>, bytes: number): Promise<T> {
    this.check()
    const watchdog = this.#watch(what, bytes)
    try {
      const answer = await command()
      // imapflow answers `false` for some commands when the connection breaks under them.
      this.check()
      return answer
    } catch (error) {
      throw this.#failure ?? imapFailure(error, what)
    } finally {
      clearTimeout(watchdog)
    }
  }

  #watch(what: string, bytes: number): NodeJS.Timeout {
    const { commandSeconds } = this.#options
    const turns = Math.max(1, Math.ceil(bytes / bytesPerTurn))
    return setTimeout(
      () =>
        this.#break(new TransientFailure('timeout', `no answer to ${what} in ${commandSeconds * turns} s`)),
      commandSeconds * turns * 1000,
    )
  }

  #break(failure: Error): void {
    this.#failure ??= failure
    this.client.close()
  }
}
