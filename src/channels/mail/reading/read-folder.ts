import { TransientFailure } from '../../../desk/failure.ts'
import type { InboundMail } from '../../../desk/inbound.ts'
import type { Database } from '../../../store/database.ts'
import { inTransaction } from '../../../store/database.ts'
import { type AfterCommit, finishAfterCommit } from '../imap/after-commit.ts'
import { fetchBatch, type Reception } from '../imap/fetch-batch.ts'
import type { ImapSession } from '../imap/imap-session.ts'
import { describeMails, slices, uidsBeyond, windowSize } from '../imap/list-folder.ts'
import { planBatches } from '../imap/plan-batches.ts'
import type { MailboxState } from '../mailbox-door.ts'
import type { Bell, Timing } from './bell.ts'
import { oneAhead } from './lanes.ts'
import type { Stumbles } from './stumbles.ts'

/** What one connection needs to read its folder; outlives the connection. */
export interface Reading {
  readonly reception: Reception
  readonly afterCommit: AfterCommit
  readonly database: Database
  readonly takeIn: (mails: readonly InboundMail[]) => Promise<unknown>
  readonly stumbles: Stumbles
  readonly bell: Bell
  readonly timing: Timing
  readonly pollSeconds: number
  readonly tell: (change: Partial<MailboxState>) => void
  /** Called whenever something was accomplished: the next failure is a first one. */
  readonly onSuccess: () => void
}

interface Batch {
  readonly mails: readonly InboundMail[]
  readonly lastUid: number
  readonly listed: number
  readonly oldestAt: Temporal.Instant | undefined
}

/**
 * Reads the open folder beyond the cursor, oldest first, and then waits for more until `signal` is aborted. The cursor
 * is the ledger's, moved by takeIn in the transaction that writes the rows; `\Seen` is a human's and means nothing.
 * @throws TransientFailure when the connection, the store or the database is lost; the caller connects anew
 */
export async function readFolder(
  session: ImapSession,
  reading: Reading,
  cursors: ReadonlyMap<bigint, number>,
  signal: AbortSignal,
): Promise<void> {
  const { reception, bell, tell, stumbles } = reading
  const uidValidity = session.uidValidity
  let cursor = cursorFor(reading, cursors, uidValidity)
  await finish(session, reading, true)
  while (!signal.aborted) {
    tell({ phase: 'reading' })
    cursor = await drain(session, reading, cursor, signal)
    if (signal.aborted) return
    await retrySetAside(session, reading, cursor)
    if (stumbles.setAside() === undefined) reading.onSuccess()
    tell({
      phase: 'idle',
      lastReadAt: reading.timing.now(),
      lastError: undefined,
      oldestWaitingAt: undefined,
    })
    await reception.step('resting')
    const rung = await rest(session, bell, reading.pollSeconds * 1000)
    if (signal.aborted) return
    if (!rung) await probe(session, uidValidity)
  }
}

/**
 * How far the folder has been read, by UIDVALIDITY. Asked before connecting: while the database is away, the mail server
 * is left in peace.
 */
export async function loadCursors({ reception, database }: Reading): Promise<ReadonlyMap<bigint, number>> {
  const where = { mailbox: reception.key, folder: reception.folder }
  const rows = await inTransaction(database, tx => tx.mailboxCursor.findMany({ where }))
  return new Map(rows.map(row => [row.uidValidity, Number(row.lastUid)]))
}

function cursorFor(
  { reception }: Reading,
  cursors: ReadonlyMap<bigint, number>,
  uidValidity: bigint,
): number {
  const cursor = cursors.get(uidValidity)
  if (cursor === undefined && cursors.size > 0) {
    // RFC 9051, 2.3.1.1: all UIDs we know mean nothing any more. Copies are recognised by their fingerprints.
    const record = { mailbox: reception.key, folder: reception.folder, uidValidity: `${uidValidity}` }
    reception.log.warn(record, 'UIDVALIDITY changed: the folder is read anew')
  }
  return cursor ?? 0
}

/** Takes in everything beyond `cursor`, batch by batch, the next one being fetched meanwhile. Returns the new cursor. */
async function drain(
  session: ImapSession,
  reading: Reading,
  cursor: number,
  signal: AbortSignal,
): Promise<number> {
  const { reception, tell } = reading
  const uids = await uidsBeyond(session, cursor)
  let backlog = uids.length
  tell({ backlog, seen: { uidValidity: session.uidValidity, uid: uids.at(-1) ?? cursor } })
  await reception.step('listed', uids.at(-1))
  let reached = cursor
  for await (const batch of oneAhead(batchesOf(session, reading, uids))) {
    if (signal.aborted) return reached
    tell({ oldestWaitingAt: batch.oldestAt })
    if (batch.mails.length > 0) {
      await reading.takeIn(batch.mails)
      reached = batch.lastUid
      reading.onSuccess()
      await reception.step('taken-in', reached)
      if (signal.aborted) return reached
      await finish(session, reading, false)
    }
    backlog -= batch.listed
    tell({ backlog })
  }
  return reached
}

async function* batchesOf(
  session: ImapSession,
  reading: Reading,
  uids: readonly number[],
): AsyncGenerator<Batch, void> {
  const { reception, stumbles, timing } = reading
  for (const window of slices(uids, windowSize)) {
    const ready = window.filter(uid => !stumbles.isSetAside(uid))
    const described = await describeMails(session, ready, timing.now)
    for (const listed of planBatches(described, stumbles.isAlone)) {
      const mails = await fetchMinding(session, reading, listed)
      const lastUid = listed.at(-1)?.uid ?? 0
      await reception.step('read', lastUid)
      yield { mails, lastUid, listed: listed.length, oldestAt: listed[0]?.receivedAt }
    }
  }
}

/** Fetches a batch, and remembers at which mail the connection broke if it does. */
async function fetchMinding(
  session: ImapSession,
  { reception, stumbles }: Reading,
  listed: Parameters<typeof fetchBatch>[2],
): Promise<readonly InboundMail[]> {
  const arrived = new Set<number>()
  try {
    return await fetchBatch(session, reception, listed, arrived)
  } catch (error) {
    const culprit = listed.find(mail => !arrived.has(mail.uid))
    if (culprit && !session.endedByUs && isOfTheLine(error)) stumbles.brokeAt(culprit.uid)
    throw error
  } finally {
    for (const uid of arrived) stumbles.arrived(uid)
  }
}

function isOfTheLine(error: unknown): boolean {
  return error instanceof TransientFailure && ['network', 'timeout', 'protocol'].includes(error.code)
}

/** One more try for one mail at which connections break; when it fails too often it becomes a gap, told loudly. */
async function retrySetAside(session: ImapSession, reading: Reading, cursor: number): Promise<void> {
  const { reception, stumbles, timing } = reading
  const uid = stumbles.setAside()
  if (uid === undefined) return
  if (stumbles.givesUp(uid)) {
    reception.log.error(
      { mailbox: reception.key, folder: reception.folder, uid, passed: uid <= cursor },
      'a mail breaks every connection that fetches it; ledger balance tries it again',
    )
    return
  }
  const described = await describeMails(session, [uid], timing.now)
  const mails = await fetchMinding(session, reading, described)
  if (described.length === 0) stumbles.arrived(uid)
  if (mails.length > 0) await reading.takeIn(mails)
}

async function finish(
  session: ImapSession,
  { afterCommit, reception, tell }: Reading,
  again: boolean,
): Promise<void> {
  if (afterCommit.after.action === 'leave') return
  tell({ unfinished: await finishAfterCommit(session, afterCommit, again) })
  await reception.step('after-done')
}

/** Waits in IDLE until the bell rings or the poll is due. Returns whether the bell rang. */
async function rest(session: ImapSession, bell: Bell, pollMs: number): Promise<boolean> {
  let lost: unknown
  const idling = session.idle().catch((error: unknown) => {
    lost = error
    bell.ring()
  })
  const rung = await bell.rest('poll', pollMs)
  session.check()
  // A command ends the IDLE; the next one that we send would do it as well, but only this one shows that it ends.
  await session.within('noop', () => session.client.noop())
  await idling
  if (lost !== undefined) throw lost
  return rung
}

/** A quiet poll makes sure that the folder is still the same one: some servers renumber it under an open connection. */
async function probe(session: ImapSession, uidValidity: bigint): Promise<void> {
  await session.select()
  if (session.uidValidity !== uidValidity) {
    throw new TransientFailure('protocol', 'UIDVALIDITY changed under the open connection')
  }
}
