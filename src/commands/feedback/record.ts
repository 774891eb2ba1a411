/** `gateway feedback record`: what a customer said on the telephone or in person, or why nothing was said. */
import { randomUUID } from 'node:crypto'
import { userInfo } from 'node:os'
import { castVote } from '../../intake/feedback/cast-vote.ts'
import { type PromiseDeps, promiseDepsOf } from '../../intake/promises/promise-deps.ts'
import { inTransaction, type Tx } from '../../store/database.ts'
import { type Answer, CommandFailed } from '../answer.ts'
import { ticketNumberIn } from '../ticket/ticket-number-argument.ts'
import type { Place } from '../with-database.ts'
import { withDesk } from '../with-desk.ts'

export interface Recorded {
  readonly score?: string
  readonly solved?: string
  readonly words?: string
  readonly suggestion?: string
  readonly manager?: boolean
  readonly reopen?: boolean
  readonly unreached?: boolean
  readonly declined?: boolean
}

/** Throws CommandFailed for what cannot be recorded, naming what to change. */
export async function recordFeedbackOf(place: Place, argument: string, said: Recorded): Promise<Answer> {
  const number = ticketNumberIn(argument, place.ticketFormat)
  const score = said.score === undefined ? null : Number(said.score)
  if (score !== null && ![1, 2, 3, 4, 5].includes(score))
    throw new CommandFailed('--score takes a number from 1 to 5.')
  const missed = said.declined === true ? 'declined' : said.unreached === true ? 'unreached' : undefined
  const hasSaid = Object.entries(said).some(
    ([name, value]) => isSaying(name) && value !== undefined && value !== '',
  )
  if ((missed !== undefined) === hasSaid)
    throw new CommandFailed(
      'Say what the customer told (--score, --solved, --words, --suggestion, --manager, --reopen), or why nothing was told (--unreached or --declined).',
    )
  return withDesk(place, async ({ config, takeInDeps }) => {
    if (!config.feedback)
      throw new CommandFailed('The configuration has no section "feedback": nobody is asked.')
    const deps = promiseDepsOf(takeInDeps)
    return inTransaction(takeInDeps.database, tx =>
      record(tx, deps, number, { ...said, score, missed }, takeInDeps.now()),
    )
  })
}

const sayings = ['score', 'solved', 'words', 'suggestion', 'manager', 'reopen']
const isSaying = (name: string): boolean => sayings.includes(name)

type Said = Omit<Recorded, 'score'> & {
  readonly score: number | null
  readonly missed: 'declined' | 'unreached' | undefined
}

async function record(
  tx: Tx,
  deps: PromiseDeps,
  number: string,
  said: Said,
  now: Temporal.Instant,
): Promise<Answer> {
  const surveyId = await surveyOf(tx, deps, number, now)
  const phone = said.missed ?? 'done'
  const answered = () => tx.survey.update({ where: { id: surveyId }, data: { phone } })
  if (said.missed) {
    await answered()
    return { text: `✓ ticket ${number}: ${said.missed}`, data: { ticket: number, phone } }
  }
  const cast = await castVote(tx, deps, {
    vote: {
      ...{ score: said.score, words: said.words ?? '', wantsManager: said.manager === true },
      solved: said.solved === undefined ? null : said.solved === 'yes',
    },
    ...{ surveyId, suggestion: said.suggestion ?? '', reopens: said.reopen === true },
    ...{ how: 'phone', by: `${userInfo().username} (command line)`, now },
  })
  if (cast === 'over')
    throw new CommandFailed(
      `The time in which a vote on ticket ${number} is taken, or may be changed, is over.`,
    )
  if (cast === 'none')
    throw new CommandFailed(
      `The customer of ticket ${number} was erased: nothing is recorded about them any more.`,
    )
  // Only now: the ticket is locked before its survey, by everybody.
  await answered()
  const manager = await tx.guarantee.count({
    where: { ticket: { number }, kind: 'manager-contact', state: 'open' },
  })
  const told = manager > 0 ? '; the manager has been told' : ''
  return { text: `✓ ticket ${number}: recorded${told}`, data: { ticket: number, phone, cast } }
}

/** Of the last closing. Whoever is asked in person need not have been asked in writing before. */
async function surveyOf(
  tx: Tx,
  { config }: PromiseDeps,
  number: string,
  now: Temporal.Instant,
): Promise<string> {
  const ticket = await tx.ticket.findUnique({ where: { number }, select: { id: true, state: true } })
  if (!ticket) throw new CommandFailed(`There is no ticket ${number}.`)
  const last = await tx.survey.findFirst({ where: { ticketId: ticket.id }, orderBy: { askedAt: 'desc' } })
  if (last) return last.id
  if (ticket.state !== 'resolved')
    throw new CommandFailed(`Ticket ${number} is not closed yet, so that nobody was asked how it went.`)
  const id = randomUUID()
  const openUntil = now.add({ hours: 24 * (config.feedback?.openDays ?? 1) })
  const dates = { askedAt: new Date(now.epochMilliseconds), openUntil: new Date(openUntil.epochMilliseconds) }
  await tx.survey.create({ data: { id, ticketId: ticket.id, ...dates, state: 'asked', phone: 'listed' } })
  return id
}
