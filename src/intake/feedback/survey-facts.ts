import type { KnownLetter } from '../../desk/facts.ts'
import type { SurveyFacts } from '../../desk/feedback/feedback-rule.ts'
import type { MailContent } from '../../desk/mail-content.ts'
import type { Ticket } from '../../desk/ticket.ts'
import type { Tx } from '../../store/database.ts'
import { instantOf } from '../calls/call-rows.ts'

/** What the rules have to know of surveys, read for a whole batch of mails at once. */

export interface StoredSurvey {
  readonly id: string
  readonly ticketId: string
  readonly openUntil: Temporal.Instant
  readonly votedAt: Temporal.Instant | null
}

/** The last survey of each ticket that a closing letter was about, or that is closed; by the ticket's id. */
export async function readSurveys(
  tx: Tx,
  letters: readonly KnownLetter[],
  tickets: Iterable<Ticket>,
): Promise<ReadonlyMap<string, StoredSurvey>> {
  const named = letters.flatMap(({ kind, ticketId }) => (kind === 'closing' && ticketId ? [ticketId] : []))
  const closed = [...tickets].flatMap(({ id, state }) => (state === 'resolved' ? [id] : []))
  const ids = [...new Set([...named, ...closed])]
  if (ids.length === 0) return new Map()
  const rows = await tx.survey.findMany({
    where: { ticketId: { in: ids } },
    orderBy: { askedAt: 'asc' },
    select: { id: true, ticketId: true, openUntil: true, votedAt: true },
  })
  return new Map(
    rows.map(({ openUntil, votedAt, ...row }) => [
      row.ticketId,
      { ...row, openUntil: instantOf(openUntil), votedAt: votedAt && instantOf(votedAt) },
    ]),
  )
}

export interface SurveySigns {
  readonly letters: ReadonlyMap<string, KnownLetter>
  readonly surveys: ReadonlyMap<string, StoredSurvey>
  /** Undefined where nobody is asked. */
  readonly changeDays: number | undefined
  /** Id of the ticket whose signed reply address the mail was sent to. */
  readonly ticketIdByToken: string | undefined
  /** Follows merges. */
  readonly ticketOf: (id: string) => Ticket | undefined
}

/** Named by In-Reply-To, or for clients that leave it out by the reply address of the closed ticket. */
export function surveyFor(
  { inReplyTo }: MailContent,
  { letters, surveys, changeDays, ticketIdByToken, ticketOf }: SurveySigns,
): SurveyFacts | undefined {
  if (changeDays === undefined) return undefined
  const named = inReplyTo.flatMap(id => letters.get(id) ?? [])
  const letter = named.find(({ kind }) => kind === 'closing')
  // Who answers another letter of ours answers that one.
  const about = letter ? letter.ticketId : named.length === 0 ? ticketIdByToken : undefined
  const survey = surveys.get(about ?? '')
  const ticket = survey && ticketOf(survey.ticketId)
  if (!survey || !ticket) return undefined
  const recipient = (letter?.recipient ?? ticket.customerAddress).toLowerCase()
  return { ...survey, ticket, recipient, changeDays }
}
