import { type OutwardRequest, placeOutward } from './exchange.ts'
import type { ExchangeRoom } from './exchange-room.ts'
import { NetworkFault } from './faults.ts'
import type { NetCall } from './net-call.ts'
import { retryPolicyOf } from './retry-policy.ts'
import type { NetText, Texts } from './texts.ts'
import { parseTwiml } from './twiml-parser.ts'
import { later } from './virtual-clock.ts'

/** A refusal in the provider's words. */
export interface Refusal {
  readonly status: number
  readonly code: number
  readonly message: string
}

const e164 = /^\+[1-9]\d{6,14}$/
const callParameters = [
  'To', 'From', 'Url', 'Twiml', 'Method', 'FallbackUrl', 'FallbackMethod', 'StatusCallback', 'StatusCallbackMethod',
  'StatusCallbackEvent', 'Timeout', 'TimeLimit', 'CallReason',
] // biome-ignore format: a list
const messageParameters = ['To', 'From', 'Body', 'StatusCallback', 'SmartEncoded', 'ValidityPeriod']

/** Calls.create. Calls leave one after the other, so many seconds apart; `line` remembers when the next may. */
export function createCall(
  room: ExchangeRoom,
  line: { free: Temporal.Instant },
  form: URLSearchParams,
): NetCall | Refusal {
  const wrong =
    unknownIn(room, form, callParameters) ??
    badNumber(form.get('To'), 21211, 'To') ??
    notOurs(room, form.get('From'), 21210) ??
    badUrls(room, form, ['Url', 'FallbackUrl', 'StatusCallback'])
  if (wrong) return wrong
  const url = form.get('Url')
  const twiml = form.get('Twiml')
  if ((url === null) === (twiml === null))
    return { status: 400, code: 21205, message: "Either 'Url' or 'Twiml' is required" }
  const events = form.getAll('StatusCallbackEvent')
  if (events.some(event => !['initiated', 'ringing', 'answered', 'completed'].includes(event))) {
    return fault(room, `StatusCallbackEvent ${events.join(' ')}`, 21626)
  }
  const timeout = Number(form.get('Timeout') ?? 60)
  const timeLimit = Number(form.get('TimeLimit') ?? 14_400)
  if (!(timeout >= 5 && timeout <= 600)) return fault(room, `Timeout ${timeout}`, 21407)
  if (!(timeLimit >= 1 && timeLimit <= 14_400)) return fault(room, `TimeLimit ${timeLimit}`, 21407)
  let document: OutwardRequest['document']
  try {
    document =
      url === null
        ? { url: '', verbs: parseTwiml(twiml ?? '', { place: 'call', url: null }) }
        : { url, method: form.get('Method') ?? undefined }
  } catch (error) {
    if (!(error instanceof NetworkFault)) throw error
    room.faults.push(error)
    return { status: 400, code: 12100, message: error.message }
  }
  const now = room.clock.now()
  const startsAt = Temporal.Instant.compare(line.free, now) > 0 ? line.free : now
  line.free = later(startsAt, room.knobs.secondsPerCall)
  const request: OutwardRequest = {
    from: form.get('From') ?? '',
    to: form.get('To') ?? '',
    document,
    fallbackUrl: form.get('FallbackUrl') ?? undefined,
    statusCallback: form.get('StatusCallback') ?? undefined,
    statusCallbackMethod: form.get('StatusCallbackMethod') ?? undefined,
    statusCallbackEvents: events.length > 0 ? events.join(' ') : undefined,
    timeout,
    timeLimit,
  }
  return placeOutward(room, request, startsAt)
}

/** Messages.create: from one of our numbers, or from a name of at most eleven characters. */
export function createMessage(room: ExchangeRoom, texts: Texts, form: URLSearchParams): NetText | Refusal {
  const from = form.get('From') ?? ''
  const named = /^(?=.*[A-Za-z])[A-Za-z0-9 +_&-]{1,11}$/.test(from)
  const wrong =
    unknownIn(room, form, messageParameters) ??
    badNumber(form.get('To'), 21211, 'To') ??
    (named ? undefined : notOurs(room, from, 21606)) ??
    badUrls(room, form, ['StatusCallback'])
  if (wrong) return wrong
  const body = form.get('Body') ?? ''
  if (body === '') return { status: 400, code: 21602, message: 'Message body is required.' }
  if (body.length > 1600)
    return { status: 400, code: 21617, message: 'The concatenated message body exceeds 1600' }
  const statusCallback = form.get('StatusCallback') ?? undefined
  return texts.send({ from, to: form.get('To') ?? '', body, statusCallback })
}

/** The real one ignores what it does not know: a slip of the pen would stay unseen for ever. */
function unknownIn(room: ExchangeRoom, form: URLSearchParams, known: readonly string[]): Refusal | undefined {
  const unknown = [...form.keys()].filter(name => !known.includes(name))
  return unknown.length === 0 ? undefined : fault(room, `unknown parameters ${unknown.join(', ')}`, 20001)
}

function badNumber(number: string | null, code: number, name: string): Refusal | undefined {
  if (number !== null && e164.test(number)) return undefined
  return { status: 400, code, message: `The '${name}' number ${number ?? ''} is not a valid phone number.` }
}

function notOurs({ numbers }: ExchangeRoom, from: string | null, code: number): Refusal | undefined {
  if (numbers.some(({ number }) => number === from)) return undefined
  return { status: 400, code, message: `The source phone number provided, ${from ?? ''}, is not yours.` }
}

function badUrls(room: ExchangeRoom, form: URLSearchParams, names: readonly string[]): Refusal | undefined {
  for (const name of names) {
    const url = form.get(name)
    if (url === null) continue
    if (!/^https?:\/\/[^\s?]+$/.test(url)) return fault(room, `${name} ${url}`, 21609)
    try {
      retryPolicyOf(url)
    } catch (error) {
      return fault(room, `${name} ${error instanceof Error ? error.message : ''}`, 21609)
    }
  }
  return undefined
}

function fault(room: ExchangeRoom, message: string, code: number): Refusal {
  room.faults.push(new NetworkFault('request', message))
  return { status: 400, code, message }
}
