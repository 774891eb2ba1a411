import { randomUUID } from 'node:crypto'
import type { Tx } from '../../store/database.ts'
import { insertRows } from '../../store/insert-rows.ts'
import { dateOf } from '../mail-rows.ts'
import type { Plan } from '../plan.ts'
import type { PromiseDeps } from '../promises/promise-deps.ts'
import { castVote } from './cast-vote.ts'
import { keepManagerContact, moveManagerContact } from './manager-contact.ts'

/** A vote that a customer sent as an answer to the closing letter. */
export interface PlannedVote {
  readonly surveyId: string
  readonly score: number | null
  readonly solved: boolean | null
  readonly words: string
}

/** What an agent proposed in a mail about a ticket. */
export interface PlannedSuggestion {
  readonly ticketId: string
  readonly text: string
  readonly at: Temporal.Instant
}

/** What mails mean for votes, suggestions and for the manager's promise, in the transaction that takes those mails in. */
export async function recordFeedback(
  tx: Tx,
  deps: PromiseDeps,
  {
    votes,
    suggestions,
    endedPromises,
    endedCallbacks,
  }: Pick<Plan, 'votes' | 'suggestions' | 'endedPromises' | 'endedCallbacks'>,
  now: Temporal.Instant,
): Promise<void> {
  await insertRows(
    tx,
    'suggestion',
    suggestions.map(({ at, ...one }) => ({
      ...{ ...one, id: randomUUID(), source: 'agent', at: dateOf(at), state: 'new', remark: '' },
    })),
  )
  if (!deps.config.feedback) return
  for (const { ticketId, how, by, at } of endedPromises)
    if (how === 'answered' && by !== undefined) await keepManagerContact(tx, deps, { ticketId, by, at })
  for (const { ticketId, how, agent: by, at } of endedCallbacks)
    if (how === 'called') await keepManagerContact(tx, deps, { ticketId, by, at })
  for (const { ticketId, how, at } of endedPromises)
    if (how === 'withdrawn') await moveManagerContact(tx, ticketId, at)
  for (const { surveyId, ...vote } of votes)
    await castVote(tx, deps, { surveyId, vote: { ...vote, wantsManager: false }, how: 'reply', now })
}
