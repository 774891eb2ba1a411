/** Hoodiecrow, an IMAP server in this process: a second opinion beside Dovecot, and on every machine. */
import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer, type TlsOptions } from 'node:tls'
import hoodiecrow, { type Server as Hoodiecrow, type Plugin } from 'hoodiecrow-imap'
import type { ImapAccount, ImapPeer } from './imap-peer.ts'

const user = 'support'
const password = 'right'

export const everything = ['ID', 'IDLE', 'MOVE', 'UIDPLUS', 'UNSELECT', 'NAMESPACE', 'LITERALPLUS']

export interface HoodiecrowAccount extends ImapAccount {
  readonly server: Hoodiecrow
  /** From now on this is the access token that XOAUTH2 takes. */
  accept(accessToken: string): void
  close(): Promise<void>
}

/** One server is one account. Fewer plugins make a poorer server. `tls` makes it speak TLS from the first byte. */
export async function openHoodiecrow(
  plugins: readonly (string | Plugin)[],
  tls?: TlsOptions,
): Promise<HoodiecrowAccount> {
  const storage = { INBOX: {}, '': { separator: '/', folders: {} } }
  const login = { password, xoauth2: { accessToken: '' } }
  const server = hoodiecrow({ plugins, storage, credentials: {}, users: { [user]: login } })
  server.setMaxListeners(0)
  const sockets = new Set<Socket>()
  const greet = (socket: Socket): void => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    // Answers in many small writes would otherwise wait for each other's acknowledgements.
    socket.setNoDelay(true)
    server.createClient(socket)
  }
  const listener: Server = tls ? createTlsServer(tls, greet) : createServer(greet)
  listener.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const address = listener.address()
  if (address === null || typeof address === 'string') throw new Error('hoodiecrow has no port')
  return {
    server,
    port: address.port,
    user,
    password,
    accept(accessToken) {
      login.xoauth2 = { accessToken }
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      listener.close()
      await once(listener, 'close')
    },
  }
}

export function startHoodiecrow(): ImapPeer {
  const accounts: HoodiecrowAccount[] = []
  return {
    name: 'hoodiecrow',
    async account() {
      const account = await openHoodiecrow(everything)
      accounts.push(account)
      return account
    },
    async stop() {
      for (const account of accounts) await account.close()
    },
  }
}
