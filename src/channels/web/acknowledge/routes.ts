import express, { type ErrorRequestHandler, type Request, type Response } from 'express'
import { type AckToken, readAckToken } from '../../../desk/promise/ack-token.ts'
import { acknowledge } from '../../../intake/promises/acknowledge.ts'
import type { PromiseDeps } from '../../../intake/promises/promise-deps.ts'
import { inTransaction } from '../../../store/database.ts'
import { keyPageHeaders, tokenHolders, tokenText } from '../../phone/call-now/key-link.ts'
import { plainPage } from '../../phone/call-now/page.ts'
import { styleHash } from '../../phone/call-now/style.ts'
import { acknowledgePage } from './page.ts'
import { ackView } from './view-facts.ts'
import { deadWords, faultWords } from './words.ts'

/**
 * The page behind the link of an escalation's letter, to be mounted at the root. Whoever opens it changes nothing, for
 * link scanners of mail filters open every link; only the form that is sent acknowledges. Sent twice, or by two people,
 * it counts once, and the page says who has the ticket.
 */
export function acknowledgeRoutes(deps: PromiseDeps): express.Router {
  const router = express.Router()
  const path = '/ack/:token'
  router.use('/ack', ...keyPageHeaders(styleHash))
  router.get(path, async (request, response) => {
    const token = tokenOf(deps, request)
    const view = token && (await ackView(deps, token))
    if (!view) return deadLink(response)
    response.type('html').send(acknowledgePage(view))
  })
  router.post(path, async (request, response) => {
    const token = tokenOf(deps, request)
    if (!token) return deadLink(response)
    const { agent: by, escalationId } = token
    const result = await inTransaction(deps.database, tx =>
      acknowledge(tx, deps, { escalationId, by, how: 'link', now: deps.now() }),
    )
    if (result === 'none') return deadLink(response)
    if (result === 'acknowledged') deps.wake()
    // Relative, because a proxy may show us below a path of its own.
    response.redirect(303, `./${tokenText(request)}`)
  })
  router.use('/ack', (_request, response) => deadLink(response))
  router.use('/ack', onError(deps))
  return router
}

function tokenOf({ config, now }: PromiseDeps, request: Request): AckToken | undefined {
  const agents = tokenHolders(config)
  return readAckToken(config.secret, tokenText(request), now(), agents)
}

function deadLink(response: Response): void {
  response.status(404).type('html').send(plainPage(deadWords))
}

/** The address holds the key, so that it is not logged. */
function onError({ log }: PromiseDeps): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error)
    log.error({ err: error, method: request.method }, 'the page of an escalation failed')
    response.status(503).type('html').send(plainPage(faultWords))
  }
}
