import { randomUUID } from 'node:crypto'
import express, { type Response, type Router } from 'express'
import type { InBooks } from '../../../desk/customers/in-books.ts'
import { pagePrefix } from '../../../desk/page-address.ts'
import { ticketPageHours, ticketPageToken } from '../../../desk/promise/ticket-page-token.ts'
import { isTicketNumber } from '../../../desk/ticket-number.ts'
import { openOnce } from '../../../intake/matters/open-once.ts'
import type { PromiseDeps } from '../../../intake/promises/promise-deps.ts'
import { deskPage } from '../desk-layout.ts'
import { requireAgent, signedIn } from '../sign-in/session.ts'
import { booksOfForm } from './books-of-form.ts'
import { type Cells, cellsIn, type Faults, matterIn } from './form-fields.ts'
import { newMatterBody } from './form-page.ts'
import { words } from './words.ts'

/**
 * The form on which an agent takes down what somebody said in person, to be mounted at the root behind signInRoutes. A
 * form counts once, however often it is sent; one with faults comes back with what was filled in.
 */
export function newMatterRoutes(deps: PromiseDeps): Router {
  const { config } = deps
  const prefix = pagePrefix(config)
  const router = express.Router()
  const path = '/desk/new'
  router.use(path, requireAgent(deps))
  const show = (
    response: Response,
    {
      cells,
      faults,
      key,
      opened,
      books,
    }: { cells: Cells; faults: Faults; key: string; opened?: string | undefined; books?: InBooks | null },
  ) => {
    const agent = signedIn(response)
    const { key: who, language } = agent
    const page = opened && { number: opened, page: `${prefix}/ticket/${ticketKey(deps, who, opened)}` }
    const body = newMatterBody({ language, config, cells, faults, key, books, opened: page || undefined })
    const frame = { language, prefix, here: path, title: words[language].title, company: config.company }
    response
      .status(Object.keys(faults).length > 0 ? 422 : 200)
      .type('html')
      .send(deskPage({ ...frame, agent, body }))
  }
  router.get(path, ({ query: { opened } }, response) => {
    const number = typeof opened === 'string' && isTicketNumber(opened) ? opened : undefined
    show(response, { cells: {}, faults: {}, key: randomUUID(), opened: number })
  })
  router.post(
    path,
    express.urlencoded({ extended: false, limit: '512kb', parameterLimit: 80 }),
    async (request, response) => {
      const { key: who } = signedIn(response)
      const cells = cellsIn(request.body)
      if (cells.do === 'look') {
        const books = await booksOfForm(deps, cells)
        return show(response, { cells, faults: {}, key: cells.key || randomUUID(), books })
      }
      const read = matterIn(cells, who, config, deps.now())
      if ('faults' in read)
        return show(response, { cells, faults: read.faults, key: cells.key || randomUUID() })
      const number = await openOnce(deps, who, read.key, read.matter)
      response.redirect(303, `${prefix}${path}?opened=${number}`)
    },
  )
  return router
}

function ticketKey({ config, now }: PromiseDeps, agent: string, number: string): string {
  return ticketPageToken(config.secret, { agent, number, expiresAt: now().add({ hours: ticketPageHours }) })
}
