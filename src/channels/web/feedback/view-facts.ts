import type { FeedbackKey } from '../../../desk/feedback/feedback-token.ts'
import { changeableUntil, mayVote } from '../../../desk/feedback/vote.ts'
import type { Language } from '../../../desk/ticket.ts'
import { showTicketNumber } from '../../../desk/ticket-number.ts'
import { instantOf } from '../../../intake/calls/call-rows.ts'
import { toldTicket } from '../../../intake/calls/told-ticket.ts'
import { isForgotten } from '../../../intake/feedback/forgotten.ts'
import { measuresOf } from '../../../intake/promises/measures.ts'
import type { PromiseDeps } from '../../../intake/promises/promise-deps.ts'
import type { Ticket } from '../../../store/generated/client.ts'

/** What the page shows. Read without any lock and without any trace. */
export interface FeedbackView {
  readonly language: Language
  readonly now: Temporal.Instant
  /** Of the office, which the customer deals with. */
  readonly timeZone: string
  readonly ticketNumber: string
  /** '' where it is only our own words for "somebody rang". */
  readonly subject: string
  readonly isOpen: boolean
  /** Until when the manager was promised to get in touch; null where that is not running. */
  readonly managerDueAt: Temporal.Instant | null
  /** Null on the page that only leads to the manager. */
  readonly survey: ShownSurvey | null
}

export interface ShownSurvey {
  readonly may: 'first' | 'change' | 'over'
  /** The end of what `may` says; of no meaning where it is over. */
  readonly until: Temporal.Instant
  readonly score: number | null
  readonly solved: boolean | null
  readonly words: string
  readonly wantsManager: boolean
  readonly suggestion: string
  /** What the customer was told; '' where nothing was. */
  readonly result: string
}

type FactDeps = Pick<PromiseDeps, 'database' | 'config' | 'now'>

/** Undefined where there is no such survey or ticket (any more), or where nobody is asked. */
export async function feedbackView(
  deps: FactDeps,
  { kind, id }: FeedbackKey,
): Promise<FeedbackView | undefined> {
  const { database, config } = deps
  if (!config.feedback) return undefined
  if (kind === 'manager') {
    const found = await database.ticket.count({ where: { id } })
    return found === 0 || (await isForgotten(database, id)) ? undefined : viewOf(deps, id, null)
  }
  const survey = await database.survey.findUnique({ where: { id } })
  if (!survey || (await isForgotten(database, survey.ticketId))) return undefined
  const { score, solved, words, wantsManager, ticketId } = survey
  const { changeDays } = config.feedback
  const asked = {
    openUntil: instantOf(survey.openUntil),
    votedAt: survey.votedAt && instantOf(survey.votedAt),
  }
  const last = await database.suggestion.findFirst({
    where: { surveyId: id, state: 'new' },
    orderBy: { at: 'desc' },
  })
  const measures = await measuresOf(database, ticketId)
  return viewOf(deps, ticketId, {
    ...{ score, solved, words, wantsManager, suggestion: last?.text ?? '' },
    may: mayVote(asked, changeDays, deps.now()),
    until: asked.votedAt ? changeableUntil(asked.votedAt, changeDays) : asked.openUntil,
    // What was recorded later was not told with this question, and perhaps is not to be told yet.
    result: measures.findLast(({ of, at }) => of === 'result' && isToldBy(at, survey.askedAt))?.text ?? '',
  })
}

const isToldBy = (at: Temporal.Instant, askedAt: Date): boolean => at.epochMilliseconds <= askedAt.getTime()

async function viewOf(
  { database, config, now }: FactDeps,
  ticketId: string,
  survey: ShownSurvey | null,
): Promise<FeedbackView> {
  const { row, subject } = await toldTicket(database, ticketId)
  const running = await database.guarantee.findFirst({
    where: { ticketId: row.id, kind: 'manager-contact', state: 'open' },
    select: { dueAt: true },
  })
  return {
    ...{ language: languageOf(row), now: now(), subject, survey },
    timeZone: config.offices[row.office]?.timeZone ?? 'UTC',
    ticketNumber: showTicketNumber(row.number, config.tickets.format),
    isOpen: row.state !== 'resolved',
    managerDueAt: running && instantOf(running.dueAt),
  }
}

const languageOf = ({ language }: Pick<Ticket, 'language'>): Language => (language === 'en' ? 'en' : 'de')
