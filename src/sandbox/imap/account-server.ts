import hoodiecrow, { type CommandHandler, type Connection, type Mailbox, type Server } from 'hoodiecrow-imap'
import type { Account, Accounts } from '../accounts.ts'
import type { MailFolder } from '../mail-folder.ts'
import { exactBytes } from './exact-bytes.ts'
import { idle } from './idle.ts'
import { sequenceSet } from './message-range.ts'
import { readInternalDate, StoredMessage } from './stored-message.ts'

/**
 * The IMAP side of one account: hoodiecrow's commands over the folders on disk. Hoodiecrow knows one set of folders
 * for everybody, so each account has a server of its own, which never listens; the door in mailbox-server.ts hands
 * a connection over after its login.
 */
export interface AccountServer {
  readonly server: Server
  /** Puts a mail into a folder and tells everybody who has it open. Throws `FolderFull`. */
  deliver(folder: string, raw: Buffer, flags: readonly string[], at: Temporal.Instant): number
  /** As a mail client does that opens a mail. */
  markSeen(folder: string, uid: number): void
}

export const plugins = [
  'ID',
  'ENABLE',
  'CONDSTORE',
  'UIDPLUS',
  'MOVE',
  'UNSELECT',
  'NAMESPACE',
  'SPECIAL-USE',
  idle,
  exactBytes,
]

export function openAccountServer(
  accounts: Accounts,
  account: Account,
  now: () => Temporal.Instant,
): AccountServer {
  const folders = accounts.folders(account)
  const inbox = folders.get('INBOX')
  const others = [...folders]
    .filter(([name]) => name !== 'INBOX')
    .map(([name, folder]) => [name, shown(name, folder)])
  const storage = { INBOX: inbox ? shown('INBOX', inbox) : {}, '': { folders: Object.fromEntries(others) } }
  const server = hoodiecrow({ plugins, storage, credentials: {}, users: {} })
  server.setMaxListeners(0)
  keepOnDisk(server, accounts, account, now)
  answerErrors(server)
  return {
    server,
    deliver: (folder, raw, flags, at) =>
      append(server, accounts, account, { folder, raw, flags, at }).message.uid,
    markSeen: (folder, uid) => markSeen(server, folder, uid),
  }
}

function shown(name: string, folder: MailFolder): Partial<Mailbox> {
  return {
    messages: folder.list().map(mail => new StoredMessage(folder, mail)),
    uidvalidity: folder.uidValidity,
    uidnext: folder.uidNext,
    HIGHESTMODSEQ: folder.modseq,
    ...(name === 'Sent' ? { 'special-use': '\\Sent' } : {}),
  }
}

interface Delivery {
  readonly folder: string
  readonly raw: Buffer
  readonly flags: readonly string[]
  readonly at: Temporal.Instant
}

function append(
  server: Server,
  accounts: Accounts,
  account: Account,
  mail: Delivery,
  from?: Connection,
): { mailbox: Mailbox; message: StoredMessage } {
  const folder = accounts.folder(account, mail.folder)
  const mailbox = server.getMailbox(mail.folder)
  if (!mailbox) throw new Error(`the folder ${mail.folder} is on disk but not on show`)
  const message = new StoredMessage(folder, folder.add(mail.raw, mail.flags, mail.at))
  mailbox.messages.push(message)
  mailbox.uidnext = folder.uidNext
  mailbox.HIGHESTMODSEQ = folder.modseq
  server.processMessage(message, mailbox)
  const exists = { tag: '*', attributes: [mailbox.messages.length, { type: 'ATOM', value: 'EXISTS' }] }
  server.notify(exists, mailbox, from)
  return { mailbox, message }
}

function markSeen(server: Server, folder: string, uid: number): void {
  const mailbox = server.getMailbox(folder)
  const index = mailbox?.messages.findIndex(message => message.uid === uid) ?? -1
  const message = mailbox?.messages[index]
  if (!mailbox || !message || message.flags.includes('\\Seen')) return
  message.flags.push('\\Seen')
  mailbox.HIGHESTMODSEQ = (mailbox.HIGHESTMODSEQ ?? 0) + 1
  message.MODSEQ = mailbox.HIGHESTMODSEQ
  rememberFlags(mailbox)
  const flags = message.flags.map(value => ({ type: 'ATOM', value }))
  const changed = [{ type: 'ATOM', value: 'FLAGS' }, flags]
  server.notify({ tag: '*', attributes: [index + 1, { type: 'ATOM', value: 'FETCH' }, changed] }, mailbox)
}

/** Every change that IMAP makes in memory is made on disk as well: APPEND, COPY, MOVE, CREATE, STORE. */
function keepOnDisk(server: Server, accounts: Accounts, account: Account, now: () => Temporal.Instant): void {
  server.appendMessage = (target, flags, internaldate, raw, from) => {
    const folder = typeof target === 'string' ? target : target.path
    const at = readInternalDate(internaldate) ?? now()
    return append(server, accounts, account, { folder, raw: Buffer.from(raw, 'latin1'), flags, at }, from)
  }
  const createMailbox = server.createMailbox.bind(server)
  server.createMailbox = path => {
    if (server.getMailbox(path)) throw new Error('Mailbox already exists')
    const folder = accounts.makeFolder(account, path)
    createMailbox(path)
    const mailbox = server.getMailbox(path)
    if (mailbox) Object.assign(mailbox, { uidvalidity: folder.uidValidity, uidnext: folder.uidNext })
  }
  server.outputHandlers.push((connection, response) => {
    const lastLineOfAnswer = response.tag !== '*'
    if (lastLineOfAnswer && connection.selectedMailbox) rememberFlags(connection.selectedMailbox)
  })
  server.getMessageRange = (mailbox, range, byUid) => {
    const messages = Array.isArray(mailbox) ? mailbox : mailbox.messages
    const highest = byUid ? Math.max(0, ...messages.slice(-1).map(last => last.uid)) : messages.length
    const wanted = sequenceSet(String(range), highest)
    return messages.flatMap((message, i): [number, typeof message][] =>
      wanted(byUid ? message.uid : i + 1) ? [[i + 1, message]] : [],
    )
  }
}

function rememberFlags(mailbox: Mailbox): void {
  for (const message of mailbox.messages)
    if (message instanceof StoredMessage) message.folder.setFlags(message.uid, message.flags, message.MODSEQ)
}

/**
 * Hoodiecrow loads a command from the file of that name, and the name comes from the network; DELETE and RENAME
 * would leave the disk behind. It also forgets to go on with its queue when a handler throws.
 */
function answerErrors(server: Server): void {
  const refused: CommandHandler = (connection, parsed, data, done) => {
    const words = { type: 'TEXT', value: 'The sandbox keeps its folders' }
    connection.send({ tag: parsed.tag, command: 'NO', attributes: [words] }, 'REFUSED', parsed, data)
    done()
  }
  const find = server.getCommandHandler.bind(server)
  server.getCommandHandler = name => {
    const command = name.toUpperCase()
    if (command === 'DELETE' || command === 'RENAME') return refused
    const handler = /^[A-Z]+( [A-Z]+)?$/.test(command) && find(command)
    if (!handler) return false
    return (connection, parsed, data, done) => {
      try {
        handler(connection, parsed, data, done)
      } catch (error) {
        const words = { type: 'TEXT', value: error instanceof Error ? error.message : 'failed' }
        connection.send({ tag: parsed.tag, command: 'NO', attributes: [words] }, 'FAILED', parsed, data)
        done()
      }
    }
  }
}
