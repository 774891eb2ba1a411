import type { Log } from '../log.ts'
import type { Database } from '../store/database.ts'
import type { SendResult } from './smtp-result.ts'

/** What health checks and the console want to know of the outbox. */
export interface DeliveryState {
  readonly queued: number
  readonly unsure: number
  readonly failed: number
  readonly oldestQueuedAt: Temporal.Instant | null
  readonly inFlight: number
  /** The last trouble with the mail server, the database or the lookup; null once mail goes out again. */
  readonly lastError: Trouble | null
}

export interface Trouble {
  /** A FailureCode, or 'unexpected'. */
  readonly code: string
  readonly at: Temporal.Instant
}

/** Counts the letters that are not sent, for every process that shares the outbox. */
export async function countLetters(
  database: Database,
): Promise<Pick<DeliveryState, 'queued' | 'unsure' | 'failed' | 'oldestQueuedAt'>> {
  const rows = await database.$queryRaw<{ state: string; count: number; oldest: Date }[]>`
    SELECT state, count(*)::int AS count, min(created_at) AS oldest FROM letter
    WHERE state IN ('queued', 'unsure', 'failed') GROUP BY state`
  const of = (state: string) => rows.find(row => row.state === state)
  const oldest = of('queued')?.oldest
  return {
    queued: of('queued')?.count ?? 0,
    unsure: of('unsure')?.count ?? 0,
    failed: of('failed')?.count ?? 0,
    oldestQueuedAt: oldest ? Temporal.Instant.fromEpochMilliseconds(oldest.getTime()) : null,
  }
}

export interface TroubleBook {
  last(): Trouble | null
  /** The database, the lookup or a handler failed; whoever asked tries again by himself. */
  report(error: unknown): void
  /** What an attempt says about the server. */
  learn(result: SendResult): void
}

/** Remembers and logs what holds the delivery up. Never a server's own words: they name recipients. */
export function openTroubleBook(now: () => Temporal.Instant, log: Log): TroubleBook {
  let last: Trouble | null = null
  const note = (code: string): Trouble => {
    last = { code, at: now() }
    return last
  }
  return {
    last: () => last,
    report(error) {
      log.error({ code: note(codeOf(error)).code, err: error }, 'delivery has trouble')
    },
    learn(result) {
      if (result.kind === 'unreachable') note(result.code)
      else if (result.kind === 'sent') last = null
    },
  }
}

function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : 'unexpected'
}
