import { fetchDocument } from './documents.ts'
import type { ExchangeRoom } from './exchange-room.ts'
import { NetworkFault } from './faults.ts'
import { type CallStatus, type Leg, type NetCall, openCall, openLeg, secondsOf } from './net-call.ts'
import { perform } from './performance.ts'
import { endCall, openProgress } from './progress.ts'
import { tellOfRecording } from './record.ts'
import { ring, sipCodeOf } from './ring.ts'
import { openSignalBox, receive, type SignalBox } from './signal-box.ts'
import type { Next, Stage } from './stage.ts'
import type { Verb } from './twiml-parser.ts'
import { later } from './virtual-clock.ts'

/** One telephone that a Dial rings. */
interface Child {
  readonly leg: Leg
  start(news: SignalBox): void
  /** Its call is over. */
  end(): void
}

/**
 * Rings one or several numbers and joins the first that picks up: the others stop then, also when the first is a mailbox.
 * The action is asked for in every case, also when the caller hung up; DialBridged says whether both were really joined.
 */
export async function dial(stage: Stage, verb: Verb): Promise<Next> {
  const { room, leg } = stage
  const { attributes } = verb
  const callerId = attributes.callerId ?? ''
  if (![leg.call.from, leg.call.to, ...room.numbers.map(({ number }) => number)].includes(callerId)) {
    room.faults.push(new NetworkFault('markup', `Dial callerId ${callerId} is not ours to show`))
    return { next: 'error' }
  }
  const rows = attributes.sequential === 'true' ? verb.children.map(one => [one]) : [verb.children]
  let last: NetCall | null = null
  let outcome: Bridge = { bridged: false, recordingUrl: null }
  for (const row of rows) {
    if (outcome.bridged || leg.gone()) break
    const children = row.map(number => openChild(stage, attributes, number))
    const won = await firstToAccept(stage, children)
    last = (won ?? pickedUp(children) ?? children.at(-1))?.leg.call ?? null
    if (won) outcome = await bridge(stage, won, attributes)
  }
  const url = attributes.action
  if (!url) return leg.gone() ? { next: 'gone' } : { next: 'go-on' }
  const fields = {
    // Asked for also when the caller hung up meanwhile, which nothing else says.
    ...(leg.gone() ? { CallStatus: 'completed' } : {}),
    DialCallStatus: last?.answeredAt ? 'completed' : (last?.status ?? 'failed'),
    DialBridged: String(outcome.bridged),
    ...(last ? { DialCallSid: last.sid } : {}),
    ...(last?.answeredAt ? { DialCallDuration: String(secondsOf(last)) } : {}),
    ...(outcome.recordingUrl ? { RecordingUrl: outcome.recordingUrl } : {}),
  }
  return {
    next: 'fetch',
    request: { kind: 'dial', url, method: attributes.method, fields, place: stage.place },
  }
}

function pickedUp(children: readonly Child[]): Child | undefined {
  return children.find(({ leg }) => leg.call.answeredAt !== null)
}

function openChild({ room, leg: parent }: Stage, dialled: Verb['attributes'], number: Verb): Child {
  const call: NetCall = {
    ...openCall(room, parent.call.transcript),
    parentSid: parent.call.sid,
    from: dialled.callerId ?? parent.call.from,
    to: number.text,
    direction: 'outbound-dial',
  }
  const { phone, reach } = room.phoneBehind(call.to, call.sid)
  const leg = openLeg(room.clock, call, phone)
  room.calls.push(call)
  room.legs.set(call.sid, leg)
  const { url, method, statusCallback, statusCallbackMethod, statusCallbackEvent } = number.attributes
  const progress = openProgress(room, leg, {
    url: statusCallback,
    method: statusCallbackMethod,
    events: statusCallbackEvent,
  })
  const end = (status: CallStatus, sipCode: number | null) => {
    if (call.endedAt) return
    endCall(room, leg, status, sipCode)
    progress('completed')
  }

  async function go(news: SignalBox): Promise<void> {
    const tell = (is: 'picked-up' | 'accepted' | 'over') => news.put({ kind: 'rung', child: call.sid, is })
    const result = await ring(room, leg, reach, Number(dialled.timeout ?? 30), progress)
    if (result === 'answered') {
      tell('picked-up')
      if (await whisper(room, leg, url, method)) return tell('accepted')
    }
    end(result === 'answered' ? 'completed' : result, sipCodeOf(result))
    tell('over')
  }

  return { leg, start: news => void go(news), end: () => end('completed', null) }
}

/** Asks the one who picked up, alone. True when its document ran to the end: only then are they joined. */
async function whisper(
  room: ExchangeRoom,
  child: Leg,
  url: string | undefined,
  method: string | undefined,
): Promise<boolean> {
  if (!url) return !child.gone()
  const document = await fetchDocument(
    room,
    child,
    { kind: 'whisper', url, method, place: 'whisper' },
    undefined,
  )
  if (!document || child.gone()) return false
  return (await perform(room, child, document, 'whisper', undefined)) === 'finished'
}

/** Null when none did, or the one who dials hung up first; all others have ended by then. */
async function firstToAccept({ room, leg }: Stage, children: readonly Child[]): Promise<Child | null> {
  const news = openSignalBox()
  const open = new Map(children.map(child => [child.leg.call.sid, child]))
  const dropAllBut = (sid: string | null) => {
    for (const child of children) if (child.leg.call.sid !== sid) child.leg.drop()
  }
  let won: Child | null = null
  for (const child of children) child.start(news)
  while (open.size > 0) {
    // A line that is gone says nothing else any more; those it rang are waited for all the same.
    const got = await receive(room.clock, leg.gone() ? [news] : [leg.box, news], null)
    if (got?.signal.kind === 'gone') dropAllBut(null)
    if (got?.signal.kind !== 'rung') continue
    const { child: sid, is } = got.signal
    if (is === 'picked-up') dropAllBut(sid)
    if (is === 'accepted') won = open.get(sid) ?? null
    if (is !== 'picked-up') open.delete(sid)
  }
  return won
}

interface Bridge {
  readonly bridged: boolean
  readonly recordingUrl: string | null
}

/** Both talk until one hangs up, the caller presses *, or the time is over. */
async function bridge({ room, leg }: Stage, child: Child, attributes: Verb['attributes']): Promise<Bridge> {
  const other = child.leg
  const transcript = leg.call.transcript
  if (leg.gone() || other.gone()) {
    child.end()
    return { bridged: false, recordingUrl: null }
  }
  const startedAt = room.clock.now()
  if (leg.call.status === 'ringing') {
    leg.call.status = 'in-progress'
    leg.call.answeredAt = startedAt
    leg.tell({ kind: 'answered' })
  }
  transcript.write('', `${leg.phone.name} and ${other.phone.name} are bridged`)
  leg.tell({ kind: 'joined', other: other.phone.name })
  other.tell({ kind: 'joined', other: leg.phone.name })
  const until = later(startedAt, Number(attributes.timeLimit ?? 14_400))
  for (;;) {
    const got = await receive(room.clock, [leg.box, other.box], until)
    if (!got) transcript.write('', 'time limit')
    if (!got || got.signal.kind === 'gone') break
    const { signal, from } = got
    const star = signal.kind === 'key' && signal.key === '*' && from === leg.box
    if (star && attributes.hangupOnStar === 'true') break
    if (signal.kind !== 'voice') continue
    const listener = from === leg.box ? other : leg
    transcript.write(listener.phone.name, `hears: ${signal.words}`)
    listener.tell({ kind: 'hears', language: '', words: signal.words, seconds: signal.seconds })
  }
  child.end()
  transcript.write('', 'bridge ended')
  if (!leg.gone()) leg.tell({ kind: 'parted' })
  return { bridged: true, recordingUrl: recordingOf(room, leg, attributes, startedAt) }
}

function recordingOf(
  room: ExchangeRoom,
  leg: Leg,
  attributes: Verb['attributes'],
  startedAt: Temporal.Instant,
): string | null {
  const seconds = Math.round((room.clock.now().epochMilliseconds - startedAt.epochMilliseconds) / 1000)
  if ((attributes.record ?? 'do-not-record') === 'do-not-record' || seconds === 0) return null
  const { sid, url } = room.recordings.keep(leg.call.sid, seconds, startedAt)
  tellOfRecording(room, leg, attributes, {
    sid,
    url,
    status: 'completed',
    seconds,
    startedAt,
    source: 'DialVerb',
  })
  return url
}
