/** `gateway call show`: what happened in a call, event by event, and why it was answered so. */
import type { CallDossier } from '../../console/call-dossier.ts'
import { isTicketNumber } from '../../desk/ticket-number.ts'
import type { Database } from '../../store/database.ts'
import { type Answer, CommandFailed } from '../answer.ts'
import { digitsIn, ticketNumberIn } from '../ticket/ticket-number-argument.ts'
import { type Place, timeZoneOf, withDatabase } from '../with-database.ts'
import { callText } from './call-text.ts'

/** `argument` is a ticket's number, a call's id, or the provider's id of it. Throws CommandFailed where there is none. */
export async function showCalls(place: Place, argument: string): Promise<Answer> {
  const calls = await withDatabase(place, db => callsNamed(db, place, argument))
  if (calls.length === 0) {
    if (digitsIn(argument, place.ticketFormat) !== undefined) ticketNumberIn(argument, place.ticketFormat)
    throw new CommandFailed(`There is no call "${argument}", and no ticket of this number with a call.`)
  }
  const texts = calls.map(call => callText(call, timeZoneOf(place, call.office)))
  return { text: texts.join('\n\n'), data: calls }
}

async function callsNamed(db: Database, place: Place, argument: string): Promise<readonly CallDossier[]> {
  const { callNamed, callsOfTicket } = await import('../../console/calls.ts')
  const digits = digitsIn(argument, place.ticketFormat)
  if (digits !== undefined && isTicketNumber(digits)) {
    const ticket = await db.ticket.findUnique({ where: { number: digits }, select: { id: true } })
    if (ticket) return callsOfTicket(db, ticket.id)
  }
  const call = await callNamed(db, argument.trim())
  return call ? [call] : []
}
