/** What a test wants to know of somebody who rang: what they heard, and what they are owed. */
import { type CallerScript, caller } from '../../src/sandbox/telephone/actors.ts'
import type { NetCall } from '../../src/sandbox/telephone/net-call.ts'
import type { HotlineTest } from './hotline.ts'

export interface Rung {
  readonly call: NetCall
  /** As the caller heard it. */
  readonly heard: string
  readonly callId: string
  readonly ticketId: string
  readonly ticketNumber: string
  /** When the call is due that the ticket is owed now, in ISO 8601; null where none is owed. */
  readonly callbackDueAt: string | null
}

/** Longer than any call that ends by itself. */
const longestMinutes = 6

/** Rings now, does as the script says, and lets time pass until the call is over. */
export async function ring(
  hotline: HotlineTest,
  who: string | CallerScript,
  to: string,
  minutes = longestMinutes,
): Promise<Rung> {
  const script = typeof who === 'string' ? caller(who) : who
  const call = hotline.network.call(script, to)
  await hotline.runUntil(hotline.clock.now().add({ minutes }))
  return toldOf(hotline, call)
}

/** What is known of a call by now. */
export async function toldOf({ network, database }: HotlineTest, call: NetCall): Promise<Rung> {
  const row = await database.call.findFirstOrThrow({
    where: { providerId: call.sid },
    include: { ticket: true },
  })
  const owed = await database.callback.findUnique({
    where: { owedFor: row.ticketId },
    include: { guarantee: true },
  })
  return {
    call,
    heard: network.transcript(call),
    callId: row.id,
    ticketId: row.ticketId,
    ticketNumber: row.ticket.number,
    callbackDueAt: owed && Temporal.Instant.from(owed.guarantee.dueAt.toISOString()).toString(),
  }
}
