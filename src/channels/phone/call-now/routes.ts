import express, { type ErrorRequestHandler, type Request, type Response } from 'express'
import { type CallNowToken, readCallNowToken } from '../../../desk/phone/call-now-token.ts'
import type { CallDeps } from '../../../intake/calls/call-deps.ts'
import { actOn } from './act.ts'
import { keyPageHeaders, tokenHolders, tokenText } from './key-link.ts'
import { callNowPage, plainPage } from './page.ts'
import { styleHash } from './style.ts'
import { callNowView } from './view-facts.ts'
import { type Told, words } from './words.ts'

/**
 * The page behind the "call now" link of a notice. Whoever opens it changes nothing: link scanners of mail filters open
 * every link, twice, and some of them in a real browser. Only a form that is sent acts, and every form ends on a page
 * that says what became of it.
 */
export function callNowRoutes(deps: CallDeps): express.Router {
  const router = express.Router()
  const path = '/phone/call-now/:token'
  router.use('/phone/call-now', ...keyPageHeaders(styleHash))
  router.get(path, async (request, response) => {
    const token = tokenOf(deps, request)
    const view = token && (await callNowView(deps, token))
    if (!view) return deadLink(response)
    response.type('html').send(callNowPage(view, toldIn(request)))
  })
  router.post(
    path,
    express.urlencoded({ extended: false, limit: '16kb', parameterLimit: 20 }),
    async (request, response) => {
      const token = tokenOf(deps, request)
      if (!token || !(await callNowView(deps, token))) return deadLink(response)
      const told = await actOn(deps, token, fieldsOf(request.body))
      // Relative, because a proxy may show us below a path of its own.
      const page = `./${tokenText(request)}`
      response.redirect(303, told === undefined ? page : `${page}?told=${told}`)
    },
  )
  router.use('/phone/call-now', (_request, response) => deadLink(response))
  router.use('/phone/call-now', onError(deps))
  return router
}

function tokenOf({ config, now }: CallDeps, request: Request): CallNowToken | undefined {
  const agents = tokenHolders(config)
  return readCallNowToken(config.secret, tokenText(request), now(), agents, config.phone?.callback.linkHours)
}

/** Nothing but words of ours is ever shown, whatever the address says. */
function toldIn({ query: { told } }: Request): Told | undefined {
  return typeof told === 'string' && Object.hasOwn(words.de.told, told) ? (told as Told) : undefined
}

/** A form without fields, or one that is none, asks for the call: that is what its only large button says. */
function fieldsOf(body: unknown): ReadonlyMap<string, string> {
  const entries = typeof body === 'object' && body !== null ? Object.entries(body) : []
  return new Map(
    entries.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : [])),
  )
}

function deadLink(response: Response): void {
  response
    .status(404)
    .type('html')
    .send(
      plainPage([
        {
          language: 'de',
          title: 'Dieser Link gilt nicht (mehr)',
          text: 'Es wurde niemand angerufen. Bitte öffnen Sie den Link in der neuesten Benachrichtigung zu diesem Ticket, oder rufen Sie den Kunden selbst an und antworten Sie auf die Benachrichtigung mit #angerufen.',
        },
        {
          language: 'en',
          title: 'This link is not valid (any more)',
          text: 'Nobody has been rung. Please use the link in the newest notification about this ticket, or ring the customer yourself and answer the notification with #called.',
        },
      ]),
    )
}

/** Also here something is seen: whoever pressed a button must not believe that a telephone rings. */
function onError({ log }: CallDeps): ErrorRequestHandler {
  return (error, _request, response, next) => {
    if (response.headersSent) return next(error)
    const status =
      typeof error?.status === 'number' && error.status >= 400 && error.status < 500 ? error.status : 503
    // The address is a key and stays out of the log.
    if (status === 503) log.error({ err: error }, 'a "call now" page failed')
    const page = status === 503 ? failed : unreadable
    response.status(status).type('html').send(plainPage(page))
  }
}

const failed = [
  {
    language: 'de',
    title: 'Das hat gerade nicht geklappt',
    text: 'Es ist nicht sicher, ob Ihr Telefon klingeln wird. Bitte laden Sie diese Seite in einer Minute neu: Sie zeigt dann, wie es steht. Wenn es eilt, rufen Sie den Kunden selbst an.',
  },
  {
    language: 'en',
    title: 'That did not work just now',
    text: 'It is not certain whether your telephone will ring. Please reload this page in a minute: it will show where things stand. If it is urgent, ring the customer yourself.',
  },
] as const

const unreadable = [
  {
    language: 'de',
    title: 'Das Formular war nicht lesbar',
    text: 'Es wurde nichts eingetragen und niemand angerufen; vielleicht war der Text zu lang. Bitte gehen Sie zurück und senden Sie es noch einmal.',
  },
  {
    language: 'en',
    title: 'The form could not be read',
    text: 'Nothing was recorded and nobody was rung; perhaps the text was too long. Please go back and send it again.',
  },
] as const
