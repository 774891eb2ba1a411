/** `gateway promises`: how each promise of a ticket was counted, what happened, and how it ended. */
import { type DossierPromise, ticketPromises } from '../../console/promises.ts'
import { showTicketNumber } from '../../desk/ticket-number.ts'
import { type Answer, CommandFailed } from '../answer.ts'
import { ticketNumberIn } from '../ticket/ticket-number-argument.ts'
import { type Place, timeZoneOf, withDatabase } from '../with-database.ts'
import { promiseText } from './promise-text.ts'

/** Throws CommandFailed for a number that is none or belongs to no ticket. */
export async function showPromises(place: Place, argument: string): Promise<Answer> {
  const number = ticketNumberIn(argument, place.ticketFormat)
  const dossier = await withDatabase(place, db => ticketPromises(db, number))
  if (!dossier) throw new CommandFailed(`There is no ticket ${number}.`)
  const { state, office, promises } = dossier
  const ticket = showTicketNumber(number, place.ticketFormat)
  const zoneOf = ({ line }: DossierPromise) => timeZoneOf(place, officeOfLine(place, line) ?? office)
  const head = `Ticket ${ticket}, ${state}: ${countWords(promises)}`
  const told = promises.map(promise => promiseText(promise, zoneOf(promise)))
  return { text: [head, ...told].join('\n\n'), data: dossier }
}

/** A line is named alone or with an extension behind a slash; both ring in the line's office. */
function officeOfLine({ config }: Place, line: string | null): string | undefined {
  return config?.phone?.lines[line?.split('/')[0] ?? '']?.office
}

function countWords(promises: readonly DossierPromise[]): string {
  if (promises.length === 0) return 'nothing was promised'
  const states = ['open', 'kept', 'broken', 'withdrawn']
  return states
    .map(state => ({ state, count: promises.filter(promise => promise.state === state).length }))
    .filter(({ count }) => count > 0)
    .map(({ state, count }) => `${count} ${state}`)
    .join(', ')
}
