/** `gateway ticket dossier`: the whole ticket as a page of HTML on standard output. */
import { type Answer, CommandFailed } from '../answer.ts'
import { languageIn } from '../language-argument.ts'
import { type Place, timeZoneOf, withDatabase } from '../with-database.ts'
import { ticketNumberIn } from './ticket-number-argument.ts'

/** Throws CommandFailed where there is no such ticket or language. */
export async function printDossier(
  place: Place,
  argument: string,
  language: string | undefined,
): Promise<Answer> {
  const number = ticketNumberIn(argument, place.ticketFormat)
  const { openTicketReader } = await import('../../console/tickets.ts')
  const now = Temporal.Now.instant()
  const found = await withDatabase(place, async db => {
    const reader = openTicketReader(db)
    const dossier = await reader.dossier(number)
    if (!dossier) return undefined
    const timeZone = timeZoneOf(place, dossier.ticket.office)
    const matter = await reader.matter(number)
    return matter && { dossier, matter, timeZone }
  })
  if (!found) throw new CommandFailed(`There is no ticket ${number}.`)
  const { dossierPage } = await import('../../console/dossier-page.ts')
  const text = dossierPage({
    ...found,
    config: place.config,
    language: languageIn(language, found.dossier.ticket.language),
    format: place.ticketFormat,
    now,
  })
  return { text, data: { ticket: found.dossier, matter: found.matter } }
}
