import { sendAbout } from './documents.ts'
import type { ExchangeRoom } from './exchange-room.ts'
import type { Leg } from './net-call.ts'
import { receive } from './signal-box.ts'
import type { Next, Stage } from './stage.ts'
import type { Verb } from './twiml-parser.ts'
import { later, pass } from './virtual-clock.ts'

/** Seconds until a file is there: later than the action is asked for, as in life. */
const storing = 2

/**
 * Beeps and records. The action is asked for when something was said, also when the caller hung up over it; when nothing
 * was said the verbs after it come next. Whether there is a file is told later and separately.
 */
export async function record(stage: Stage, { attributes }: Verb): Promise<Next> {
  const { room, leg } = stage
  const { clock } = room
  const startedAt = clock.now()
  const silence = Number(attributes.timeout ?? 5)
  const finish = attributes.finishOnKey ?? '1234567890*#'
  const end = later(startedAt, Number(attributes.maxLength ?? 3600))
  if (attributes.playBeep !== 'false') leg.call.transcript.write(leg.phone.name, 'hears a beep')
  leg.tell({ kind: 'asked', wants: 'message', spoken: true })
  let spokenUntil: Temporal.Instant | null = null
  let ended = ''
  while (ended === '') {
    const quiet = later(spokenUntil ?? startedAt, silence)
    const until = earlier(quiet, end)
    const got = await receive(clock, [leg.box], until)
    if (!got) ended = 'silence'
    else if (got.signal.kind === 'voice') spokenUntil = earlier(later(clock.now(), got.signal.seconds), end)
    else if (got.signal.kind === 'gone') ended = 'hangup'
    else if (got.signal.kind === 'key' && finish.includes(got.signal.key)) ended = got.signal.key
  }
  const stopped = spokenUntil ? earlier(spokenUntil, clock.now()) : startedAt
  const seconds = Math.round((stopped.epochMilliseconds - startedAt.epochMilliseconds) / 1000)
  if (!spokenUntil || seconds === 0) {
    const { sid, url } = room.recordings.absent()
    tellOfRecording(room, leg, attributes, {
      sid,
      url,
      status: 'absent',
      seconds: null,
      startedAt,
      source: 'RecordVerb',
    })
    return { next: ended === 'hangup' ? 'gone' : 'go-on' }
  }
  const { sid, url } = room.recordings.keep(leg.call.sid, seconds, startedAt)
  leg.call.transcript.write('', `${seconds} s recorded`)
  tellOfRecording(room, leg, attributes, {
    sid,
    url,
    status: 'completed',
    seconds,
    startedAt,
    source: 'RecordVerb',
  })
  return {
    next: 'fetch',
    request: {
      kind: 'record',
      url: attributes.action ?? stage.documentUrl,
      method: attributes.method,
      fields: {
        RecordingSid: sid,
        RecordingUrl: url,
        RecordingDuration: String(seconds),
        ...(ended === 'silence' ? {} : { Digits: ended }),
      },
      place: stage.place,
    },
  }
}

export interface RecordingNews {
  readonly sid: string
  readonly url: string
  readonly status: 'completed' | 'absent'
  readonly seconds: number | null
  readonly startedAt: Temporal.Instant
  readonly source: 'RecordVerb' | 'DialVerb'
}

/** The only sure sign that a file exists, or that none does. Sent while the call goes on. */
export function tellOfRecording(
  room: ExchangeRoom,
  leg: Leg,
  attributes: Readonly<Record<string, string>>,
  news: RecordingNews,
): void {
  const url = attributes.recordingStatusCallback
  const events = (attributes.recordingStatusCallbackEvent ?? 'completed').split(' ')
  if (!url || !events.includes(news.status)) return
  const fields = {
    RecordingSid: news.sid,
    RecordingUrl: news.url,
    RecordingStatus: news.status,
    RecordingChannels: '1',
    RecordingStartTime: new Date(news.startedAt.epochMilliseconds).toUTCString(),
    RecordingSource: news.source,
    RecordingTrack: 'both',
    ...(news.seconds === null ? {} : { RecordingDuration: String(news.seconds) }),
  }
  const method = attributes.recordingStatusCallbackMethod ?? 'POST'
  void pass(room.clock, storing).then(() => sendAbout(room, leg, { kind: 'recording', url, method, fields }))
}

function earlier(one: Temporal.Instant, other: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(one, other) <= 0 ? one : other
}
