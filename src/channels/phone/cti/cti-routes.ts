import { createHash, timingSafeEqual } from 'node:crypto'
import express, { type ErrorRequestHandler, type Request, type Response, Router } from 'express'
import type { ProviderConfig } from '../../../config/phone-schema.ts'
import type { CallEvent } from '../../../desk/phone/call-event.ts'
import { answerEvent, type DoorContext, refuseSignature } from '../door-context.ts'
import { callEvents } from './call-events.ts'
import { type FieldFault, formFields, isFault, jsonFields, mostBytes, payloadOf } from './push-fields.ts'
import { pushedCall } from './pushed-call.ts'
import { carries, linesOf } from './pushed-lines.ts'

/**
 * The door for telephone systems that push events in the shape of Zammad's generic interface (docs.zammad.org, "Generic
 * CTI"): POST /phone/<key>/<token>, as a form or as JSON. It answers {} and never {"action":"reject"}: an intake desk
 * that turned callers away would fail at the one thing it is there for.
 */

type CtiConfig = Extract<ProviderConfig, { readonly kind: 'cti' }>

/** Routes below /phone/<key>. */
export function ctiRoutes(ctx: DoorContext<CtiConfig>): Router {
  const router = Router()
  router.post(
    '/:token',
    (request, response, next) => {
      if (sameToken(`${request.params.token}`, ctx.config.token)) return next()
      // The path would put a token that is nearly right into the log.
      refuseSignature(ctx, `/${ctx.providerKey}`, 'wrong')
      response.status(403).end()
    },
    express.raw({ type: () => true, limit: mostBytes, inflate: false }),
    async (request: Request, response: Response) => {
      await take(ctx, request, response)
    },
  )
  router.use(onError(ctx))
  return router
}

async function take(ctx: DoorContext<CtiConfig>, request: Request, response: Response): Promise<void> {
  const body: unknown = request.body
  const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0)
  const fields = request.is('json') ? jsonFields(bytes) : formFields(bytes)
  const call = isFault(fields) ? fields : pushedCall(fields, linesOf(ctx))
  if (call === undefined) {
    ctx.figures.unknown += 1
    ctx.log.info({ provider: ctx.providerKey }, 'an event that we have no use for')
    response.json({})
    return
  }
  if (isFault(call) || isFault(fields)) {
    refuseField(ctx, response, isFault(call) ? call : { field: 'body', problem: 'cannot be read' })
    return
  }
  if (!carries(ctx, call)) {
    ctx.figures.notOurs += 1
    response.json({})
    return
  }
  const about = { provider: ctx.providerKey, at: ctx.now(), payload: payloadOf(fields) }
  const kept = await takeAll(ctx, callEvents(call, about))
  // The one case in which being told again is of use.
  response.status(kept ? 200 : 503).json({})
}

/**
 * In order, since the second needs what the first wrote, and none after one that is nobody's business here: news of a
 * call that will never be known would wait in the spool for ever. Says whether everything was taken in or kept.
 */
async function takeAll(ctx: DoorContext<CtiConfig>, events: readonly CallEvent[]): Promise<boolean> {
  const raw = { method: 'POST', path: `/${ctx.providerKey}` }
  for (const event of events) {
    const how = await answerEvent<'known' | 'stranger' | 'lost'>(
      ctx,
      event,
      raw,
      ({ callId }) => (callId === undefined ? 'stranger' : 'known'),
      kept => (kept ? 'known' : 'lost'),
    )
    if (how !== 'known') return how === 'stranger'
  }
  return true
}

function refuseField(ctx: DoorContext, response: Response, { field, problem }: FieldFault): void {
  ctx.figures.invalid += 1
  ctx.log.warn({ provider: ctx.providerKey, field, problem }, 'an event that makes no sense')
  response.status(422).json({ field, error: `${field} ${problem}` })
}

/** What never gets as far as an event. Ends here: what is logged further out names the path, and the token is in it. */
function onError(ctx: DoorContext): ErrorRequestHandler {
  return (error, _request, response, _next) => {
    if (error instanceof URIError) {
      refuseSignature(ctx, `/${ctx.providerKey}`, 'unreadable')
      response.status(403).end()
      return
    }
    const status: unknown = error?.status
    if (typeof status === 'number' && status < 500) {
      // Too long, broken off, packed: express gives up before there is a body.
      refuseField(ctx, response, { field: 'body', problem: 'cannot be read, or is too long' })
      return
    }
    ctx.figures.failed += 1
    ctx.log.error({ provider: ctx.providerKey, err: error }, 'an event of a telephone system failed')
    response.status(503).json({})
  }
}

/** Digests have one length, so that the comparison says nothing of either. */
function sameToken(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(expected))
}
