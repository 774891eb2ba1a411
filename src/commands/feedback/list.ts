/** `gateway feedback list` and `phone`. */
import { showTicketNumber } from '../../desk/ticket-number.ts'
import type { Survey } from '../../store/generated/client.ts'
import { type Answer, CommandFailed } from '../answer.ts'
import { columns, oneLine, wallTime } from '../terminal.ts'
import { type Place, withDatabase } from '../with-database.ts'

const ofTicket = {
  ticket: { select: { number: true, subject: true, customerName: true, customerPhone: true, group: true } },
} as const

/** The newest first. Throws CommandFailed for a limit that is none. */
export async function listVotes(place: Place, low: boolean, limit: number): Promise<Answer> {
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000)
    throw new CommandFailed('--limit takes a number from 1 to 1000.')
  const lowScore = place.config?.feedback?.lowScore ?? 2
  const unhappy = { OR: [{ score: { lte: lowScore } }, { solved: false }, { wantsManager: true }] }
  const votes = await withDatabase(place, db =>
    db.survey.findMany({
      where: { votedAt: { not: null }, ...(low ? unhappy : {}) },
      orderBy: { votedAt: 'desc' },
      take: limit,
      include: ofTicket,
    }),
  )
  const data = {
    votes: votes.map(({ ticket, votedAt, score, solved, words, how, wantsManager }) => ({
      ...{ ticket: ticket.number, votedAt: votedAt?.toISOString() ?? '', score, solved, words },
      ...{ how, wantsManager, group: ticket.group },
    })),
  }
  if (votes.length === 0)
    return { text: low ? 'No customer is dissatisfied.' : 'Nobody has voted yet.', data }
  const lines = votes.map(({ ticket, ...vote }): [string, string] => [
    showTicketNumber(ticket.number, place.ticketFormat),
    oneLine(
      `${wallTime(vote.votedAt?.toISOString() ?? '', 'UTC')} ${voteWords(vote)}${vote.words && `: ${vote.words}`}`,
      160,
    ),
  ])
  return { text: `Votes, newest first (times are UTC)\n${columns(lines)}`, data }
}

function voteWords({
  score,
  solved,
  wantsManager,
}: Pick<Survey, 'score' | 'solved' | 'wantsManager'>): string {
  return [
    score === null ? 'no score' : `${score} of 5`,
    ...(solved === null ? [] : [solved ? 'solved' : 'not solved']),
    ...(wantsManager ? ['wants the manager'] : []),
  ].join(', ')
}

/** The oldest first: who waits longest has forgotten most. */
export async function listPhone(place: Place): Promise<Answer> {
  const listed = await withDatabase(place, db =>
    db.survey.findMany({
      where: { phone: 'listed' },
      orderBy: { askedAt: 'asc' },
      take: 500,
      include: ofTicket,
    }),
  )
  const data = {
    customers: listed.map(({ ticket, askedAt, score }) => ({
      ...{ ticket: ticket.number, name: ticket.customerName, phone: ticket.customerPhone },
      ...{ subject: ticket.subject, closedAt: askedAt.toISOString(), score },
    })),
  }
  if (listed.length === 0) return { text: 'Nobody is to be rung for the survey.', data }
  const lines = listed.map(({ ticket, askedAt, score }): [string, string] => [
    showTicketNumber(ticket.number, place.ticketFormat),
    oneLine(
      `${ticket.customerPhone ?? 'no number'} ${ticket.customerName || 'without a name'}, closed ${wallTime(askedAt.toISOString(), 'UTC')}: ${ticket.subject}${score === null ? '' : ` (voted ${score} already)`}`,
      160,
    ),
  ])
  const how = 'write down what they say with "gateway feedback record <ticket>"'
  return { text: `To be rung for the survey (times are UTC); ${how}\n${columns(lines)}`, data }
}
