import { createServer, type Server as Listener, type Socket } from 'node:net'
import hoodiecrow, { type Command, type CommandHandler, type Connection, type Server } from 'hoodiecrow-imap'
import type { Account, Accounts } from './accounts.ts'
import { type AccountServer, openAccountServer, plugins } from './imap/account-server.ts'
import { StoredMessage } from './imap/stored-message.ts'
import { closePort, openPort } from './listen.ts'

/**
 * The sandbox's IMAP server, for the gateway and for any mail client: IMAP4rev1 with IDLE, MOVE, UIDPLUS and
 * CONDSTORE, on 127.0.0.1 and without TLS. One door for all accounts; see imap/account-server.ts.
 */
export interface MailboxServer {
  readonly port: number
  /** Puts a mail into a folder, as a mail server does on delivery. Throws `FolderFull`. */
  deliver(account: Account, folder: string, raw: Buffer, at: Temporal.Instant): number
  markSeen(account: Account, folder: string, uid: number): void
  /** Ends every connection. */
  stop(): Promise<void>
}

/** The longest command with its literals, and the longest piece without a line end, that is read. */
const mostBytes = 60_000_000
const mostBytesBeforeLogin = 16_000
const mostBytesInLine = 1_000_000
const mostConnections = 200

export async function startMailboxServer(
  accounts: Accounts,
  port: number,
  now: () => Temporal.Instant,
): Promise<MailboxServer> {
  const opened = new Map<string, AccountServer>()
  const open = (account: Account): AccountServer => {
    const server = opened.get(account.address) ?? openAccountServer(accounts, account, now)
    opened.set(account.address, server)
    return server
  }
  const door = hoodiecrow({
    plugins: [...plugins, logins(accounts, open)],
    storage: {},
    credentials: {},
    users: {},
  })
  door.setMaxListeners(0)
  const sockets = new Set<Socket>()
  door.connectionHandlers.push(guard)
  const listener: Listener = createServer(socket => {
    sockets.add(socket)
    socket.setNoDelay(true)
    door.createClient(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  listener.maxConnections = mostConnections
  return {
    port: await openPort(listener, port),
    deliver: (account, folder, raw, at) => open(account).deliver(folder, raw, [], at),
    markSeen: (account, folder, uid) => open(account).markSeen(folder, uid),
    stop: () => closePort(listener, sockets),
  }
}

/** Before its login a connection knows six commands; afterwards it talks to its account's own server. */
function logins(accounts: Accounts, open: (account: Account) => AccountServer) {
  const known = new Set(['CAPABILITY', 'NOOP', 'ID', 'LOGOUT', 'LOGIN', 'AUTHENTICATE PLAIN'])
  const enter = (
    connection: Connection,
    parsed: Command,
    data: string,
    user: string,
    password: string,
  ): void => {
    const account = accounts.login(user, password)
    const answer = account
      ? {
          tag: parsed.tag,
          command: 'OK',
          attributes: [{ type: 'TEXT', value: `Welcome, ${account.address}` }],
        }
      : {
          tag: parsed.tag,
          command: 'NO',
          attributes: [code('AUTHENTICATIONFAILED'), { type: 'TEXT', value: 'Wrong user or password' }],
        }
    if (account) handOver(connection, open(account).server)
    connection.send(answer, 'LOGIN', parsed, data)
  }
  const login: CommandHandler = (connection, parsed, data, done) => {
    const [user, password] = parsed.attributes ?? []
    enter(connection, parsed, data, user?.value ?? '', password?.value ?? '')
    done()
  }
  const authenticatePlain: CommandHandler = (connection, parsed, data, done) => {
    const prove = (proof: string): void => {
      const [, user = '', password = ''] = Buffer.from(proof, 'base64').toString('utf8').split('\0')
      enter(connection, parsed, data, user, password)
    }
    const [initial] = parsed.attributes ?? []
    if (initial?.value !== undefined) prove(initial.value)
    else {
      connection.inputHandler = line => {
        connection.inputHandler = false
        prove(line)
      }
      connection.socket?.write('+ \r\n')
    }
    done()
  }
  return (server: Server): void => {
    server.registerCapability('AUTH=PLAIN')
    server.registerCapability('SASL-IR')
    server.setCommandHandler('LOGIN', login)
    server.setCommandHandler('AUTHENTICATE PLAIN', authenticatePlain)
    const find = server.getCommandHandler.bind(server)
    server.getCommandHandler = name => known.has(name.toUpperCase()) && find(name)
  }
}

function code(value: string): object {
  return { type: 'SECTION', section: [{ type: 'ATOM', value }] }
}

function handOver(connection: Connection, account: Server): void {
  connection.server.removeListener('notify', connection._notificationCallback)
  connection.server = account
  connection.state = 'Authenticated'
  account.on('notify', connection._notificationCallback)
}

/** What hoodiecrow lacks on a connection: limits on what is read, and files that go with expunged mails. */
function guard(connection: Connection): void {
  const { socket } = connection
  socket?.removeAllListeners('data')
  socket?.on('data', chunk => {
    const most = connection.state === 'Not Authenticated' ? mostBytesBeforeLogin : mostBytes
    const waiting = connection._command.length + connection._remainder.length + connection._literalRemaining
    const line = connection._literalRemaining > 0 ? 0 : connection._remainder.length
    if (waiting + chunk.length > most || line > mostBytesInLine) socket.destroy()
    else connection.onData(Buffer.from(chunk))
  })
  const expunge = connection.expungeSpecificMessages.bind(connection)
  connection.expungeSpecificMessages = (mailbox, which, ignoreSelf, ignoreExists) => {
    const before = [...mailbox.messages]
    expunge(mailbox, which, ignoreSelf, ignoreExists)
    for (const message of before)
      if (message.ghost && message instanceof StoredMessage) message.folder.remove(message.uid)
  }
}
