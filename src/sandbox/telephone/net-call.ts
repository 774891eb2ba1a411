import type { Chance } from './chance.ts'
import type { Phone, PhoneEvent } from './phone.ts'
import { openSignalBox, type SignalBox } from './signal-box.ts'
import type { Transcript } from './transcript.ts'
import { later, type NetworkClock } from './virtual-clock.ts'

export type CallStatus =
  | 'queued'
  | 'initiated'
  | 'ringing'
  | 'in-progress'
  | 'completed'
  | 'busy'
  | 'failed'
  | 'no-answer'
  | 'canceled'

/** A call as the provider's records have it; a leg that Dial rings is one of its own, with a parent. */
export interface NetCall {
  readonly sid: string
  readonly parentSid: string | null
  readonly from: string
  readonly to: string
  readonly direction: 'inbound' | 'outbound-api' | 'outbound-dial'
  readonly createdAt: Temporal.Instant
  readonly transcript: Transcript
  status: CallStatus
  /** When it began to ring, which is later than `createdAt` where calls queue. */
  startedAt: Temporal.Instant | null
  answeredAt: Temporal.Instant | null
  endedAt: Temporal.Instant | null
  /** SIP code of the end, where there is one. */
  sipCode: number | null
}

/** A call with a telephone at it, while it lasts. */
export interface Leg {
  readonly call: NetCall
  readonly phone: Phone
  readonly box: SignalBox
  /** Further fields of every request about it: CallerName, ForwardedFrom. */
  readonly extras: Readonly<Record<string, string>>
  tell(event: PhoneEvent): void
  /** The party is off the line. */
  gone(): boolean
  /** Taken down by the exchange. */
  drop(): void
}

export function isOver({ status }: NetCall): boolean {
  return ['completed', 'busy', 'failed', 'no-answer', 'canceled'].includes(status)
}

/** Seconds of the conversation, whole ones as the provider counts them. */
export function secondsOf({ answeredAt, endedAt }: NetCall): number {
  if (!answeredAt || !endedAt) return 0
  return Math.round((endedAt.epochMilliseconds - answeredAt.epochMilliseconds) / 1000)
}

/** What every new call begins with. */
export function openCall(
  { clock, chance }: { readonly clock: NetworkClock; readonly chance: Chance },
  transcript: Transcript,
) {
  return {
    sid: chance.sid('CA'),
    createdAt: clock.now(),
    transcript,
    status: 'queued' as CallStatus,
    startedAt: null,
    answeredAt: null,
    endedAt: null,
    sipCode: null,
  }
}

/** Puts a telephone at a call. */
export function openLeg(
  clock: NetworkClock,
  call: NetCall,
  phone: Phone,
  extras: Readonly<Record<string, string>> = {},
): Leg {
  const box = openSignalBox()
  const write = (what: string) => call.transcript.write(phone.name, what)
  let gone = false
  let pressing = clock.now()
  const alive = () => !gone && !isOver(call)
  const line = {
    answer: () => {
      if (alive()) box.put({ kind: 'answer' })
    },
    decline: () => {
      if (!alive()) return
      write('declines')
      box.put({ kind: 'decline' })
    },
    press(keys: string) {
      for (const key of keys.replaceAll(/[^\d*#]/g, '')) {
        clock.at(pressing, () => {
          if (!alive()) return
          write(`presses ${key}`)
          box.put({ kind: 'key', key })
        })
        const earliest = Temporal.Instant.compare(pressing, clock.now()) > 0 ? pressing : clock.now()
        pressing = later(earliest, 0.3)
      }
    },
    say(words: string, seconds: number) {
      if (!alive()) return
      write(`says: ${words}`)
      box.put({ kind: 'voice', words, seconds })
    },
    hangUp() {
      if (!alive()) return
      gone = true
      write('hangs up')
      box.put({ kind: 'gone' })
    },
  }
  return {
    call,
    phone,
    box,
    extras,
    tell: event => phone.told(event, line),
    gone: () => gone,
    drop() {
      if (gone) return
      gone = true
      box.put({ kind: 'gone' })
    },
  }
}
