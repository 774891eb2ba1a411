import type { NoticeKind } from '../desk/notice.ts'
import type { Database } from '../store/database.ts'
import { type Letter, Prisma } from '../store/generated/client.ts'

/**
 * Taking letters for sending. A claim is a state and a name in one statement, so that any number of processes can
 * share the outbox: rows that another one is taking are skipped, not waited for.
 */

const columns =
  Prisma.raw(`letter.id, ticket_id AS "ticketId", kind, template, language, data, mailbox, recipient,
  message_id AS "messageId", in_reply_to AS "inReplyTo", "references", state, created_at AS "createdAt",
  next_try_at AS "nextTryAt", attempts, claimed_by AS "claimedBy", claimed_at AS "claimedAt", sent_at AS "sentAt",
  response, failure_code AS "failureCode", subject, text`)

/**
 * Customers wait for their ticket number, and an agent who is to ring somebody until twenty past three has to know it
 * now: these go before everything else; then the oldest.
 */
const urgentKinds: readonly string[] = ['auto-reply', 'callback-task'] satisfies NoticeKind[]
const urgency = Prisma.raw(`(kind IN ('${urgentKinds.join("', '")}')) DESC, created_at, id`)

/** Claims up to `limit` due letters, most urgent first, each counted as one more attempt. */
export async function claimDue(
  database: Database,
  claimant: string,
  now: Temporal.Instant,
  limit: number,
): Promise<readonly Letter[]> {
  const at = now.toString()
  const letters = await database.$queryRaw<Letter[]>`
    UPDATE letter SET state = 'sending', claimed_by = ${claimant}, claimed_at = ${at}::timestamptz,
      attempts = attempts + 1
    WHERE id IN (
      SELECT id FROM letter WHERE state = 'queued' AND next_try_at <= ${at}::timestamptz
      ORDER BY ${urgency} LIMIT ${limit} FOR UPDATE SKIP LOCKED)
    RETURNING ${columns}`
  // UPDATE returns rows in no promised order.
  return letters.toSorted(
    (a, b) =>
      Number(urgentKinds.includes(b.kind)) - Number(urgentKinds.includes(a.kind)) ||
      a.createdAt.getTime() - b.createdAt.getTime(),
  )
}

/** Claims up to `limit` doubtful letters whose look is due. Until `leaseEnd` nobody else looks, even if we die. */
export async function claimDoubtful(
  database: Database,
  claimant: string,
  now: Temporal.Instant,
  leaseEnd: Temporal.Instant,
  limit: number,
): Promise<readonly Letter[]> {
  const at = now.toString()
  return database.$queryRaw<Letter[]>`
    UPDATE letter SET claimed_by = ${claimant}, claimed_at = ${at}::timestamptz,
      next_try_at = ${leaseEnd.toString()}::timestamptz
    WHERE id IN (
      SELECT id FROM letter WHERE state = 'unsure' AND next_try_at <= ${at}::timestamptz
      ORDER BY next_try_at, id LIMIT ${limit} FOR UPDATE SKIP LOCKED)
    RETURNING ${columns}`
}

/** The other processes in whose hands letters are, dead or alive. */
export async function otherClaimants(database: Database, claimant: string): Promise<readonly string[]> {
  const rows = await database.$queryRaw<{ claimedBy: string }[]>`
    SELECT DISTINCT claimed_by AS "claimedBy" FROM letter
    WHERE state IN ('sending', 'unsure') AND claimed_by IS NOT NULL AND claimed_by <> ${claimant}`
  return rows.map(row => row.claimedBy)
}

/**
 * Letters a dead process was sending become doubtful: it may have died on either side of the final dot. Those it was
 * looking for are free again at once; without that, every crash would hold them back for a whole lease.
 */
export async function doubtLettersOf(
  database: Database,
  dead: string,
  lookAt: Temporal.Instant,
): Promise<number> {
  const at = lookAt.toString()
  await database.$executeRaw`
    UPDATE letter SET claimed_by = NULL, next_try_at = least(next_try_at, ${at}::timestamptz)
    WHERE state = 'unsure' AND claimed_by = ${dead}`
  return database.$executeRaw`
    UPDATE letter SET state = 'unsure', next_try_at = ${at}::timestamptz, claimed_by = NULL,
      response = 'the sending process died',
      failure_code = CASE WHEN failure_code LIKE 'resent%' THEN 'resent' ELSE 'unsure' END
    WHERE state = 'sending' AND claimed_by = ${dead}`
}

/**
 * The Message-ID of a letter the server accepted before `until`, the latest there is. `next_try_at` of a sent letter is
 * the instant of that news, and unlike `sent_at` it is indexed.
 */
export async function lastSentBefore(
  database: Database,
  until: Temporal.Instant,
): Promise<string | undefined> {
  const rows = await database.$queryRaw<{ messageId: string }[]>`
    SELECT message_id AS "messageId" FROM letter
    WHERE state = 'sent' AND next_try_at <= ${until.toString()}::timestamptz
    ORDER BY next_try_at DESC LIMIT 1`
  return rows[0]?.messageId
}
