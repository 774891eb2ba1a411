import type { MailboxConfig } from '../../../config/schema.ts'
import type { Log } from '../../../log.ts'
import { type Database, inTransaction } from '../../../store/database.ts'
import type { ImapSession } from './imap-session.ts'
import { uidSet } from './list-folder.ts'

/**
 * What becomes of a mail on the server once its row is committed, and never before: it stays, gets a flag or is moved.
 * The wish is in the row (`after_state` pending), so that a cut between commit and command is repeated and not lost.
 */
export interface AfterCommit {
  readonly database: Database
  readonly key: string
  readonly folder: string
  readonly after: MailboxConfig['after']
  readonly log: Log
}

/** As many mails as fit in a short command. */
const chunk = 200

/** Where the server keeps no keywords, this one it has: every client shows it, and nothing hides or deletes by it. */
const fallbackFlag = '\\Flagged'

/**
 * Does what is pending for this folder; with `again` also what the server refused earlier. Stops at the first refusal,
 * which is written down and told. Returns how many mails are still to be done.
 * @throws TransientFailure network, timeout, database
 */
export async function finishAfterCommit(
  session: ImapSession,
  { database, key, folder, after, log }: AfterCommit,
  again: boolean,
): Promise<number> {
  const where = {
    mailbox: key,
    folder,
    uidValidity: session.uidValidity,
    afterState: { in: again ? ['pending', 'failed'] : ['pending'] },
  }
  for (;;) {
    const select = { id: true, uid: true }
    const rows = await inTransaction(database, tx =>
      tx.inbound.findMany({ where, select, orderBy: { uid: 'asc' }, take: chunk }),
    )
    if (rows.length === 0) return 0
    const uids = uidSet(rows.map(row => Number(row.uid)))
    const done = await act(session, after, uids)
    const ids = rows.map(row => row.id)
    await inTransaction(database, tx =>
      tx.inbound.updateMany({
        where: { id: { in: ids } },
        data: { afterState: done ? 'done' : 'failed' },
      }),
    )
    if (!done) {
      log.error(
        { mailbox: key, folder, uids, action: after.action },
        'the server refused to flag or move mails',
      )
      return inTransaction(database, tx =>
        tx.inbound.count({ where: { ...where, afterState: { in: ['pending', 'failed'] } } }),
      )
    }
  }
}

async function act(session: ImapSession, after: MailboxConfig['after'], uids: string): Promise<boolean> {
  switch (after.action) {
    case 'leave':
      return true
    case 'flag':
      return flag(session, uids, after.flag)
    case 'move':
      return move(session, uids, after.folder)
  }
}

/** imapflow answers false where PERMANENTFLAGS (RFC 9051, 7.1) forbids the flag and where the server refuses it. */
async function flag(session: ImapSession, uids: string, wanted: string): Promise<boolean> {
  for (const name of [wanted, fallbackFlag]) {
    const options = { uid: true, silent: true }
    if (await session.within('store', () => session.client.messageFlagsAdd(uids, [name], options)))
      return true
  }
  return false
}

async function move(session: ImapSession, uids: string, folder: string): Promise<boolean> {
  if (await moveTo(session, uids, folder)) return true
  const folders = await session.within('list', () => session.client.list())
  if (folders.some(({ path }) => path === folder)) return false
  await session.within('create', () => session.client.mailboxCreate(folder))
  return moveTo(session, uids, folder)
}

/**
 * MOVE where there is one (RFC 6851). Otherwise a copy, and the original marked as deleted; it is expunged only by UID
 * (RFC 4315), because a plain EXPUNGE would also take what a human marked, and that may be mail we have not read yet.
 */
async function moveTo(session: ImapSession, uids: string, folder: string): Promise<boolean> {
  const { client } = session
  const options = { uid: true }
  if (client.capabilities.has('MOVE')) {
    return Boolean(await session.within('move', () => client.messageMove(uids, folder, options)))
  }
  if (!(await session.within('copy', () => client.messageCopy(uids, folder, options)))) return false
  if (client.capabilities.has('UIDPLUS')) {
    return Boolean(await session.within('expunge', () => client.messageDelete(uids, options)))
  }
  return session.within('store', () => client.messageFlagsAdd(uids, ['\\Deleted'], options))
}
