import express, { type ErrorRequestHandler, type Request, type Response } from 'express'
import { readTicketPageToken, type TicketPageToken } from '../../../desk/promise/ticket-page-token.ts'
import { type ActedByPage, actByPage } from '../../../intake/promises/act-by-page.ts'
import type { PromiseDeps } from '../../../intake/promises/promise-deps.ts'
import { inTransaction } from '../../../store/database.ts'
import { keyPageHeaders, tokenHolders, tokenText } from '../../phone/call-now/key-link.ts'
import { plainPage } from '../../phone/call-now/page.ts'
import { styleHash } from '../../phone/call-now/style.ts'
import { actIn, fieldsOf, shownAtIn } from './form-fields.ts'
import { ticketPage } from './page.ts'
import { pageStyleHash } from './style.ts'
import { ticketPageFacts } from './view-facts.ts'
import { deadWords, faultWords, type Told, unreadableWords, words } from './words.ts'

/**
 * The page of a ticket, to be mounted at the root: how the matter stands, and what agents otherwise record by commands.
 * Whoever opens it changes nothing, for link scanners of mail filters open every link; only a form that is sent acts,
 * once, however often it is sent.
 */
export function ticketPageRoutes(deps: PromiseDeps): express.Router {
  const router = express.Router()
  const path = '/ticket/:token'
  router.use('/ticket', ...keyPageHeaders(pageStyleHash, styleHash))
  router.get(path, async (request, response) => {
    const token = tokenOf(deps, request)
    const view = token && (await ticketPageFacts(deps, token))
    if (!view) return deadLink(response)
    response.type('html').send(ticketPage(view, toldIn(request)))
  })
  router.post(
    path,
    express.urlencoded({ extended: false, limit: '32kb', parameterLimit: 20 }),
    async (request, response) => {
      const token = tokenOf(deps, request)
      if (!token) return deadLink(response)
      const told = await actOn(deps, token, fieldsOf(request.body))
      if (told === 'none') return deadLink(response)
      // Relative, because a proxy may show us below a path of its own.
      response.redirect(303, `./${tokenText(request)}?told=${told}`)
    },
  )
  router.use('/ticket', (_request, response) => deadLink(response))
  router.use('/ticket', onError(deps))
  return router
}

async function actOn(
  deps: PromiseDeps,
  { agent: by, number: ticketNumber }: TicketPageToken,
  fields: ReadonlyMap<string, string>,
): Promise<Told | 'none'> {
  const act = actIn(fields)
  if (!act) return 'incomplete'
  const now = deps.now()
  const shownAt = shownAtIn(fields)
  const acted: ActedByPage = await inTransaction(deps.database, tx =>
    actByPage(tx, deps, { ticketNumber, by, shownAt, act, now }),
  )
  deps.nudge()
  deps.wake()
  return acted
}

function tokenOf({ config, now }: PromiseDeps, request: Request): TicketPageToken | undefined {
  const agents = tokenHolders(config)
  return readTicketPageToken(config.secret, tokenText(request), now(), agents)
}

/** Nothing but words of ours is ever shown, whatever the address says. */
function toldIn({ query: { told } }: Request): Told | undefined {
  return typeof told === 'string' && Object.hasOwn(words.de.told, told) ? (told as Told) : undefined
}

function deadLink(response: Response): void {
  response.status(404).type('html').send(plainPage(deadWords))
}

/** The address holds the key, so that it is not logged. */
function onError({ log }: PromiseDeps): ErrorRequestHandler {
  return (error, request, response, next) => {
    if (response.headersSent) return next(error)
    const status =
      typeof error?.status === 'number' && error.status >= 400 && error.status < 500 ? error.status : 503
    if (status === 503) log.error({ err: error, method: request.method }, 'the page of a ticket failed')
    const page = status === 503 ? faultWords : unreadableWords
    response.status(status).type('html').send(plainPage(page))
  }
}
