import { TransientFailure } from '../../../desk/failure.ts'
import type { ImapSession } from './imap-session.ts'

/** A mail as the folder lists it, before its body is asked for. */
export interface Listed {
  readonly uid: number
  /** RFC822.SIZE in bytes. */
  readonly size: number
  /** INTERNALDATE: when the server got it, which a sender cannot forge as he can the Date field. */
  readonly receivedAt: Temporal.Instant
}

/** How many mails are described by one FETCH: small answers keep the watchdog's promise on a folder of any size. */
export const windowSize = 500

/**
 * The UIDs above `after`, ascending. SEARCH and not FETCH, because it names a hundred thousand mails in one short
 * answer and knows the gaps, where windows over the UID space would ask a million times for nothing.
 */
export async function uidsBeyond(session: ImapSession, after: number): Promise<readonly number[]> {
  const found = await session.within('search', () =>
    session.client.search({ uid: `${after + 1}:*` }, { uid: true }),
  )
  if (!Array.isArray(found)) throw new TransientFailure('protocol', 'the server refused to list the folder')
  // "n:*" always names the last mail, also where its UID is below n (RFC 9051, 9, seq-range).
  return found.filter(uid => uid > after).sort((a, b) => a - b)
}

/** Size and date of the mails in one window of UIDs, ascending; those that have vanished meanwhile are left out. */
export async function describeMails(
  session: ImapSession,
  uids: readonly number[],
  now: () => Temporal.Instant,
): Promise<readonly Listed[]> {
  const first = uids[0]
  const last = uids.at(-1)
  if (first === undefined || last === undefined) return []
  const wanted = new Set(uids)
  const listed = new Map<number, Listed>()
  const query = { uid: true, size: true, internalDate: true }
  const answers = session.client.fetch(`${first}:${last}`, query, { uid: true })
  for await (const { uid, size, internalDate } of session.stream('fetch sizes', answers, 0)) {
    // A flag that somebody changes meanwhile is reported as a FETCH too, without the size.
    if (size === undefined || !wanted.has(uid)) continue
    const instant = internalDate === undefined ? Number.NaN : new Date(internalDate).getTime()
    const receivedAt = Number.isNaN(instant) ? now() : Temporal.Instant.fromEpochMilliseconds(instant)
    listed.set(uid, { uid, size, receivedAt })
  }
  return [...listed.values()].sort((a, b) => a.uid - b.uid)
}

/** `items` in slices of at most `size`. */
export function* slices<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size)
}

/** A UID set for a command (RFC 9051, 9, sequence-set): runs are written as ranges. `uids` ascend. */
export function uidSet(uids: readonly number[]): string {
  const parts: string[] = []
  let start = 0
  for (let i = 0; i < uids.length; i++) {
    if (uids[i + 1] === (uids[i] ?? 0) + 1) continue
    parts.push(i === start ? `${uids[i]}` : `${uids[start]}:${uids[i]}`)
    start = i + 1
  }
  return parts.join(',')
}
