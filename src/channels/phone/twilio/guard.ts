import express, { type ErrorRequestHandler, type RequestHandler } from 'express'
import twilio from 'twilio'
import { type DoorContext, refuseSignature } from '../door-context.ts'
import type { Fields } from './fields.ts'
import type { TwilioConfig } from './twilio-config.ts'

/** Several times what Twilio sends; whoever sends more does not get as far as the signature. */
const mostBytes = '64kb'
const mostFields = 200

/**
 * Lets only what the account's token signed pass. The address that was signed is `publicUrl` and what stands behind the
 * host in the request line: Host and X-Forwarded-* are the sender's to choose, and behind a proxy they are wrong.
 * During a change of the token both are good. Whatever else comes is answered 403 without a word, as nobody listens
 * who should; nothing is taken in, and only a counter and a line in the log without the body show that it came.
 */
export function signatureGuard(
  ctx: DoorContext<TwilioConfig>,
): readonly (RequestHandler | ErrorRequestHandler)[] {
  const parse = express.urlencoded({ extended: false, limit: mostBytes, parameterLimit: mostFields })
  const unreadable: ErrorRequestHandler = (_error, request, response, _next) => {
    refuseSignature(ctx, request.path, 'unreadable')
    response.status(403).end()
  }
  const check: RequestHandler = (request, response, next) => {
    const signature = request.get('x-twilio-signature')
    if (signature && isSigned(ctx, signature, request.originalUrl, fieldsOf(request.body))) return next()
    refuseSignature(ctx, request.path, signature ? 'wrong' : 'missing')
    response.status(403).end()
  }
  return [parse, unreadable, check]
}

/** The body is undefined where it was no form; such a request is signed without fields. */
export function fieldsOf(body: unknown): Fields {
  return (body ?? {}) as Fields
}

function isSigned(
  ctx: DoorContext<TwilioConfig>,
  signature: string,
  originalUrl: string,
  fields: Fields,
): boolean {
  const url = ctx.publicUrl + originalUrl
  // The library falls back to parsing the address, and throws where it is none.
  if (!URL.canParse(url)) return false
  const { authToken, previousAuthToken } = ctx.config
  return [authToken, previousAuthToken]
    .filter(token => token !== undefined)
    .some(token => twilio.validateRequest(token, signature, url, fields))
}
