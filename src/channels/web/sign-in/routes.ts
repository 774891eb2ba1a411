import express, { type ErrorRequestHandler, type Request, type Response, type Router } from 'express'
import { readDeskKey } from '../../../desk/desk-key.ts'
import { pagePrefix } from '../../../desk/page-address.ts'
import type { Language } from '../../../desk/ticket.ts'
import type { PromiseDeps } from '../../../intake/promises/promise-deps.ts'
import { askForSignIn } from '../../../intake/sign-in.ts'
import { type Html, html } from '../../phone/call-now/html.ts'
import { tokenHolders, tokenText } from '../../phone/call-now/key-link.ts'
import { deskPage, deskSections, toldBox } from '../desk-layout.ts'
import { agentOf, beginSession, deskHeaders, endSession, onlyOwnForms } from './session.ts'
import { words } from './words.ts'

/**
 * Signing in and out, to be mounted at the root before the other pages below /desk, whose headers and lock against
 * foreign forms it sets. Whoever opens a link changes nothing, for link scanners of mail filters open every link; only
 * the button on it signs in.
 */
export function signInRoutes(deps: PromiseDeps): Router {
  const router = express.Router()
  const { config, now } = deps
  const prefix = pagePrefix(config)
  const form = express.urlencoded({ extended: false, limit: '32kb', parameterLimit: 20 })
  router.use('/desk', ...deskHeaders, onlyOwnForms(deps))
  router.get('/desk', (_request, response) => {
    response.redirect(303, `${prefix}${deskSections[0]?.path ?? '/desk/sign-in'}`)
  })
  const show = (request: Request, response: Response, status: number, told: SignInPage) => {
    const language = told.language ?? languageOf(request)
    const { title, body } = told.of(words[language])
    const page = { language, prefix, here: '/desk/sign-in', title, company: config.company, body }
    response.status(status).type('html').send(deskPage(page))
  }
  router.get('/desk/sign-in', (request, response) => {
    if (agentOf(request, deps)) return response.redirect(303, `${prefix}/desk`)
    const isOut = 'out' in request.query
    show(request, response, 200, {
      of: say => ({
        title: say.title,
        body: html`${isOut ? toldBox(say.out) : null}<section class="card"><form method="post" action="${prefix}/desk/sign-in">
<p>${say.ask}</p>
<label>${say.address}<input type="email" name="address" autocomplete="email" maxlength="254" required autofocus></label>
<button>${say.send}</button></form></section>`,
      }),
    })
  })
  router.post('/desk/sign-in', form, async (request, response) => {
    const fields: unknown = request.body
    const address = typeof fields === 'object' && fields !== null && 'address' in fields ? fields.address : ''
    await askForSignIn(deps, typeof address === 'string' ? address.slice(0, 254) : '')
    show(request, response, 200, {
      of: say => ({
        title: say.title,
        body: html`${toldBox(say.asked)}<p><a href="${prefix}/desk/sign-in">${say.again}</a></p>`,
      }),
    })
  })
  const linkOf = (request: Request) =>
    readDeskKey(config.secret, 'sign-in', tokenText(request), now(), tokenHolders(config))
  const dead = (request: Request, response: Response) =>
    show(request, response, 404, {
      of: say => ({
        title: say.deadTitle,
        body: html`<p>${say.dead}</p><p><a class="button" href="${prefix}/desk/sign-in">${say.send}</a></p>`,
      }),
    })
  router.get('/desk/sign-in/:token', (request, response) => {
    const agent = config.agents[linkOf(request) ?? '']
    if (!agent) return dead(request, response)
    show(request, response, 200, {
      language: agent.language,
      of: say => ({
        title: say.title,
        body: html`<section class="card"><form method="post"><p>${say.press(agent.name)}</p><button>${say.signIn}</button></form></section>`,
      }),
    })
  })
  router.post('/desk/sign-in/:token', (request, response) => {
    const agent = linkOf(request)
    if (agent === undefined) return dead(request, response)
    beginSession(response, agent, deps)
    response.redirect(303, `${prefix}/desk`)
  })
  router.post('/desk/sign-out', (_request, response) => {
    endSession(response, deps)
    response.redirect(303, `${prefix}/desk/sign-in?out`)
  })
  return router
}

type Words = (typeof words)[Language]

interface SignInPage {
  /** Else the browser's. */
  readonly language?: Language
  readonly of: (say: Words) => { readonly title: string; readonly body: Html }
}

function languageOf(request: Request): Language {
  return request.acceptsLanguages('de', 'en') === 'en' ? 'en' : 'de'
}

/** Last of all below /desk. A link's address holds the key, so that no path is logged. */
export function deskErrors({ config, log }: PromiseDeps): ErrorRequestHandler {
  return (error, request, response, next) => {
    if (response.headersSent) return next(error)
    const status =
      typeof error?.status === 'number' && error.status >= 400 && error.status < 500 ? error.status : 503
    if (status === 503) log.error({ err: error, method: request.method }, 'a page for agents failed')
    const language = languageOf(request)
    const say = words[language]
    const body = html`<p>${status === 503 ? say.fault : say.unreadable}</p>`
    const page = { language, prefix: pagePrefix(config), here: '/desk', title: say.faultTitle, body }
    response
      .status(status)
      .type('html')
      .send(deskPage({ ...page, company: config.company }))
  }
}
