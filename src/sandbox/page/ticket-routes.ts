import { Router } from 'express'
import type { Config } from '../../config/schema.ts'
import { dossierPage } from '../../console/dossier-page.ts'
import type { HeldMails } from '../../console/held-mails.ts'
import type { TicketReader } from '../../console/tickets.ts'
import { NotHere } from './mail-desk.ts'
import type { Clock } from './mailbox-view.ts'
import { dossierView, ticketListView } from './ticket-view.ts'
import { type Render, sendPiece } from './views.ts'
import { waitingView, withoutTicketView } from './waiting-view.ts'

/** The column of tickets: the list, what waits for a decision, one ticket, and deciding. */
export interface TicketParts {
  readonly tickets: TicketReader
  readonly held: HeldMails
  readonly config: Config
  readonly clock: () => Clock
}

const mostTickets = 50
const mostWaiting = 10
const mostAside = 20

/** Whoever presses a button here has no name: the page has no login. */
const decider = 'sandbox page'

export async function ticketColumn({ tickets, held, config, clock }: TicketParts): Promise<object> {
  const [list, waiting, aside] = await Promise.all([
    tickets.list(mostTickets),
    held.list(mostWaiting),
    tickets.withoutTicket(mostAside),
  ])
  return {
    ...ticketListView(list, config, clock()),
    waiting: waitingView(waiting, clock()),
    aside: withoutTicketView(aside, clock()),
  }
}

/** One ticket, opened; undefined where no ticket has that number. */
export async function dossierNamed(
  { tickets, config, clock }: TicketParts,
  number: string,
): Promise<object | undefined> {
  const dossier = number === '' ? undefined : await tickets.dossier(number)
  return dossier && dossierView(dossier, config, clock())
}

/** The page brings its style along and needs nothing else. */
const dossierPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"

async function printedDossier(
  { tickets, config, clock }: TicketParts,
  number: string,
  language: unknown,
): Promise<string | undefined> {
  const { now } = clock()
  const dossier = await tickets.dossier(number)
  if (!dossier) return undefined
  const timeZone = config.offices[dossier.ticket.office]?.timeZone ?? 'UTC'
  const matter = await tickets.matter(number)
  return (
    matter &&
    dossierPage({
      ...{ dossier, matter, config, timeZone, now, format: config.tickets.format },
      language: (language ?? dossier.ticket.language) === 'en' ? 'en' : 'de',
    })
  )
}

export function ticketRoutes(parts: TicketParts, render: Render): Router {
  const router = Router()
  router.get('/sandbox/tickets', async (request, response) => {
    sendPiece(request, response, render('tickets', await ticketColumn(parts)))
  })
  router.get('/sandbox/tickets/:number', async (request, response) => {
    const view = await dossierNamed(parts, request.params.number)
    if (!view) throw new NotHere('There is no such ticket.')
    // Opening moves the focus to the ticket; a poll must not, or it would take it from whoever is writing a mail.
    const takeFocus = request.headers['hx-ptag'] === undefined
    sendPiece(request, response, render('dossier', { ...view, takeFocus }))
  })
  router.get('/sandbox/tickets/:number/dossier', async (request, response) => {
    const page = await printedDossier(parts, request.params.number, request.query.language)
    if (page === undefined) throw new NotHere('There is no such ticket.')
    response.setHeader('Cache-Control', 'no-store')
    response.setHeader('Content-Security-Policy', dossierPolicy)
    response.type('html').send(page)
  })
  router.post('/sandbox/held/:id/:decision', async (request, response) => {
    const { id, decision } = request.params
    if (!/^\d{1,18}$/.test(id)) throw new NotHere('There is no such mail.')
    if (decision !== 'add' && decision !== 'new' && decision !== 'discard')
      throw new NotHere('A held mail is added, given a ticket of its own, or left aside.')
    const released = await parts.held.decide(BigInt(id), decision, decider)
    const told = released.ok
      ? { good: true, words: doneWords[decision], number: released.ticketNumber }
      : { good: false, words: `${released.because}.` }
    sendPiece(request, response, render('decided', { told, column: await ticketColumn(parts) }))
  })
  return router
}

const doneWords = {
  add: 'The mail was added to its ticket.',
  new: 'The mail was given a ticket of its own.',
  discard: 'The mail was left aside; it is kept.',
} as const
