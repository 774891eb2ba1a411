import express, { type Router } from 'express'
import type { PromiseDeps } from '../../intake/promises/promise-deps.ts'
import { acknowledgeRoutes } from './acknowledge/routes.ts'
import { customerRoutes } from './customers/routes.ts'
import { feedbackRoutes } from './feedback/routes.ts'
import { newMatterRoutes } from './new-matter/routes.ts'
import { reportRoutes } from './reports/routes.ts'
import { deskErrors, signInRoutes } from './sign-in/routes.ts'
import { ticketPageRoutes } from './ticket-page/routes.ts'

/**
 * All pages for our own people, to be mounted at the root: those that open by the key in a letter, and, below /desk, those
 * for agents who are signed in; and the page on which customers say how satisfied they are.
 */
export function webPages(deps: PromiseDeps): Router {
  return express
    .Router()
    .use(acknowledgeRoutes(deps))
    .use(ticketPageRoutes(deps))
    .use(feedbackRoutes(deps))
    .use(signInRoutes(deps))
    .use(customerRoutes(deps))
    .use(newMatterRoutes(deps))
    .use(reportRoutes(deps))
    .use('/desk', deskErrors(deps))
}
