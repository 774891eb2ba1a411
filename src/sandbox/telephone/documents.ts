import { callFields } from './call-fields.ts'
import type { ExchangeRoom } from './exchange-room.ts'
import { NetworkFault } from './faults.ts'
import type { WebhookKind } from './knobs.ts'
import type { Leg } from './net-call.ts'
import type { Place } from './twiml-grammar.ts'
import { parseTwiml, type Verb } from './twiml-parser.ts'
import type { Webhook, WebhookAnswer } from './webhook-sender.ts'

/** A document with the address that its relative URLs are against. */
export interface FetchedDocument {
  readonly url: string
  readonly verbs: readonly Verb[]
}

export interface DocumentRequest {
  readonly kind: WebhookKind
  readonly url: string
  readonly method: string | undefined
  /** Beside those of the call. */
  readonly fields?: Readonly<Record<string, string>>
  readonly place: Place
}

/** Codes of the provider's own error list, as the fallback URL gets them. */
const codes = { fetch: '11200', timeout: '11205', parse: '12100' } as const

/**
 * Asks for a document, and when there is none for that of the fallback URL. Null when that fails too: the caller then
 * hears that an application error has occurred. What the gateway answered wrongly is noted as a fault.
 */
export async function fetchDocument(
  room: ExchangeRoom,
  leg: Leg,
  request: DocumentRequest,
  fallbackUrl: string | undefined,
): Promise<FetchedDocument | null> {
  const first = await tryDocument(room, leg, request)
  if ('verbs' in first) return first
  leg.call.transcript.write('', `no document from ${pathOf(request.url)} (${first.code})`)
  if (!fallbackUrl) return null
  const second = await tryDocument(room, leg, {
    kind: 'fallback',
    url: fallbackUrl,
    method: 'POST',
    fields: { ...request.fields, ErrorCode: first.code, ErrorUrl: request.url.replace(/#.*/, '') },
    place: request.place,
  })
  return 'verbs' in second ? second : null
}

async function tryDocument(
  room: ExchangeRoom,
  leg: Leg,
  { kind, url, method = 'POST', fields = {}, place }: DocumentRequest,
): Promise<FetchedDocument | { readonly code: string }> {
  const answer = await sendAbout(room, leg, { kind, url, method, fields })
  if (!answer) return { code: codes.fetch }
  if (!answer.got) {
    if (!answer.provoked) note(room, new NetworkFault('answer', `${kind}: no answer from ${url} in time`))
    return { code: answer.why === 'rt' ? codes.timeout : codes.fetch }
  }
  const { status, contentType, body } = answer
  if (status >= 300) {
    note(room, new NetworkFault('answer', `${kind}: ${status} from ${url}`))
    return { code: codes.fetch }
  }
  if (!/^(text|application)\/xml\b/.test(contentType)) {
    note(room, new NetworkFault('plain-text', `${kind}: "${contentType}" from ${url}: ${body.slice(0, 100)}`))
    return { code: codes.parse }
  }
  try {
    return { url, verbs: parseTwiml(body, { place, url }) }
  } catch (error) {
    if (!(error instanceof NetworkFault)) throw error
    note(room, new NetworkFault(error.kind, `${kind} ${pathOf(url)}: ${error.message}`))
    return { code: codes.parse }
  }
}

/** Sends a request about a call, with the call's fields. */
export function sendAbout(
  room: ExchangeRoom,
  leg: Leg,
  webhook: Webhook,
): Promise<WebhookAnswer | undefined> {
  return sendNoted(room, { ...webhook, fields: { ...callFields(room.accountSid, leg), ...webhook.fields } })
}

/** Undefined when the URL is none that the provider could use, which is a fault. */
export async function sendNoted(room: ExchangeRoom, webhook: Webhook): Promise<WebhookAnswer | undefined> {
  try {
    return await room.sender.send(webhook)
  } catch (error) {
    if (!(error instanceof NetworkFault)) throw error
    note(room, error)
    return undefined
  }
}

export function note(room: ExchangeRoom, fault: NetworkFault): void {
  room.faults.push(fault)
}

function pathOf(url: string): string {
  return new URL(url).pathname
}
