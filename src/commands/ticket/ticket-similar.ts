/** `gateway ticket similar`: has this happened before, to which customers, in how many tickets? */
import { similarTickets } from '../../intake/procedures/similar.ts'
import { type Answer, CommandFailed } from '../answer.ts'
import { columns, oneLine, wallTime } from '../terminal.ts'
import { type Place, timeZoneOf, withDatabase } from '../with-database.ts'
import { ticketNumberIn } from './ticket-number-argument.ts'

const most = 20
const reasons = { serial: 'same serial number', product: 'same product and words', words: 'same words' }

/** Throws CommandFailed for a number that is none or belongs to no ticket. */
export async function similarTo(place: Place, argument: string): Promise<Answer> {
  const number = ticketNumberIn(argument, place.ticketFormat)
  const { office, similar } = await withDatabase(place, async db => {
    const ticket = await db.ticket.findUnique({ where: { number }, select: { id: true, office: true } })
    if (!ticket) throw new CommandFailed(`There is no ticket ${number}.`)
    return { office: ticket.office, similar: await similarTickets(db, ticket.id, most) }
  })
  const { nearest, tickets, customers, since, problem } = similar
  const data = {
    ...{ number, tickets, customers, since: since?.toString() ?? null, problem },
    nearest: nearest.map(({ openedAt, ...one }) => ({ ...one, openedAt: openedAt.toString() })),
  }
  if (since === null) return { text: `Nothing like ticket ${number} is known.`, data }
  const timeZone = timeZoneOf(place, office)
  const lines = nearest.map((one): [string, string] => [
    one.number,
    oneLine(
      `${wallTime(one.openedAt.toString(), timeZone)} ${one.state}, ${reasons[one.why]} (${Math.round(one.score * 100)} %), ${one.ownCustomer ? 'the same customer' : one.customerAddress || 'no address'}${one.problem ? `, ${one.problem.key}` : ''}: ${one.subject}`,
      200,
    ),
  ])
  const head = `${tickets} similar ${tickets === 1 ? 'ticket' : 'tickets'}, ${customers} other ${customers === 1 ? 'customer' : 'customers'}, since ${wallTime(since.toString(), timeZone)}`
  const hint = problem ? `\nIt may be the known problem ${problem.key}: ${oneLine(problem.title, 100)}` : ''
  return { text: `${head}\n${columns(lines)}${hint}`, data }
}
