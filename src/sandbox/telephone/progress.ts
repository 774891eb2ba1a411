import { rfc2822 } from './call-fields.ts'
import { sendAbout } from './documents.ts'
import type { ExchangeRoom } from './exchange-room.ts'
import { type CallStatus, type Leg, secondsOf } from './net-call.ts'

export type ProgressEvent = 'initiated' | 'ringing' | 'answered' | 'completed'

/** Who wants to know how a call that the network makes goes on. */
export interface ProgressWish {
  readonly url: string | undefined
  readonly method: string | undefined
  /** Space-separated as in markup; without, only the end. */
  readonly events: string | undefined
}

/** Tells of a call's progress, each time in a request of its own whose arrival order nobody promises. */
export function openProgress(
  room: ExchangeRoom,
  leg: Leg,
  wish: ProgressWish,
): (event: ProgressEvent) => void {
  const events = (wish.events ?? 'completed').split(' ')
  let sequence = 0
  return event => {
    if (!wish.url || !events.includes(event)) return
    const { call } = leg
    const seconds = secondsOf(call)
    const fields = {
      Timestamp: rfc2822(room.clock.now()),
      CallbackSource: 'call-progress-events',
      SequenceNumber: String(sequence++),
      ...(event === 'completed'
        ? {
            CallDuration: String(seconds),
            // In minutes, started ones counted.
            Duration: String(Math.ceil(seconds / 60)),
            ...(call.sipCode === null ? {} : { SipResponseCode: String(call.sipCode) }),
          }
        : {}),
    }
    void sendAbout(room, leg, { kind: 'call-progress', url: wish.url, method: wish.method ?? 'POST', fields })
  }
}

/** Ends a call once: its records say so, and its telephone is told. */
export function endCall(
  room: ExchangeRoom,
  leg: Leg,
  status: CallStatus,
  sipCode: number | null = null,
): void {
  const { call } = leg
  if (call.endedAt) return
  call.status = status
  call.sipCode = sipCode
  call.endedAt = room.clock.now()
  leg.drop()
  room.legs.delete(call.sid)
  leg.tell({ kind: 'ended' })
}
