import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { type ErrorRequestHandler, static as files, type Request, type Response, Router } from 'express'
import type { Config } from '../../config/schema.ts'
import type { HeldMails } from '../../console/held-mails.ts'
import type { LetterPreview } from '../../console/letter-preview.ts'
import type { TicketReader } from '../../console/tickets.ts'
import { NoSuchMailbox } from '../accounts.ts'
import type { Sandbox } from '../sandbox.ts'
import { deskRoutes } from './desk-routes.ts'
import { onlyFromHere, pageHeaders } from './guard.ts'
import { letterRoutes } from './letter-routes.ts'
import { MailDesk, NotHere } from './mail-desk.ts'
import { readingRoutes, writingRoutes } from './mail-routes.ts'
import type { Clock } from './mailbox-view.ts'
import { telephoneRoutes } from './telephone-routes.ts'
import { dossierNamed, type TicketParts, ticketColumn, ticketRoutes } from './ticket-routes.ts'
import { NotAForm } from './upload.ts'
import { openViews } from './views.ts'

/**
 * The pages on which a person plays customer and agent and watches tickets appear: `/`, `/telephone` and everything
 * below `/sandbox`. It has no login, so it is mounted in sandbox mode only; see guard.ts for who may use it.
 */
export interface PageParts {
  readonly sandbox: Sandbox
  readonly config: Config
  readonly tickets: TicketReader
  readonly held: HeldMails
  readonly letters: LetterPreview
  readonly now?: () => Temporal.Instant
}

export function sandboxPage({
  sandbox,
  config,
  tickets,
  held,
  letters,
  now = Temporal.Now.instant,
}: PageParts): Router {
  const render = openViews()
  const timeZone = Object.values(sandbox.config.offices)[0]?.timeZone ?? 'UTC'
  const clock = (): Clock => ({ now: now(), timeZone })
  const desk = new MailDesk(sandbox, clock)
  const ticketParts = { tickets, held, config, clock }
  const router = Router()
  router.use((request, response, next) => {
    if (isOurs(request)) onlyFromHere(request, response, next)
    else next('router')
  })
  router.use(pageHeaders)
  router.use(assets())
  router.get('/', async (request, response) => {
    response.setHeader('Cache-Control', 'no-store')
    response.type('html').send(render('page', await wholePage(desk, request, ticketParts)))
  })
  router.use(readingRoutes(desk, render, clock))
  router.use(writingRoutes(desk, render))
  router.use(ticketRoutes(ticketParts, render))
  router.use(letterRoutes({ letters, tickets }, render))
  router.use(deskRoutes(config, clock))
  const { telephone } = sandbox
  if (telephone)
    router.use(telephoneRoutes({ ...ticketParts, sandbox, telephone, letters: desk.lines }, render))
  router.use(explain)
  return router
}

/** The gateway's own pages (health, metrics) share the server and are none of our business. */
function isOurs({ originalUrl }: Request): boolean {
  return /^\/(?:$|\?|sandbox\/|telephone(?:$|[/?]))/.test(originalUrl)
}

async function wholePage(desk: MailDesk, request: Request, tickets: TicketParts): Promise<object> {
  const { imap, smtp, accounts, world } = desk.sandbox
  const { config } = tickets
  const asked = world.find(String(request.query.customer ?? ''))
  const [first = world.provide('petra.lindner@example.org')] = desk.customers()
  const customer = asked?.role === 'customer' ? asked : first
  return {
    imap,
    smtp,
    company: config.company,
    place: placeOf(tickets.clock().timeZone),
    support: accounts.find(({ role }) => role === 'support')?.address,
    accounts,
    customerColumn: await desk.customerColumn(customer, 0),
    telephone: desk.sandbox.telephone !== undefined,
    agents: Object.entries(config.agents).map(([key, { name }]) => ({ key, name })),
    agentColumn: await desk.agentColumn(wordIn(request.query.agent), Number(request.query.mail ?? 0)),
    ticketColumn: await ticketColumn(tickets),
    dossier: await dossierNamed(tickets, wordIn(request.query.ticket)),
  }
}

/** "Europe/Berlin" is the time of Berlin. */
const placeOf = (timeZone: string): string => (timeZone.split('/').at(-1) ?? '').replaceAll('_', ' ')

const wordIn = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Style sheet and htmx, all from this server: the page works without a network. */
function assets(): Router {
  const htmx = dirname(createRequire(import.meta.url).resolve('htmx.org'))
  const router = Router()
  router.use('/sandbox/assets', files(join(import.meta.dirname, 'assets'), { index: false }))
  router.get('/sandbox/htmx.js', (_request, response) => response.sendFile('htmx.min.js', { root: htmx }))
  router.get('/sandbox/htmx-ptag.js', (_request, response) =>
    response.sendFile('ext/hx-ptag.min.js', { root: htmx }),
  )
  return router
}

/** What a person did wrongly is told in a sentence; everything else is a fault for the gateway's own handler. */
const explain: ErrorRequestHandler = (error, _request, response, next) => {
  if (error instanceof NotHere) return tell(response, 404, error.message)
  if (error instanceof NoSuchMailbox || error instanceof NotAForm) return tell(response, 400, error.message)
  if (error instanceof Error && 'type' in error && error.type === 'entity.too.large')
    return tell(response, 413, 'That is more than 12 MB.')
  next(error)
}

function tell(response: Response, status: number, words: string): void {
  response.status(status).type('text/plain').send(`${words}\n`)
}
