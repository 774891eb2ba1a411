import type { FeedbackKey } from '../../desk/feedback/feedback-token.ts'
import type { Vote } from '../../desk/feedback/vote.ts'
import type { Tx } from '../../store/database.ts'
import { toldTicket } from '../calls/told-ticket.ts'
import type { PromiseDeps } from '../promises/promise-deps.ts'
import { askForManager, castVote } from './cast-vote.ts'
import { isForgotten } from './forgotten.ts'
import { reopen } from './reopen.ts'

/** What a customer does on the page, by the key of its address. */

export type PageFeedback =
  | { readonly kind: 'vote'; readonly vote: Vote; readonly suggestion: string; readonly reopens: boolean }
  | { readonly kind: 'reopen' }
  | { readonly kind: 'manager'; readonly words: string }

export interface ActingOnPage {
  readonly key: FeedbackKey
  readonly act: PageFeedback
  readonly now: Temporal.Instant
}

/** over: no vote is taken any more; none: the key opens nothing, or nothing of that kind. */
export type ActedOnPage = 'thanks' | 'changed' | 'reopened' | 'asked' | 'over' | 'none'

/** In the caller's transaction; the caller nudges outbox and promises after the commit. */
export async function actOnPage(
  tx: Tx,
  deps: PromiseDeps,
  { key, act, now }: ActingOnPage,
): Promise<ActedOnPage> {
  const survey = key.kind === 'survey' ? await surveyOf(tx, key.id) : null
  const ticketId = key.kind === 'survey' ? survey?.ticketId : key.id
  if (!deps.config.feedback || ticketId === undefined) return 'none'
  switch (act.kind) {
    case 'vote': {
      if (!survey) return 'none'
      const cast = await castVote(tx, deps, { ...act, surveyId: survey.id, how: 'link', now })
      if (cast === 'over' || cast === 'none') return cast
      return cast === 'changed' ? 'changed' : 'thanks'
    }
    case 'reopen':
      // The page asks that only whoever has said that the matter is not solved.
      return survey?.solved === false && !(await isForgotten(tx, ticketId))
        ? reopenFor(tx, deps, ticketId, now)
        : 'none'
    case 'manager': {
      const asked = await askForManager(tx, deps, { ticketId, words: act.words, now })
      return asked === 'none' ? 'none' : 'asked'
    }
  }
}

const surveyOf = (tx: Tx, id: string) =>
  tx.survey.findUnique({ where: { id }, select: { id: true, ticketId: true, solved: true } })

async function reopenFor(
  tx: Tx,
  deps: PromiseDeps,
  ticketId: string,
  now: Temporal.Instant,
): Promise<ActedOnPage> {
  const { row } = await toldTicket(tx, ticketId)
  await tx.$queryRaw`select id from ticket where id = ${row.id}::uuid for update`
  await reopen(tx, deps, { ticketId: row.id, by: 'feedback', now })
  return 'reopened'
}
