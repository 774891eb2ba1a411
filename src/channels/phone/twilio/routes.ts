import express, { type ErrorRequestHandler, type Request, type Response, type Router } from 'express'
import type { CallEvent } from '../../../desk/phone/call-event.ts'
import type { Language } from '../../../desk/ticket.ts'
import type { TakenCall } from '../../../intake/calls/call-deps.ts'
import { answerEvent, type DoorContext } from '../door-context.ts'
import { addressesOf } from './addresses.ts'
import { type Fields, field } from './fields.ts'
import { fieldsOf, signatureGuard } from './guard.ts'
import {
  type Place,
  readArrived,
  readKeys,
  readLegAnswered,
  readLegEnded,
  readLegStatus,
  readRecorded,
  readRecording,
  readStatus,
} from './read-request.ts'
import { emptyTwiml, goodbyeTwiml, hangUpTwiml, safeAgentTwiml, safeTwiml } from './safe-answer.ts'
import { selfTestAnswer } from './self-test.ts'
import { readTextStatus } from './text-status.ts'
import type { TwilioConfig } from './twilio-config.ts'
import { answerTwiml } from './twiml.ts'

type Params = Readonly<Record<string, string>>
type Read = (place: Place, fields: Fields, params: Params) => CallEvent | undefined
type Whom = 'caller' | 'leg' | 'agent'

const id = /^[A-Za-z0-9-]{1,64}$/
const turn = /^\d{1,6}$/

/**
 * Everything that Twilio asks, below /phone/<key>. POST only. `/in` and `/fallback` and `/status` are entered for the
 * number at Twilio (voice, voice fallback, call status); all others are told to Twilio by our own answers.
 */
export function twilioRoutes(ctx: DoorContext<TwilioConfig>): Router {
  const router = express.Router({ caseSensitive: true, strict: true })
  const addresses = addressesOf(ctx.publicUrl, ctx.providerKey)
  const { voices } = ctx.config

  router.post('/{*rest}', ...signatureGuard(ctx))
  router.param('callId', onlyLike(id))
  router.param('legId', onlyLike(id))
  router.param('attemptId', onlyLike(id))
  router.param('textId', onlyLike(id))
  router.param('turn', onlyLike(turn))

  const safe = (whom: Whom, fields: Fields): string => {
    const first = languageOf(ctx, fields)
    if (whom === 'leg') return hangUpTwiml()
    if (whom === 'agent' || field(fields, 'Direction') === 'outbound-api')
      return safeAgentTwiml(voices, first)
    return safeTwiml(addresses, voices, first)
  }

  /** An address whose answer somebody hears. */
  function voice(path: string, whom: Whom, read: Read, isFallback = false): void {
    router.post(path, async (request, response) => {
      const fields = fieldsOf(request.body)
      const params = request.params as Params
      const event = read(placeOf(ctx), fields, params)
      if (!event)
        return sendXml(
          response,
          unreadable(ctx, request, () => safe(whom, fields)),
        )
      const render = (taken: TakenCall): string => {
        // The first address failed, so that its conversation cannot be gone on with; a call not known yet begins here.
        if (isFallback && taken.result !== 'new' && taken.result !== 'refused') return safe(whom, fields)
        const legId = whom === 'leg' ? (params.legId ?? null) : null
        return answerTwiml(taken.answer, {
          addresses,
          voices,
          callId: taken.callId,
          turn: taken.turn,
          legId,
        })
      }
      sendXml(response, await answerEvent(ctx, event, rawOf(request), render, () => safe(whom, fields)))
    })
  }

  /** An address that is only told something: an empty answer, or 503 where Twilio is to tell it again. */
  function told(path: string, read: Read): void {
    router.post(path, async (request, response) => {
      const event = read(placeOf(ctx), fieldsOf(request.body), request.params as Params)
      const status = event
        ? await answerEvent(
            ctx,
            event,
            rawOf(request),
            () => 204,
            kept => (kept ? 204 : 503),
          )
        : 204
      response.status(status).end()
    })
  }

  voice('/in', 'caller', readArrived)
  voice('/fallback', 'caller', readArrived, true)
  voice('/call/:callId/keys/:turn', 'caller', (at, f, p) => readKeys(at, f, of(p, 'callId'), null, turnOf(p)))
  voice('/call/:callId/recorded/:turn', 'caller', (at, f, p) =>
    readRecorded(at, f, of(p, 'callId'), turnOf(p)),
  )
  voice('/call/:callId/leg/:legId/answered', 'leg', (at, f, p) =>
    readLegAnswered(at, f, of(p, 'callId'), of(p, 'legId')),
  )
  voice('/call/:callId/leg/:legId/keys/:turn', 'leg', (at, f, p) =>
    readKeys(at, f, of(p, 'callId'), of(p, 'legId'), turnOf(p)),
  )
  voice('/call/:callId/leg/:legId/ended/:turn', 'caller', (at, f, p) =>
    readLegEnded(at, f, of(p, 'callId'), of(p, 'legId'), turnOf(p)),
  )
  voice('/attempt/:attemptId/answered', 'agent', (at, f, p) =>
    readLegAnswered(at, f, of(p, 'attemptId'), 'agent'),
  )
  told('/call/:callId/leg/:legId/status', (at, f, p) => readLegStatus(at, f, of(p, 'callId'), of(p, 'legId')))
  told('/attempt/:attemptId/status', (at, f, p) => readStatus(at, f, of(p, 'attemptId')))
  told('/status', (at, f) => readStatus(at, f, null))
  told('/recording', readRecording)

  router.post('/goodbye', (request, response) => {
    sendXml(response, goodbyeTwiml(voices, languageOf(ctx, fieldsOf(request.body))))
  })
  router.post('/text/:textId', async (request, response) => {
    const status = readTextStatus(placeOf(ctx), fieldsOf(request.body), request.params.textId)
    if (status) await ctx.onText(status)
    response.status(204).end()
  })
  router.post('/self-test', (request, response) => {
    response.type('text/plain').send(selfTestAnswer(fieldsOf(request.body)))
  })
  router.use((_request, response) => {
    response.status(404).type('text/xml').send(emptyTwiml())
  })
  const onError: ErrorRequestHandler = (error, request, response, _next) => {
    ctx.figures.failed += 1
    ctx.log.error({ provider: ctx.providerKey, path: request.path, err: error }, 'a request of Twilio failed')
    response.status(503).type('text/xml').send(emptyTwiml())
  }
  router.use(onError)
  return router
}

function onlyLike(pattern: RegExp) {
  return (_request: Request, response: Response, next: () => void, value: string): void => {
    if (pattern.test(value)) next()
    else response.status(404).type('text/xml').send(emptyTwiml())
  }
}

function unreadable(ctx: DoorContext<TwilioConfig>, request: Request, answer: () => string): string {
  ctx.figures.failed += 1
  ctx.log.error({ provider: ctx.providerKey, path: request.path }, 'a signed request names no call')
  return answer()
}

function placeOf(ctx: DoorContext<TwilioConfig>): Place {
  return { provider: ctx.providerKey, at: ctx.now() }
}

function rawOf(request: Request): { method: string; path: string } {
  return { method: request.method, path: request.baseUrl.replace(/^\/phone/, '') + request.path }
}

function languageOf(ctx: DoorContext<TwilioConfig>, fields: Fields): Language {
  const ours = Object.values(ctx.phone.lines).filter(line => line.provider === ctx.providerKey)
  const parties = [field(fields, 'To'), field(fields, 'From')]
  return (ours.find(line => parties.includes(line.number)) ?? ours[0])?.language ?? 'de'
}

function of(params: Params, name: string): string {
  return params[name] ?? ''
}

function turnOf(params: Params): number {
  return Number(params.turn)
}

function sendXml(response: Response, xml: string): void {
  response.type('text/xml').send(xml)
}
