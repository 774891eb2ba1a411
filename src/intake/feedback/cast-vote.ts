import { randomUUID } from 'node:crypto'
import {
  longestWords,
  mayVote,
  type Unhappiness,
  unhappinessIn,
  type Vote,
  type VoteWay,
} from '../../desk/feedback/vote.ts'
import type { Tx } from '../../store/database.ts'
import type { Survey } from '../../store/generated/client.ts'
import { addCallEntry } from '../calls/call-entry.ts'
import { instantOf } from '../calls/call-rows.ts'
import { toldTicket } from '../calls/told-ticket.ts'
import { dateOf } from '../mail-rows.ts'
import type { PromiseDeps } from '../promises/promise-deps.ts'
import { isForgotten } from './forgotten.ts'
import { promiseManager } from './manager-contact.ts'
import { tellCustomerOfManager, tellManagers } from './manager-letters.ts'
import { reopen } from './reopen.ts'

/** Here a vote is recorded, and what follows from it, in one transaction. */

export interface CastVote {
  readonly surveyId: string
  readonly vote: Vote
  /** What the customer proposes; '' for nothing. */
  readonly suggestion?: string
  /** The customer asked to have the matter opened again. */
  readonly reopens?: boolean
  readonly how: VoteWay
  /** Key of the agent, or name of whoever asked by telephone; '' where the customer voted alone. */
  readonly by?: string
  readonly now: Temporal.Instant
}

/** over: no vote is taken any more; none: there is no such survey. */
export type Cast = 'voted' | 'changed' | 'same' | 'over' | 'none'

/**
 * Locks ticket and survey until the transaction ends, so that a form that is sent twice at once counts once. The caller
 * nudges outbox and promises after the commit.
 */
export async function castVote(tx: Tx, deps: PromiseDeps, cast: CastVote): Promise<Cast> {
  const { config } = deps
  const { now, how, by = '' } = cast
  if (!config.feedback) return 'none'
  const survey = await lockSurvey(tx, cast.surveyId)
  if (!survey || (await isForgotten(tx, survey.ticketId))) return 'none'
  const { changeDays, lowScore } = config.feedback
  const asked = {
    openUntil: instantOf(survey.openUntil),
    votedAt: survey.votedAt && instantOf(survey.votedAt),
  }
  const may = mayVote(asked, changeDays, now)
  if (may === 'over') return 'over'
  const vote = { ...cast.vote, words: kept(cast.vote.words) }
  // What was said after the merge is said to the ticket that goes on.
  const { row: ticket } = await toldTicket(tx, survey.ticketId)
  const reopened =
    cast.reopens === true && (await reopen(tx, deps, { ticketId: ticket.id, by: 'feedback', now }))
  const suggested = await suggest(tx, survey, kept(cast.suggestion ?? ''), how, now)
  if (isSame(survey, vote)) return reopened || suggested ? 'changed' : 'same'
  const before = await toldBefore(tx, survey, ticket.id, lowScore)
  await tx.survey.update({
    where: { id: survey.id },
    data: {
      ...{ score: vote.score, solved: vote.solved, words: vote.words, wantsManager: vote.wantsManager },
      ...{ state: 'answered', how, votedAt: survey.votedAt ?? dateOf(now), changedAt: dateOf(now) },
    },
  })
  await addCallEntry(tx, {
    ...{ ticketId: survey.ticketId, kind: 'feedback', at: now, author: by, text: vote.words },
    detail: { ...detailOf(vote), how, changed: may === 'change', surveyId: survey.id },
  })
  const why = unhappinessIn(vote, lowScore)
  if (why.some(reason => !before.includes(reason)))
    await callManager(tx, deps, { ticketId: ticket.id, office: ticket.office, why, vote, how, now })
  return may === 'first' ? 'voted' : 'changed'
}

interface VoteDetail extends Pick<Vote, 'score' | 'solved' | 'wantsManager'> {
  readonly surveyId: string
}

/**
 * What the manager has heard of this survey already: while the promise runs, whatever was said since it began. Whoever
 * changes the vote from 1 to 5 and back a hundred times fills nobody's mailbox.
 */
async function toldBefore(
  tx: Tx,
  survey: Survey,
  ticketId: string,
  lowScore: number,
): Promise<readonly Unhappiness[]> {
  if (survey.votedAt === null) return []
  const last = unhappinessIn(survey, lowScore)
  const running = await tx.guarantee.findFirst({
    where: { ticketId, kind: 'manager-contact', state: 'open' },
    select: { startedAt: true },
  })
  if (!running) return last
  const votes = await tx.entry.findMany({
    where: { ticketId: survey.ticketId, kind: 'feedback', at: { gte: running.startedAt } },
    select: { detail: true },
  })
  const told = votes
    .map(({ detail }) => detail as unknown as VoteDetail)
    .filter(({ surveyId }) => surveyId === survey.id)
  return [...last, ...told.flatMap(vote => unhappinessIn(vote, lowScore))]
}

/** The customer turns to the manager without a vote, or after the time of votes: that door is never closed. */
export async function askForManager(
  tx: Tx,
  deps: PromiseDeps,
  {
    ticketId,
    words,
    now,
  }: { readonly ticketId: string; readonly words: string; readonly now: Temporal.Instant },
): Promise<'asked' | 'asked-before' | 'none'> {
  if (!deps.config.feedback) return 'none'
  const found = await tx.ticket.count({ where: { id: ticketId } })
  if (found === 0) return 'none'
  const { row } = await toldTicket(tx, ticketId)
  await tx.$queryRaw`select id from ticket where id = ${row.id}::uuid for update`
  if (await isForgotten(tx, ticketId)) return 'none'
  const running = { ticketId: row.id, kind: 'manager-contact', state: 'open' }
  // Whoever presses ten times is promised one call; words that come later reach the manager by a reply as well.
  if ((await tx.guarantee.count({ where: running })) > 0) return 'asked-before'
  const vote = { score: null, solved: null, words: kept(words) }
  await addCallEntry(tx, { ticketId: row.id, kind: 'manager-wanted', at: now, text: vote.words })
  const why = ['wants-manager'] as const
  await callManager(tx, deps, { ticketId: row.id, office: row.office, why, vote, how: 'link', now })
  return 'asked'
}

interface Calling {
  readonly ticketId: string
  readonly office: string
  readonly why: readonly Unhappiness[]
  readonly vote: Omit<Vote, 'wantsManager'>
  readonly how: VoteWay
  readonly now: Temporal.Instant
}

async function callManager(tx: Tx, deps: PromiseDeps, calling: Calling): Promise<void> {
  const { guarantee, isNew } = await promiseManager(tx, deps, calling)
  await tellManagers(tx, deps, { ...calling, guarantee })
  if (isNew && calling.how === 'reply') await tellCustomerOfManager(tx, deps, { ...calling, guarantee })
}

/** The ticket first, as everything else that touches both does. */
async function lockSurvey(tx: Tx, id: string): Promise<Survey | null> {
  const found = await tx.survey.findUnique({ where: { id }, select: { ticketId: true } })
  if (!found) return null
  const { row } = await toldTicket(tx, found.ticketId)
  const ids = [...new Set([found.ticketId, row.id])].toSorted()
  await tx.$queryRaw`select id from ticket where id = any(${ids}::uuid[]) order by id for update`
  await tx.$queryRaw`select id from survey where id = ${id}::uuid for update`
  return tx.survey.findUnique({ where: { id } })
}

function isSame(survey: Survey, vote: Vote): boolean {
  const { score, solved, words, wantsManager } = survey
  return (
    survey.votedAt !== null &&
    score === vote.score &&
    solved === vote.solved &&
    words === vote.words &&
    wantsManager === vote.wantsManager
  )
}

const detailOf = ({ score, solved, wantsManager }: Vote) => ({ score, solved, wantsManager })

const kept = (words: string): string => words.trim().slice(0, longestWords).toWellFormed()

/** One proposal a survey: while nobody has looked at it, other words take its place. */
async function suggest(
  tx: Tx,
  survey: Survey,
  text: string,
  how: VoteWay,
  now: Temporal.Instant,
): Promise<boolean> {
  if (text === '') return false
  const last = await tx.suggestion.findFirst({ where: { surveyId: survey.id }, orderBy: { at: 'desc' } })
  if (last?.text === text) return false
  if (last?.state === 'new') {
    await tx.suggestion.update({ where: { id: last.id }, data: { text, at: dateOf(now) } })
    return true
  }
  await tx.suggestion.create({
    data: {
      ...{ id: randomUUID(), ticketId: survey.ticketId, surveyId: survey.id, text, state: 'new' },
      ...{ source: how === 'phone' ? 'phone' : 'survey', at: dateOf(now) },
    },
  })
  return true
}
