import express, { type ErrorRequestHandler, type Request, type Response, Router } from 'express'
import type { ProviderConfig } from '../../../config/phone-schema.ts'
import type { CallEvent } from '../../../desk/phone/call-event.ts'
import type { TakenCall } from '../../../intake/calls/call-deps.ts'
import type { Clips } from '../clips/clips.ts'
import { promptWav } from '../clips/prompt.ts'
import { promptName, readPromptName } from '../clips/prompt-address.ts'
import { arrived, ended, pickedUp } from '../cti/call-events.ts'
import { formFields, isFault, mostBytes, payloadOf } from '../cti/push-fields.ts'
import { type PushedCall, pushedCall } from '../cti/pushed-call.ts'
import { carries, linesOf } from '../cti/pushed-lines.ts'
import { answerEvent, type DoorContext, refuseSignature } from '../door-context.ts'
import { type CallPlace, type SipgateAddresses, sipgateAddresses } from './addresses.ts'
import { renderSipgate } from './render.ts'
import { isSigned, signingKey } from './signature.ts'
import { emptyXml, hangupXml, voicemailXml } from './xml.ts'

/**
 * The door for sipgate.io (developer.sipgate.io, "Push API"). A call arrives at POST /phone/<key>; what follows comes to
 * addresses that our answers name. Every POST is signed by the provider over its body. Prompts are fetched by GET,
 * unsigned, at addresses that only we can make.
 */

type SipgateConfig = Extract<ProviderConfig, { readonly kind: 'sipgate' }>

export interface SipgateParts {
  /** Seals addresses: `secret` of the configuration. */
  readonly secret: string
  readonly clips: Clips
}

interface Door extends SipgateParts {
  readonly ctx: DoorContext<SipgateConfig>
  readonly addresses: SipgateAddresses
}

/** Routes below /phone/<key>. Throws where the configured key is none. */
export function sipgateRoutes(ctx: DoorContext<SipgateConfig>, parts: SipgateParts): Router {
  const key = signingKey(ctx.config.publicKey)
  const door = {
    ...parts,
    ctx,
    addresses: sipgateAddresses(ctx.publicUrl, ctx.providerKey, parts.secret),
  }
  const router = Router()
  router.get('/prompt/:name', (request, response) => {
    servePrompt(door, request.params.name, response)
  })
  router.post(
    ['/', '/bye', '/:callId/:turn/:seal'],
    express.raw({ type: () => true, limit: mostBytes, inflate: false }),
    async (request, response) => {
      const header = request.get('x-sipgate-signature')
      if (!isSigned(key, bodyOf(request), header)) {
        refuseSignature(ctx, request.path, header ? 'wrong' : 'missing')
        response.status(403).end()
        return
      }
      xml(response, await answerTo(door, request))
    },
  )
  router.use((_request, response) => {
    xml(response.status(404), emptyXml)
  })
  router.use(unreadable(ctx))
  return router
}

function servePrompt({ ctx, secret, clips }: Door, name: string, response: Response): void {
  const pieces = readPromptName(secret, ctx.providerKey, name)
  if (!pieces) {
    refuseSignature(ctx, '/prompt', 'wrong')
    response.status(403).end()
    return
  }
  const wav = promptWav(clips, pieces, clip => {
    ctx.log.error({ provider: ctx.providerKey, clip }, 'a recording is missing: it was left out')
  })
  response.set('Cache-Control', 'private, max-age=60').type('audio/wav').send(wav)
}

async function answerTo(door: Door, request: Request): Promise<string> {
  const { ctx } = door
  const fields = formFields(bodyOf(request))
  const call = isFault(fields) ? fields : pushedCall(fields, linesOf(ctx))
  if (call === undefined || isFault(call) || isFault(fields)) {
    // Genuine, and still no use to us: the call goes on as if we were not there.
    if (call === undefined) ctx.figures.unknown += 1
    else ctx.figures.invalid += 1
    ctx.log.warn({ provider: ctx.providerKey, fault: call ?? 'unknown event' }, 'an event of no use')
    return emptyXml
  }
  if (request.path === '/bye' && call.event === 'dtmf') return hangupXml
  const { callId = '', turn = '', seal = '' } = request.params as Readonly<Record<string, string>>
  const place = door.addresses.placeOf(call.callId, callId, turn, seal)
  const event = eventOf(door, call, payloadOf(fields), place)
  return event
    ? answerEvent(ctx, event, rawOf(ctx, request), taken => said(door, call, taken), safely(call))
    : emptyXml
}

/** Undefined for what is none of our business: calls of the account to other numbers, keys of no turn. */
function eventOf(
  { ctx }: Door,
  call: PushedCall,
  payload: CallEvent['payload'],
  place: CallPlace | undefined,
): CallEvent | undefined {
  const about = {
    ...{ provider: ctx.providerKey, at: ctx.now(), payload },
    ...(place ? { callId: place.callId } : {}),
  }
  if (call.event === 'dtmf') {
    if (!place) return undefined
    const fact = { providerId: call.callId, key: `${call.callId}:keys:${place.turn}`, providerAt: null }
    return { ...about, ...fact, kind: 'keys', turn: place.turn, legId: null, digits: digitsOf(call) }
  }
  if (!carries(ctx, call)) {
    ctx.figures.notOurs += 1
    return undefined
  }
  if (call.event === 'newCall') return arrived(call, about)
  return call.event === 'answer' ? pickedUp(call, about) : ended(call, about)
}

/** Up to the key that ends an entry; letters are no keys. */
function digitsOf({ digits }: PushedCall): string {
  return (digits.split('#')[0] ?? '').replaceAll(/[^0-9*]/g, '')
}

/** An agent's own call, and one to a number that is none of ours, are never played to and never ended by us. */
function said({ ctx, addresses, secret }: Door, call: PushedCall, taken: TakenCall): string {
  // Answers to `answer` and `hangup` are ignored.
  if (taken.result === 'refused' || taken.callId === undefined || !['newCall', 'dtmf'].includes(call.event))
    return emptyXml
  return renderSipgate(call.direction === 'out' ? [] : taken.answer, {
    addresses,
    providerId: call.callId,
    place: { callId: taken.callId, turn: taken.turn },
    promptName: pieces => promptName(secret, ctx.providerKey, pieces),
  })
}

/** While we cannot work, the account's own mailbox takes the message. */
function safely({ event, direction }: PushedCall): () => string {
  return () => (direction === 'in' && (event === 'newCall' || event === 'dtmf') ? voicemailXml : emptyXml)
}

function rawOf(ctx: DoorContext, { method, path }: Request) {
  return { method, path: `/${ctx.providerKey}${path}`.slice(0, 200) }
}

function bodyOf({ body }: Request): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0)
}

function xml(response: Response, text: string): void {
  response.type('application/xml').send(text)
}

function unreadable(ctx: DoorContext): ErrorRequestHandler {
  return (error, request, response, _next) => {
    const status: unknown = error?.status
    // Too long, broken off, packed: express gives up before there is a body whose signature could be looked at.
    if (typeof status === 'number' && status < 500) {
      refuseSignature(ctx, request.path, 'unreadable')
      response.status(403).end()
      return
    }
    ctx.figures.failed += 1
    ctx.log.error(
      { provider: ctx.providerKey, path: request.path, err: error },
      'a request of sipgate failed',
    )
    xml(response.status(503), emptyXml)
  }
}
