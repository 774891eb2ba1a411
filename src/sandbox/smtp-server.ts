import type { Socket } from 'node:net'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'
import { type Account, type Accounts, NoSuchMailbox } from './accounts.ts'
import { loopback, openPort } from './listen.ts'
import { FolderFull } from './mail-folder.ts'
import type { MailboxServer } from './mailbox-server.ts'

/**
 * The sandbox's SMTP server: takes mail from the gateway, from the page, from mail clients and from `swaks`, and
 * puts it into mailboxes of the sandbox. Nothing ever leaves the machine, so every address has a mailbox, but for
 * those that exist to be refused: see `refusalOf`.
 */
export interface SmtpServer {
  readonly port: number
  stop(): Promise<void>
}

const mostBytes = 40_000_000
const mostRecipients = 50

/** An answer with the reply code and enhanced status that the client shall read (RFC 5321, RFC 3463). */
class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly responseCode: number

  constructor(responseCode: number, words: string) {
    super(words)
    this.responseCode = responseCode
  }
}

export async function startSmtpServer(
  accounts: Accounts,
  mailboxes: MailboxServer,
  port: number,
  now: () => Temporal.Instant,
): Promise<SmtpServer> {
  const deliveries = new Deliveries(accounts, mailboxes, now)
  const server = new SMTPServer({
    name: 'sandbox.example.com',
    banner: 'Intake Gateway sandbox',
    size: mostBytes,
    authMethods: ['PLAIN', 'LOGIN'],
    authOptional: true,
    allowInsecureAuth: true,
    hideSTARTTLS: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    maxClients: 100,
    closeTimeout: 1000,
    onAuth: (auth, _session, done) => {
      const account = accounts.login(auth.username ?? '', auth.password ?? '')
      if (account) done(null, { user: account.address })
      else done(new Refusal(535, '5.7.8 Wrong user or password'))
    },
    onRcptTo: ({ address }, session, done) => {
      done(
        session.envelope.rcptTo.length >= mostRecipients
          ? new Refusal(452, '4.5.3 Too many recipients')
          : refusalOf(accounts, address),
      )
    },
    onData: (stream, session, done) => {
      deliveries.take(stream, session).then(
        answer => done(null, answer),
        (error: unknown) => done(error instanceof Error ? error : new Error('failed')),
      )
    },
  })
  // A client that hangs up in the middle is its own trouble; without a listener it would end the process.
  server.on('error', () => undefined)

  return { port: await openPort(server.server, port), stop: () => stopServer(server) }
}

/**
 * Delivers to every recipient, files the sender's copy, and only then answers. A kill in between can leave a letter
 * delivered and not filed, as it can at any mail provider.
 */
class Deliveries {
  readonly #accounts: Accounts
  readonly #mailboxes: MailboxServer
  readonly #now: () => Temporal.Instant

  constructor(accounts: Accounts, mailboxes: MailboxServer, now: () => Temporal.Instant) {
    this.#accounts = accounts
    this.#mailboxes = mailboxes
    this.#now = now
  }

  async take(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<string> {
    const raw = await bytesOf(stream)
    if (stream.sizeExceeded) throw new Refusal(552, `5.3.4 More than ${mostBytes} bytes`)
    const at = this.#now()
    try {
      for (const { address } of session.envelope.rcptTo) {
        const account = this.#accounts.provide(address)
        const trace = traceOf({ session, account, recipient: address, at, author: authorOf(raw) })
        this.#mailboxes.deliver(account, 'INBOX', Buffer.concat([trace, raw]), at)
      }
      this.#fileSentCopy(session, raw, at)
    } catch (error) {
      if (error instanceof FolderFull) throw new Refusal(452, `4.2.2 ${error.message}`)
      throw error
    }
    return `2.0.0 Delivered as ${session.id}`
  }

  /** As Gmail and Microsoft 365 do: what a user submits is in Sent, and that is where a doubtful letter is looked up. */
  #fileSentCopy(session: SMTPServerSession, raw: Buffer, at: Temporal.Instant): void {
    const sender = session.user === undefined ? undefined : this.#accounts.find(session.user)
    if (sender) this.#mailboxes.deliver(sender, 'Sent', raw, at)
  }
}

/**
 * Three kinds of address fail so that failures can be tried: `unknown@…` for ever, `busy@…` for now, and every
 * domain below .invalid, which can never exist (RFC 2606).
 */
function refusalOf(accounts: Accounts, address: string): Refusal | null {
  const lower = address.toLowerCase()
  if (lower.startsWith('unknown@')) return new Refusal(550, '5.1.1 No such user here')
  if (lower.startsWith('busy@')) return new Refusal(450, '4.2.1 Mailbox busy, try again later')
  if (lower.endsWith('.invalid')) return new Refusal(550, '5.1.2 No such domain')
  try {
    accounts.provide(address)
    return null
  } catch (error) {
    if (error instanceof NoSuchMailbox) return new Refusal(550, `5.1.1 ${error.message}`)
    throw error
  }
}

/** Past the limit the rest is read and thrown away: SMTP has no way to stop a client in the middle of DATA. */
async function bytesOf(stream: SMTPServerDataStream): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream) {
    size += chunk.length
    if (size <= mostBytes) chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

interface Arrival {
  readonly session: SMTPServerSession
  readonly account: Account
  readonly recipient: string
  readonly at: Temporal.Instant
  /** The address in From, lower-case. */
  readonly author: string
}

const serverName = 'sandbox.example.com'

function authorOf(raw: Buffer): string {
  const head = raw.subarray(0, 20_000).toString('latin1')
  const from = /^From:[^\r\n]*?([^\s<>,"]+@[^\s<>,"]+)>?[ \t]*\r?$/im.exec(head)?.[1] ?? ''
  return from.toLowerCase()
}

/**
 * What a mail provider finds about the sender (RFC 8601): whoever logged in and writes under that address is believed,
 * whoever did not is unknown. The gateway is told to trust this server's name.
 */
function findingOf(session: SMTPServerSession, author: string): string {
  const domain = author.slice(author.lastIndexOf('@') + 1)
  const result = session.user !== undefined && session.user === author ? 'pass' : 'none'
  return `Authentication-Results: ${serverName}; dmarc=${result} header.from=${domain || 'unknown'}`
}

/** What the last server on the way writes above a mail: RFC 5321, 4.4, and the de-facto delivery fields. */
function traceOf({ session, account, recipient, at, author }: Arrival): Buffer {
  const { mailFrom } = session.envelope
  const greeting = session.hostNameAppearsAs.replace(/[^\w.[\]:-]/g, '').slice(0, 100) || 'unknown'
  const date = new Date(at.epochMilliseconds).toUTCString().replace('GMT', '+0000')
  const protocol = session.user === undefined ? 'ESMTP' : 'ESMTPA'
  const lines = [
    `Return-Path: <${mailFrom ? mailFrom.address : ''}>`,
    `Delivered-To: ${account.address}`,
    `X-Original-To: ${recipient}`,
    findingOf(session, author),
    `Received: from ${greeting} (${loopback}) by ${serverName}`,
    `\twith ${protocol} id ${session.id} for <${recipient}>; ${date}`,
  ]
  return Buffer.from(`${lines.join('\r\n')}\r\n`)
}

function stopServer(server: SMTPServer): Promise<void> {
  const sockets = [...server.connections].flatMap(
    (connection: { _socket?: Socket }) => connection._socket ?? [],
  )
  return new Promise(resolve => {
    server.close(() => resolve())
    for (const socket of sockets) socket.destroy()
  })
}
