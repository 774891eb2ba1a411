import type { CallerScript } from './actors.ts'
import { numberOf } from './call-fields.ts'
import { type FetchedDocument, fetchDocument, sendAbout } from './documents.ts'
import type { ExchangeRoom } from './exchange-room.ts'
import { type CallStatus, isOver, type Leg, type NetCall, openCall, openLeg, secondsOf } from './net-call.ts'
import { type Ending, perform } from './performance.ts'
import type { Phone } from './phone.ts'
import { endCall, openProgress } from './progress.ts'
import { ring, sipCodeOf } from './ring.ts'
import { receive } from './signal-box.ts'
import { openTranscript } from './transcript.ts'
import { later } from './virtual-clock.ts'

const apology = 'We are sorry, an application error has occurred. Goodbye.'

/** Somebody rings a number of the gateway's. Returns at once; the call goes on by the clock. */
export function placeInward(
  room: ExchangeRoom,
  phone: Phone,
  caller: Pick<CallerScript, 'from' | 'callerName' | 'forwardedFrom'>,
  to: string,
): NetCall {
  const number = numberOf(room.numbers, to)
  if (!number) throw new Error(`nobody has the number ${to}`)
  const call: NetCall = {
    ...openCall(room, openTranscript(room.clock.now)),
    parentSid: null,
    from: caller.from,
    to,
    direction: 'inbound',
    status: 'ringing',
    startedAt: room.clock.now(),
  }
  const leg = openLeg(room.clock, call, phone, {
    ...(caller.callerName === undefined ? {} : { CallerName: caller.callerName }),
    ...(caller.forwardedFrom === undefined ? {} : { ForwardedFrom: caller.forwardedFrom }),
  })
  room.calls.push(call)
  room.legs.set(call.sid, leg)
  call.transcript.write(phone.name, `rings ${to} from ${caller.from}`)
  const converse = async (): Promise<void> => {
    const document = await fetchDocument(
      room,
      leg,
      { kind: 'voice', url: number.voiceUrl, method: 'POST', place: 'call' },
      number.fallbackUrl,
    )
    await goThrough(room, leg, document, number.fallbackUrl)
    const url = number.statusCallback
    if (!url) return
    const fields = {
      CallDuration: String(secondsOf(call)),
      Duration: String(Math.ceil(secondsOf(call) / 60)),
    }
    await sendAbout(room, leg, { kind: 'call-ended', url, method: 'POST', fields })
  }
  room.clock.at(room.clock.now(), () => void converse())
  leg.tell({ kind: 'dialling' })
  return call
}

/** What the REST side was asked to do. */
export interface OutwardRequest {
  readonly from: string
  readonly to: string
  /** Where the document is, or the document itself. */
  readonly document: { readonly url: string; readonly method: string | undefined } | FetchedDocument
  readonly fallbackUrl: string | undefined
  readonly statusCallback: string | undefined
  readonly statusCallbackMethod: string | undefined
  readonly statusCallbackEvents: string | undefined
  /** Seconds of ringing. */
  readonly timeout: number
  /** Seconds of the call. */
  readonly timeLimit: number
}

/** Rings somebody for the gateway, from `startsAt` on: calls wait in a line. */
export function placeOutward(
  room: ExchangeRoom,
  request: OutwardRequest,
  startsAt: Temporal.Instant,
): NetCall {
  const opened = openCall(room, openTranscript(room.clock.now))
  const call: NetCall = {
    ...opened,
    parentSid: null,
    from: request.from,
    to: request.to,
    direction: 'outbound-api',
  }
  const { phone, reach } = room.phoneBehind(call.to, call.sid)
  const leg = openLeg(room.clock, call, phone)
  room.calls.push(call)
  room.legs.set(call.sid, leg)
  const progress = openProgress(room, leg, {
    url: request.statusCallback,
    method: request.statusCallbackMethod,
    events: request.statusCallbackEvents,
  })
  const converse = async (): Promise<void> => {
    // One that is taken back while it waits in line tells nobody.
    if (leg.gone()) return endCall(room, leg, 'canceled')
    const result = await ring(room, leg, reach, request.timeout, progress)
    if (result !== 'answered') {
      endCall(room, leg, result, sipCodeOf(result))
      return progress('completed')
    }
    const limit = room.clock.at(later(room.clock.now(), request.timeLimit), () => leg.drop())
    const { document } = request
    const first =
      'verbs' in document
        ? document
        : await fetchDocument(room, leg, { ...document, kind: 'voice', place: 'call' }, request.fallbackUrl)
    await goThrough(room, leg, first, request.fallbackUrl)
    limit.cancel()
    progress('completed')
  }
  room.clock.at(startsAt, () => void converse())
  return call
}

/** Takes a call down for the REST side: `canceled` only before it was answered. False when there was nothing to end. */
export function takeDown(room: ExchangeRoom, call: NetCall, status: 'completed' | 'canceled'): boolean {
  const leg = room.legs.get(call.sid)
  if (!leg || isOver(call)) return false
  if (status === 'canceled' && call.status === 'in-progress') return false
  call.transcript.write('', `${leg.phone.name} is hung up on by request`)
  leg.drop()
  if (call.status === 'queued') endCall(room, leg, 'canceled')
  return true
}

/** Carries out what the documents say, and ends the call. */
async function goThrough(
  room: ExchangeRoom,
  leg: Leg,
  document: FetchedDocument | null,
  fallbackUrl: string | undefined,
): Promise<void> {
  const ending = document ? await perform(room, leg, document, 'call', fallbackUrl) : 'error'
  if (ending === 'error' && !leg.gone()) {
    leg.call.transcript.write(leg.phone.name, `hears (en-US): ${apology}`)
    leg.tell({ kind: 'hears', language: 'en-US', words: apology, seconds: 4 })
    await receive(room.clock, [leg.box], later(room.clock.now(), 4))
  }
  if (!leg.gone()) leg.call.transcript.write('', 'call ended')
  endCall(room, leg, statusAfter(leg.call, ending))
}

function statusAfter({ answeredAt }: NetCall, ending: Ending): CallStatus {
  if (ending === 'refused-busy') return 'busy'
  if (ending === 'rejected') return 'no-answer'
  if (ending === 'error') return 'failed'
  if (ending === 'gone') return answeredAt ? 'completed' : 'canceled'
  return 'completed'
}
