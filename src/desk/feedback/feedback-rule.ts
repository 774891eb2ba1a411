import { hit, miss, type Rule } from '../rule.ts'
import type { Ticket } from '../ticket.ts'
import { readReplyVote } from './reply-vote.ts'
import { mayVote } from './vote.ts'

/** The survey of a closing letter that a mail answers. */
export interface SurveyFacts {
  readonly id: string
  /** The ticket, or the one that it was merged into. */
  readonly ticket: Ticket
  /** Who was sent the letter, lower-case. */
  readonly recipient: string
  readonly openUntil: Temporal.Instant
  readonly votedAt: Temporal.Instant | null
  readonly changeDays: number
}

/**
 * A customer answers the letter that closed the matter with a number and a word. That is a vote: it opens nothing and nobody
 * is told, unless the customer is not satisfied. Everything else that answers such a letter is a mail like any other; the
 * trail says why it is no vote. Only whoever was sent the letter votes by it.
 */
export const feedbackReply: Rule = {
  name: 'feedback-reply',
  judge: ({ content }, { survey, agent }, now) => {
    if (!survey) return miss('it answers no letter that asked how it went')
    const asked = 'it answers the closing letter'
    const sender = content.from?.address.toLowerCase() ?? ''
    if (agent) return miss(`${asked}, but an agent sent it`)
    if (sender !== survey.recipient && sender !== survey.ticket.customerAddress.toLowerCase())
      return miss(`${asked}, but ${sender || 'nobody'} was not asked`)
    if (mayVote(survey, survey.changeDays, now) === 'over')
      return miss(`${asked}, but no vote is taken any more`)
    const read = readReplyVote(content)
    if (read.kind === 'mail') return miss(`${asked}, but is no vote: ${read.because}`)
    const { score, solved, words } = read.vote
    return hit(`${asked}, and ${read.because}`, {
      ...{ kind: 'add-entry', ticket: survey.ticket, entry: 'customer-mail', reopens: false },
      notice: { send: false, because: 'it is a vote' },
      vote: { surveyId: survey.id, score, solved, words },
    })
  },
}
