/** `gateway feedback suggestions`, `suggest` and `decide`. */
import { randomUUID } from 'node:crypto'
import { userInfo } from 'node:os'
import { longestWords } from '../../desk/feedback/vote.ts'
import { showTicketNumber } from '../../desk/ticket-number.ts'
import { type Answer, CommandFailed } from '../answer.ts'
import { columns, oneLine, wallTime } from '../terminal.ts'
import { ticketNumberIn } from '../ticket/ticket-number-argument.ts'
import { type Place, withDatabase } from '../with-database.ts'

/** The newest first; those that are adopted or declined only with `all`. */
export async function listSuggestions(place: Place, all: boolean): Promise<Answer> {
  const found = await withDatabase(place, db =>
    db.suggestion.findMany({
      where: all ? {} : { state: { in: ['new', 'considered'] } },
      orderBy: { at: 'desc' },
      take: 500,
      include: { ticket: { select: { number: true } } },
    }),
  )
  const data = {
    suggestions: found.map(({ id, text, source, at, state, remark, decidedBy, ticket }) => ({
      ...{ id, text, source, at: at.toISOString(), state, remark, decidedBy, ticket: ticket?.number ?? null },
    })),
  }
  if (found.length === 0) return { text: 'No suggestion waits for a decision.', data }
  const lines = found.map(({ id, text, source, at, state, remark, ticket }): [string, string] => {
    const from = ticket ? `${source}, ${showTicketNumber(ticket.number, place.ticketFormat)}` : source
    const why = remark === '' ? '' : ` (${remark})`
    return [
      id.slice(0, 8),
      oneLine(`${wallTime(at.toISOString(), 'UTC')} ${state}, ${from}: ${text}${why}`, 200),
    ]
  })
  return { text: `Suggestions, newest first (times are UTC)\n${columns(lines)}`, data }
}

/** Throws CommandFailed without words, and for a ticket that is not there. */
export async function addSuggestion(
  place: Place,
  words: string,
  argument: string | undefined,
): Promise<Answer> {
  const text = words.trim().slice(0, longestWords).toWellFormed()
  if (text === '') throw new CommandFailed('The suggestion is empty.')
  const number = argument === undefined ? null : ticketNumberIn(argument, place.ticketFormat)
  const id = randomUUID()
  await withDatabase(place, async db => {
    const ticket =
      number === null ? null : await db.ticket.findUnique({ where: { number }, select: { id: true } })
    if (number !== null && !ticket) throw new CommandFailed(`There is no ticket ${number}.`)
    const at = new Date(Temporal.Now.instant().epochMilliseconds)
    await db.suggestion.create({
      data: { id, ticketId: ticket?.id ?? null, text, source: 'agent', at, state: 'new' },
    })
  })
  return { text: `✓ suggestion ${id.slice(0, 8)} is written down`, data: { id } }
}

/** Throws CommandFailed where no suggestion, or more than one, has an id that begins so. */
export async function decideSuggestion(
  place: Place,
  begin: string,
  state: string,
  remark: string,
): Promise<Answer> {
  const id = begin.toLowerCase()
  if (!/^[0-9a-f-]{4,36}$/.test(id))
    throw new CommandFailed(`"${begin}" is no id of a suggestion; "gateway feedback suggestions" shows them.`)
  return withDatabase(place, async db => {
    const found = await db.$queryRaw<{ id: string }[]>`
      select id from suggestion where id::text like ${`${id}%`} limit 2`
    const [one, another] = found
    if (!one || another)
      throw new CommandFailed(
        `${one ? 'More than one suggestion has' : 'No suggestion has'} an id that begins with "${begin}".`,
      )
    const decidedAt = new Date(Temporal.Now.instant().epochMilliseconds)
    const decided = {
      state,
      remark: remark.trim().slice(0, 2000).toWellFormed(),
      decidedBy: userInfo().username,
    }
    await db.suggestion.update({ where: { id: one.id }, data: { ...decided, decidedAt } })
    return { text: `✓ suggestion ${one.id.slice(0, 8)}: ${state}`, data: { id: one.id, ...decided } }
  })
}
