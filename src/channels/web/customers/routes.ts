import express, { type Response, type Router } from 'express'
import { companyFile, personFile, searchCustomers } from '../../../console/customer-pages.ts'
import { pageAddress, pagePrefix } from '../../../desk/page-address.ts'
import { readDialled } from '../../../desk/phone/numbers.ts'
import { ticketPageHours, ticketPageToken } from '../../../desk/promise/ticket-page-token.ts'
import type { PromiseDeps } from '../../../intake/promises/promise-deps.ts'
import { html } from '../../phone/call-now/html.ts'
import { requireAgent, signedIn } from '../sign-in/session.ts'
import { countryOf, idIn, send, today, toldIn, wordIn, zoneOf } from './customer-page.ts'
import { companyBody, type FileFrame, personBody } from './file-page.ts'
import { customerFormRoutes } from './form-routes.ts'
import { listBody } from './list-page.ts'
import { words } from './words.ts'

/** The customers' books for agents who are signed in, to be mounted at the root behind signInRoutes. */
export function customerRoutes(deps: PromiseDeps): Router {
  const { config, database } = deps
  const prefix = pagePrefix(config)
  const router = express.Router()
  router.use('/desk/customers', requireAgent(deps))

  router.get('/desk/customers', async (request, response) => {
    const sought = wordIn(request.query.q).trim().slice(0, 200)
    const page = Math.min(Math.max(Math.trunc(Number(wordIn(request.query.page))) || 1, 1), 100_000)
    const dialled = sought === '' ? null : readDialled(sought, countryOf(config))
    const phone = dialled?.valid ? dialled.number : null
    const hits = await searchCustomers(database, { words: sought, phone, page })
    const { language } = signedIn(response)
    send(deps, response, {
      title: words[language].customers,
      told: toldIn(request),
      body: listBody({ language, prefix, sought, page, hits }),
    })
  })

  router.get('/desk/customers/company/:id', async (request, response, next) => {
    const id = idIn(request)
    const file = id && (await companyFile(database, id, today(deps)))
    if (!file) return next()
    const body = companyBody(file, frameOf(deps, response))
    send(deps, response, { title: file.name, told: toldIn(request), body })
  })

  router.get('/desk/customers/person/:id', async (request, response, next) => {
    const id = idIn(request)
    const file = id && (await personFile(database, id))
    if (!file) return next()
    const body = personBody(file, frameOf(deps, response))
    send(deps, response, { title: file.name, told: toldIn(request), body })
  })

  router.use(customerFormRoutes(deps))
  router.use('/desk/customers', (_request, response) => {
    const say = words[signedIn(response).language]
    const body = html`<p>${say.notFoundText}</p><p><a href="${prefix}/desk/customers">${say.back}</a></p>`
    send(deps, response, { title: say.notFound, told: undefined, body }, 404)
  })
  return router
}

function frameOf({ config, now }: PromiseDeps, response: Response): FileFrame {
  const { key: agent, language } = signedIn(response)
  const expiresAt = now().add({ hours: ticketPageHours })
  return {
    ...{ language, prefix: pagePrefix(config), contracts: config.contracts, timeZone: zoneOf(config) },
    ticketLink: number =>
      `${pageAddress(config)}/ticket/${ticketPageToken(config.secret, { agent, number, expiresAt })}`,
  }
}
