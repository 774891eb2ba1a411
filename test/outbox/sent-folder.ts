import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import hoodiecrow from 'hoodiecrow-imap'

/** An IMAP account with a folder Sent, as the mail server of a company keeps it. */
export interface SentFolderPeer {
  readonly port: number
  /** How many sessions were ever opened. */
  sessions(): number
  file(mail: { readonly raw: Buffer }): void
  stop(): Promise<void>
}

export async function startSentFolder(port = 0): Promise<SentFolderPeer> {
  const imap = hoodiecrow({
    plugins: ['UIDPLUS', 'ID'],
    storage: { INBOX: {}, '': { folders: { Sent: {} } } },
    credentials: {},
    users: { testuser: { password: 'testpass' } },
  })
  const sockets = new Set<Socket>()
  const server = createServer(socket => {
    sockets.add(socket)
    socket.on('error', () => {})
    imap.createClient(socket)
  }).listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    sessions: () => sockets.size,
    file: mail => void imap.appendMessage('Sent', [], undefined, mail.raw.toString('latin1')),
    async stop() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
