import { Router } from 'express'
import type { Config } from '../../config/schema.ts'
import { deskKey, deskKeyEnd } from '../../desk/desk-key.ts'
import { NotHere } from './mail-desk.ts'
import type { Clock } from './mailbox-view.ts'

/** Opens the agents' pages without a letter: here everybody is everybody. The link is made when it is pressed. */
export function deskRoutes(config: Config, clock: () => Clock): Router {
  const router = Router()
  router.get(['/sandbox/desk', '/sandbox/desk/:agent'], (request, response) => {
    const agent = String(request.params.agent ?? request.query.agent ?? '')
    if (!Object.hasOwn(config.agents, agent)) throw new NotHere(`No agent is called "${agent}".`)
    const until = deskKeyEnd('sign-in', clock().now)
    response.setHeader('Cache-Control', 'no-store')
    response.redirect(303, `/desk/sign-in/${deskKey(config.secret, 'sign-in', agent, until)}`)
  })
  return router
}
