import { randomUUID } from 'node:crypto'
import { inTransaction } from '../../store/database.ts'
import { finishAfterCommit } from './imap/after-commit.ts'
import { fetchBatch } from './imap/fetch-batch.ts'
import type { ImapSession } from './imap/imap-session.ts'
import { describeMails, slices, uidsBeyond, windowSize } from './imap/list-folder.ts'
import { openSession } from './imap/open-session.ts'
import { planBatches } from './imap/plan-batches.ts'
import { type MailboxDeps, receptionOf, sessionOptionsOf } from './mailbox.ts'
import { realTiming } from './reading/bell.ts'
import { noStep } from './reading/steps.ts'

/**
 * Compares a folder with the ledger: every mail up to the cursor has a row, or it is a gap and is read again, now. "No mail
 * is ever lost" is this report, not a hope. Runs on a connection of its own, beside the reader and without its lock:
 * it reads only what the reader has passed, and takeIn knows positions that have a row already.
 */
export interface BalanceReport {
  readonly mailbox: string
  readonly folder: string
  readonly uidValidity: bigint
  /** Mails in the folder. */
  readonly onServer: number
  /** Rows of this folder and UIDVALIDITY. */
  readonly inLedger: number
  /** Rows whose mail has left the folder: moved or deleted, by us or by a human. No fault. */
  readonly gone: number
  /** Mails beyond the cursor, which the reader is about to take in. No fault. */
  readonly waiting: number
  /** UIDs up to the cursor that had no row. */
  readonly gaps: readonly number[]
  /** How many of them have one now. */
  readonly reread: number
  /** UIDs that the server lists and still does not hand out. */
  readonly missing: readonly number[]
  /** Mails whose flag or move is still to be done. */
  readonly unfinished: number
}

export type BalanceDeps = Omit<MailboxDeps, 'locks'>

/**
 * @throws PermanentFailure auth, tls, missing-folder; TransientFailure network, timeout, protocol, storage, database
 */
export async function balanceMailbox(deps: BalanceDeps): Promise<BalanceReport> {
  const { key, config, database, log } = deps
  const { folder } = config.imap
  const now = (deps.timing ?? realTiming).now
  const session = await openSession(
    sessionOptionsOf(deps, () => undefined),
    deps.tokens,
  )
  try {
    // The server is asked first: a mail that is taken in between the two questions must not look like a gap.
    const uids = await uidsBeyond(session, 0)
    const count = await compare(deps, session.uidValidity, uids)
    const missing = await reread(deps, session, count.gaps, now)
    const unfinished =
      config.after.action === 'leave'
        ? 0
        : await finishAfterCommit(session, { database, key, folder, after: config.after, log }, true)
    const report: BalanceReport = {
      mailbox: key,
      folder,
      uidValidity: session.uidValidity,
      onServer: uids.length,
      ...count,
      reread: count.gaps.length - missing.length,
      missing,
      unfinished,
    }
    await writeDown(deps, report, now())
    await session.leave()
    return report
  } finally {
    session.close()
  }
}

type Count = Pick<BalanceReport, 'inLedger' | 'gone' | 'waiting' | 'gaps'>

async function compare(
  { key, config, database }: BalanceDeps,
  uidValidity: bigint,
  uids: readonly number[],
): Promise<Count> {
  const position = { mailbox: key, folder: config.imap.folder, uidValidity }
  return inTransaction(database, async tx => {
    const cursor = await tx.mailboxCursor.findUnique({ where: { mailbox_folder_uidValidity: position } })
    const passed = uids.filter(uid => uid <= Number(cursor?.lastUid ?? 0))
    const gaps: number[] = []
    for (const window of slices(passed, windowSize)) {
      const uid = { gte: BigInt(window[0] ?? 0), lte: BigInt(window.at(-1) ?? 0) }
      const rows = await tx.inbound.findMany({ where: { ...position, uid }, select: { uid: true } })
      const known = new Set(rows.map(row => Number(row.uid)))
      gaps.push(...window.filter(one => !known.has(one)))
    }
    const inLedger = await tx.inbound.count({ where: position })
    const gone = inLedger - (passed.length - gaps.length)
    return { inLedger, gone, waiting: uids.length - passed.length, gaps }
  })
}

/** Takes the gaps in as the reader would have. Returns those that could not be had. */
async function reread(
  deps: BalanceDeps,
  session: ImapSession,
  gaps: readonly number[],
  now: () => Temporal.Instant,
): Promise<readonly number[]> {
  const reception = receptionOf(deps, deps.step ?? noStep)
  const missing = new Set(gaps)
  for (const window of slices(gaps, windowSize)) {
    const described = await describeMails(session, window, now)
    for (const batch of planBatches(described)) {
      const mails = await fetchBatch(session, reception, batch)
      if (mails.length > 0) await deps.takeIn(mails)
      for (const mail of mails) missing.delete(Number(mail.position.uid))
    }
    // Deleted since the folder was listed: nothing is owed for them.
    const listed = new Set(described.map(mail => mail.uid))
    for (const uid of window) if (!listed.has(uid)) missing.delete(uid)
  }
  return [...missing]
}

async function writeDown(
  { database }: BalanceDeps,
  report: BalanceReport,
  at: Temporal.Instant,
): Promise<void> {
  const { mailbox, folder, onServer, inLedger, reread, uidValidity, ...rest } = report
  await inTransaction(database, tx =>
    tx.balance.create({
      data: {
        id: randomUUID(),
        mailbox,
        folder,
        at: new Date(at.epochMilliseconds),
        onServer,
        inLedger,
        reread,
        detail: { uidValidity: `${uidValidity}`, ...rest, gaps: [...rest.gaps], missing: [...rest.missing] },
      },
    }),
  )
}
