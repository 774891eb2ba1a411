import { ImapFlow } from 'imapflow'
import type { Config, MailboxConfig } from '../config/schema.ts'
import { type FailureCode, TransientFailure } from '../desk/failure.ts'
import type { AccessTokens } from './smtp-login.ts'

/** Whether the mail server has filed a letter. unknown: there is no place to look, or it proves nothing. */
export type Verdict = 'sent' | 'absent' | 'unknown'

/** Looks for a Message-ID. Rejects with TransientFailure when it cannot look now. */
export type SentLookup = (messageId: string) => Promise<Verdict>

/** The access tokens of a mailbox that logs in by OAuth2. */
export type TokensOf = (mailbox: string) => AccessTokens | undefined

export interface SentFolder {
  readonly lookUp: SentLookup
  close(): Promise<void>
}

/** Looks come in batches, and rarely: the connection is kept for the batch and closed soon after. */
const idleSeconds = 30
/** A search answers with what contains the text we asked for; more than this many for one Message-ID is no answer. */
const mostCandidates = 50

/** The place of proof that the configuration names. Connects at the first look, looks one at a time. */
export function openSentFolder(config: Config, tokensOf: TokensOf = () => undefined): SentFolder {
  const { proof } = config.smtp
  if (proof.kind === 'none') return { lookUp: async () => 'unknown', close: async () => {} }
  const imap = config.mailboxes[proof.mailbox]?.imap
  if (!imap) throw new Error(`smtp.proof names the mailbox ${proof.mailbox}, which does not exist`)
  return new ImapSentFolder(imap, proof.folder, config.limits.commandSeconds, tokensOf(proof.mailbox))
}

class ImapSentFolder implements SentFolder {
  readonly #imap: MailboxConfig['imap']
  readonly #folder: string
  readonly #commandSeconds: number
  readonly #tokens: AccessTokens | undefined
  #client: ImapFlow | undefined
  #idle: NodeJS.Timeout | undefined
  #last: Promise<unknown> = Promise.resolve()

  constructor(
    imap: MailboxConfig['imap'],
    folder: string,
    commandSeconds: number,
    tokens: AccessTokens | undefined,
  ) {
    this.#imap = imap
    this.#folder = folder
    this.#commandSeconds = commandSeconds
    this.#tokens = tokens
  }

  readonly lookUp = (messageId: string): Promise<Verdict> => {
    const look = this.#last.then(() => this.#look(messageId))
    this.#last = look.catch(() => {})
    return look
  }

  async close(): Promise<void> {
    await this.#last
    clearTimeout(this.#idle)
    const client = this.#client
    this.#client = undefined
    if (client?.usable) await client.logout().catch(() => client.close())
  }

  async #look(messageId: string): Promise<Verdict> {
    clearTimeout(this.#idle)
    try {
      const client = await this.#open()
      const found = await holds(client, messageId)
      this.#idle = setTimeout(() => void this.close(), idleSeconds * 1000).unref()
      return found ? 'sent' : 'absent'
    } catch (error) {
      this.#client?.close()
      this.#client = undefined
      throw new TransientFailure(codeOf(error), `the folder ${this.#folder} cannot be searched`, error)
    }
  }

  async #open(): Promise<ImapFlow> {
    if (this.#client?.usable) return this.#client
    const { host, port, tls, user, password } = this.#imap
    const milliseconds = this.#commandSeconds * 1000
    const accessToken = await this.#tokens?.token()
    const client = new ImapFlow({
      host,
      port,
      secure: tls === 'implicit',
      ...(tls === 'implicit' ? {} : { doSTARTTLS: tls === 'starttls' }),
      tls: { minVersion: 'TLSv1.2' },
      auth: accessToken === undefined ? { user, pass: password } : { user, accessToken },
      logger: false,
      disableAutoIdle: true,
      connectionTimeout: milliseconds,
      greetingTimeout: milliseconds,
      socketTimeout: milliseconds,
      maxLineLength: 1_000_000,
      maxLiteralSize: 1_000_000,
      maxResponseSize: 2_500_000,
    })
    // Without a listener a cut connection would end the process; the command under way rejects all the same.
    client.on('error', () => {})
    this.#client = client
    await client.connect()
    try {
      await client.mailboxOpen(this.#folder, { readOnly: true })
    } catch (error) {
      // Not every server says why with a code (RFC 5530): a folder that is refused is missing as far as we can see.
      if (signOf(error, 'responseStatus') === undefined) throw error
      throw new TransientFailure('missing-folder', `the folder ${this.#folder} cannot be opened`, error)
    }
    return client
  }
}

/**
 * SEARCH HEADER finds substrings (RFC 9051, 6.4.4), and some servers search an index of words: without the angle
 * brackets all of them find the mail, and the envelope then tells whether it is the one.
 */
async function holds(client: ImapFlow, messageId: string): Promise<boolean> {
  // Some servers answer SEARCH from the folder as they last showed it; NOOP shows it anew.
  await client.noop()
  const bare = messageId.replace(/^<|>$/g, '')
  const uids = await client.search({ header: { 'message-id': bare } }, { uid: true })
  if (!Array.isArray(uids)) {
    throw new TransientFailure(client.usable ? 'protocol' : 'network', 'the search was not answered')
  }
  if (uids.length === 0) return false
  const found = await client.fetchAll(
    uids.slice(-mostCandidates).join(','),
    { envelope: true },
    { uid: true },
  )
  return found.some(mail => mail.envelope?.messageId === messageId)
}

const timeouts = new Set(['CONNECT_TIMEOUT', 'GREETING_TIMEOUT', 'UPGRADE_TIMEOUT', 'ETIMEOUT', 'ETIMEDOUT'])

/** By imapflow's own marks; that it cannot be searched is passing in every case, for the letter only waits. */
function codeOf(error: unknown): FailureCode {
  if (error instanceof TransientFailure) return error.code
  if (signOf(error, 'authenticationFailed') === true) return 'auth'
  if (signOf(error, 'tlsFailed') === true) return 'tls'
  return timeouts.has(String(signOf(error, 'code'))) ? 'timeout' : 'network'
}

function signOf(error: unknown, name: string): unknown {
  return error instanceof Error ? Reflect.get(error, name) : undefined
}
