import type { Database } from '../store/database.ts'
import { Prisma } from '../store/generated/client.ts'

/** Which failed letters to try again: named ones, or all that failed with this code, such as 'template'. */
export type FailedLetters = { readonly ids: readonly string[] } | { readonly failedWith: string }

/**
 * Puts failed letters back into the queue, with all their attempts before them and the same Message-ID. Returns how
 * many; letters in any other state are left alone. The running delivery finds them at its next sweep.
 */
export async function retryLetters(
  database: Database,
  which: FailedLetters,
  now: Temporal.Instant,
): Promise<number> {
  const chosen =
    'ids' in which
      ? Prisma.sql`id = ANY(${[...which.ids]}::uuid[])`
      : Prisma.sql`failure_code = ${which.failedWith}`
  return database.$executeRaw`
    UPDATE letter SET state = 'queued', attempts = 0, next_try_at = ${now.toString()}::timestamptz, failure_code = NULL
    WHERE state = 'failed' AND ${chosen}`
}
