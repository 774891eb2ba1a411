import type { Database, Tx } from '../../store/database.ts'
import type { Recording } from '../../store/generated/client.ts'

/** Recordings that have work to do, and the bytes behind them. */

/** Longer than fetching, writing down and storing may take together. */
const leaseMinutes = 6

/** Up to `most` due recordings, each counted as one more try; nobody else works on them until the lease ends. */
export async function claimRecordings(
  database: Database,
  now: Temporal.Instant,
  most: number,
): Promise<readonly Recording[]> {
  const at = now.toString()
  const leaseEnd = now.add({ minutes: leaseMinutes }).toString()
  const rows = await database.$queryRaw<{ id: string }[]>`
    update recording set tries = tries + 1, wake_at = ${leaseEnd}::timestamptz
    where id in (
      select id from recording where wake_at <= ${at}::timestamptz
      order by wake_at, id limit ${most} for update skip locked)
    returning id`
  return database.recording.findMany({
    where: { id: { in: rows.map(({ id }) => id) } },
    orderBy: { announcedAt: 'asc' },
  })
}

/** When the next recording is due; null where none waits. */
export async function nextRecordingAt(database: Database): Promise<Temporal.Instant | null> {
  const row = await database.recording.findFirst({
    where: { wakeAt: { not: null } },
    orderBy: { wakeAt: 'asc' },
    select: { wakeAt: true },
  })
  return row?.wakeAt ? Temporal.Instant.fromEpochMilliseconds(row.wakeAt.getTime()) : null
}

/**
 * Holds these bytes until the transaction ends: storing them for one recording and removing them for another that sounds
 * the same (silence does) must not overtake each other.
 */
export async function holdBytes(tx: Tx, sha256: string): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`recording ${sha256}`}, 0))`
}

/** Is anything but this recording made of these bytes? */
export async function usedElsewhere(
  tx: Tx,
  { id, sha256 }: { id: string; sha256: string },
): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ used: boolean }[]>`
    select exists (select 1 from recording where sha256 = ${sha256} and id <> ${id}::uuid and deleted_at is null)
        or exists (select 1 from inbound where raw_sha256 = ${sha256}) as used`
  return row?.used === true
}
