import express, { type ErrorRequestHandler, type Request, type Response } from 'express'
import { type FeedbackKey, readFeedbackToken } from '../../../desk/feedback/feedback-token.ts'
import { actOnPage } from '../../../intake/feedback/act-on-page.ts'
import type { PromiseDeps } from '../../../intake/promises/promise-deps.ts'
import { inTransaction } from '../../../store/database.ts'
import { keyPageHeaders, tokenText } from '../../phone/call-now/key-link.ts'
import { plainPage } from '../../phone/call-now/page.ts'
import { styleHash } from '../../phone/call-now/style.ts'
import { fieldsOf } from '../ticket-page/form-fields.ts'
import { actIn, scoreIn } from './form-fields.ts'
import { feedbackPage } from './page.ts'
import { feedbackStyleHash } from './style.ts'
import { feedbackView } from './view-facts.ts'
import { deadWords, faultWords, type Told, tooLargeWords, words } from './words.ts'

/**
 * Where customers say how satisfied they are, and where they turn to the manager; to be mounted at the root. Whoever opens
 * it changes nothing, whichever number the link has chosen: link scanners of mail filters open every link. Only the form
 * that is sent counts, and sent twice it counts once.
 */
export function feedbackRoutes(deps: PromiseDeps): express.Router {
  const router = express.Router()
  const path = '/feedback/:token'
  router.use('/feedback', ...keyPageHeaders(feedbackStyleHash, styleHash))
  router.get(path, async (request, response) => {
    const key = keyOf(deps, request)
    const view = key && (await feedbackView(deps, key))
    if (!view) return deadLink(response)
    const { told, score } = request.query
    response.type('html').send(feedbackPage(view, { told: toldIn(told), score: scoreIn(score) }))
  })
  router.post(
    path,
    express.urlencoded({ extended: false, limit: '64kb', parameterLimit: 20 }),
    async (request, response) => {
      const key = keyOf(deps, request)
      const told = key && (await actOn(deps, key, fieldsOf(request.body)))
      if (!told) return deadLink(response)
      // Relative, because a proxy may show us below a path of its own.
      response.redirect(303, `./${tokenText(request)}${told === 'over' ? '' : `?told=${told}`}`)
    },
  )
  router.use('/feedback', (_request, response) => deadLink(response))
  router.use('/feedback', onError(deps))
  return router
}

async function actOn(
  deps: PromiseDeps,
  key: FeedbackKey,
  fields: ReadonlyMap<string, string>,
): Promise<Told | 'over' | undefined> {
  const act = actIn(fields)
  // A key that opens nothing says so, whatever is sent to it.
  if (!act) return (await feedbackView(deps, key)) ? 'incomplete' : undefined
  const done = await inTransaction(deps.database, tx => actOnPage(tx, deps, { key, act, now: deps.now() }))
  deps.nudge()
  deps.wake()
  return done === 'none' ? undefined : done
}

function keyOf({ config }: PromiseDeps, request: Request): FeedbackKey | undefined {
  return readFeedbackToken(config.secret, tokenText(request))
}

/** Nothing but words of ours is ever shown, whatever the address says. */
function toldIn(told: unknown): Told | undefined {
  return typeof told === 'string' && Object.hasOwn(words.de.told, told) ? (told as Told) : undefined
}

function deadLink(response: Response): void {
  response.status(404).type('html').send(plainPage(deadWords))
}

/** The address holds the key, so that it is not logged. */
function onError({ log }: PromiseDeps): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error)
    const status = error instanceof Error && 'status' in error ? error.status : undefined
    if (typeof status === 'number' && status >= 400 && status < 500) {
      response.status(status).type('html').send(plainPage(tooLargeWords))
      return
    }
    log.error({ err: error, method: request.method }, 'the page of a survey failed')
    response.status(503).type('html').send(plainPage(faultWords))
  }
}
