/** `gateway ticket show`: everything the ledger knows about one ticket. */
import type { Config } from '../../config/schema.ts'
import { responsibilityOf } from '../../console/responsibility.ts'
import { titledName } from '../../desk/titled-name.ts'
import { type Answer, CommandFailed } from '../answer.ts'
import { type Place, timeZoneOf, withDatabase } from '../with-database.ts'
import { ticketNumberIn } from './ticket-number-argument.ts'
import { ticketText } from './ticket-text.ts'

/** Throws CommandFailed for a number that is none or belongs to no ticket. */
export async function showTicket(place: Place, argument: string, full: boolean): Promise<Answer> {
  const number = ticketNumberIn(argument, place.ticketFormat)
  const { ticketDossier } = await import('../../console/tickets.ts')
  const dossier = await withDatabase(place, db => ticketDossier(db, number))
  if (!dossier) throw new CommandFailed(`There is no ticket ${number}.`)
  const timeZone = timeZoneOf(place, dossier.ticket.office)
  const person = (key: string) => personOf(place.config?.agents[key], key)
  const vendor = (key: string) => place.config?.vendors[key]?.name ?? key
  return {
    text: ticketText(dossier, { timeZone, format: place.ticketFormat, full, person, vendor }),
    data: { ...dossier, responsibility: responsibilityOf(dossier.entries, dossier.ticket) },
  }
}

/** "Anna Fink, Service technician" */
function personOf(agent: Config['agents'][string] | undefined, key: string): string {
  return agent === undefined ? key : titledName(agent)
}
