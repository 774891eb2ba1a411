import type { FailureCode } from '../desk/failure.ts'
import type { Database, Tx } from '../store/database.ts'
import type { Letter } from '../store/generated/client.ts'

/** How an attempt, or a look at the Sent folder, leaves a letter. */
export interface Settlement {
  readonly id: string
  readonly state: 'queued' | 'sent' | 'unsure' | 'failed'
  readonly attempts: number
  readonly nextTryAt: Temporal.Instant
  readonly sentAt: Temporal.Instant | null
  /** The server's own words, or ours where it said nothing. */
  readonly response: string | null
  /**
   * A FailureCode, or what is known of a doubtful letter. unsure: nothing yet; absent: looked for once and not found;
   * resent: repeated without knowing about the first copy, which happens once; resent-absent: both.
   */
  readonly failureCode: string | null
  /** As rendered; null where nothing was rendered, which leaves what is there. */
  readonly subject: string | null
  readonly text: string | null
}

/** Why a letter was given up. */
export interface Failure {
  readonly code: FailureCode
  readonly response: string
}

/** A letter with its new state; `failure` where it is given up, which must be told in the same transaction. */
export interface Outcome {
  readonly letter: Letter
  readonly settlement: Settlement
  readonly failure: Failure | null
}

/**
 * Writes many settlements in one statement; returns the ids it changed. Only the claimant may settle a letter. Proof
 * that it was sent also counts after the claim was taken away, unless somebody is sending it again already.
 */
export async function settleLetters(
  tx: Database | Tx,
  claimant: string,
  settlements: readonly Settlement[],
): Promise<ReadonlySet<string>> {
  const rows = JSON.stringify(settlements.map(stored))
  const changed = await tx.$queryRaw<{ id: string }[]>`
    UPDATE letter SET
      state = s.state, attempts = s.attempts, next_try_at = s."nextTryAt", sent_at = s."sentAt",
      response = s.response, failure_code = s."failureCode", claimed_by = NULL, claimed_at = NULL,
      subject = coalesce(s.subject, letter.subject), text = coalesce(s.text, letter.text)
    FROM jsonb_to_recordset(${rows}::jsonb) AS s(
      id uuid, state text, attempts int, "nextTryAt" timestamptz, "sentAt" timestamptz, response text,
      "failureCode" text, subject text, text text)
    WHERE letter.id = s.id AND (
      (letter.claimed_by = ${claimant} AND letter.state IN ('sending', 'unsure'))
      OR (s.state = 'sent' AND letter.state IN ('unsure', 'queued')))
    RETURNING letter.id`
  return new Set(changed.map(row => row.id))
}

const responseCharacters = 500

/** What PostgreSQL refuses in text is taken out: one odd letter must not hold up the batch it is settled with. */
function stored(settlement: Settlement): Settlement {
  const { response, subject, text } = settlement
  return {
    ...settlement,
    response: response === null ? null : clean(response).slice(0, responseCharacters).toWellFormed(),
    subject: subject === null ? null : clean(subject),
    text: text === null ? null : clean(text),
  }
}

function clean(text: string): string {
  return text.replaceAll('\0', '').toWellFormed()
}
