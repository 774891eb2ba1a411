import type { ExchangeRoom } from './exchange-room.ts'
import type { Leg } from './net-call.ts'
import type { Reach } from './phone.ts'
import type { ProgressEvent } from './progress.ts'
import { receive } from './signal-box.ts'
import { later } from './virtual-clock.ts'

export type RingResult = 'answered' | 'busy' | 'no-answer' | 'failed' | 'canceled'

/** What the provider adds to every ringing time. */
const buffer = 5
/** Seconds until the other end rings. */
const connecting = 0.5

const sipCodes = { busy: 486, 'no-answer': 487, failed: 404, canceled: 487, answered: null } as const

export function sipCodeOf(result: RingResult): number | null {
  return sipCodes[result]
}

/**
 * Rings a telephone until it is picked up or there is a reason to stop. One that is switched off rings nowhere and is
 * told as `no-answer`; a well-formed number that does not exist as `failed`.
 */
export async function ring(
  room: ExchangeRoom,
  leg: Leg,
  reachNow: () => Reach,
  seconds: number,
  progress: (event: ProgressEvent) => void,
): Promise<RingResult> {
  const { clock } = room
  const { call, phone } = leg
  const write = (what: string) => call.transcript.write('', `${phone.name}'s phone ${what}`)
  call.status = 'initiated'
  progress('initiated')
  if ((await receive(clock, [leg.box], later(clock.now(), connecting)))?.signal.kind === 'gone')
    return 'canceled'
  const reach = reachNow()
  if (reach !== 'free') {
    write(reach === 'busy' ? 'is engaged' : reach === 'off' ? 'is switched off' : 'does not exist')
    return reach === 'busy' ? 'busy' : reach === 'off' ? 'no-answer' : 'failed'
  }
  call.status = 'ringing'
  call.startedAt = clock.now()
  write('rings')
  progress('ringing')
  leg.tell({ kind: 'ringing', from: call.from, to: call.to })
  const until = later(clock.now(), seconds + buffer)
  for (;;) {
    const got = await receive(clock, [leg.box], until)
    if (!got) {
      write('is not answered')
      return 'no-answer'
    }
    if (got.signal.kind === 'gone') return 'canceled'
    if (got.signal.kind === 'decline') return 'busy'
    if (got.signal.kind !== 'answer') continue
    call.status = 'in-progress'
    call.answeredAt = clock.now()
    call.transcript.write(phone.name, 'picks up')
    progress('answered')
    leg.tell({ kind: 'answered' })
    return 'answered'
  }
}
