import type { PhoneConfig, ProviderConfig } from '../../config/phone-schema.ts'
import { TransientFailure } from '../../desk/failure.ts'
import type { CallEvent } from '../../desk/phone/call-event.ts'
import type { TakeInCall, TakenCall } from '../../intake/calls/call-deps.ts'
import type { Log } from '../../log.ts'
import { type After, inTime } from './deadline.ts'
import type { Spool } from './spool.ts'

/** What every adapter is given, and the one way in which it turns an event into an answer. */

/** Counted since the start, for one provider. */
export interface DoorFigures {
  /** Requests without a valid signature or token. */
  refused: number
  /** The same of the last hour, by minutes since 1970. */
  readonly refusedByMinute: Map<number, number>
  /** Answers that took longer than a caller should wait. */
  slow: number
  /** Safe answers because time was up. */
  late: number
  /** Safe answers because taking in failed. */
  failed: number
  /** Requests that could neither be taken in nor kept. */
  lost: number
  /** Genuine events that we have no use for; later versions of a telephone system may send some. */
  unknown: number
  /** Genuine requests in which a field made no sense: calls that we do not learn of. */
  invalid: number
  /** Of calls to numbers that are no line of ours. */
  notOurs: number
}

export interface DoorContext<C extends ProviderConfig = ProviderConfig> {
  /** Key of the provider in the configuration; its routes are below /phone/<providerKey>. */
  readonly providerKey: string
  readonly config: C
  readonly phone: PhoneConfig
  /** `publicUrl` of the configuration without a slash at its end. Never made of a request's Host. */
  readonly publicUrl: string
  readonly takeIn: TakeInCall
  readonly onText: (status: TextStatus) => Promise<void>
  readonly now: () => Temporal.Instant
  readonly after: After
  readonly spool: Spool
  readonly figures: DoorFigures
  readonly log: Log
  /** Keeps whatever goes on after an answer, so that the door can wait for it before it closes. */
  readonly track: (work: Promise<unknown>) => void
}

/** What a provider says of a text message that we sent. */
export interface TextStatus {
  readonly provider: string
  readonly textId: string
  readonly providerId: string
  readonly state: 'sent' | 'delivered' | 'failed'
  /** The provider's own reason, shortened; '' where it gave none. */
  readonly reason: string
  readonly at: Temporal.Instant
}

/** For the spool, so that a human can tell which request a line was; the fields are in the event's payload. */
export interface RawRequest {
  readonly method: string
  /** Below /phone, without a secret that may be in it. */
  readonly path: string
}

/**
 * Takes an event in and renders the answer. Whatever goes wrong, there is an answer within ten seconds: where taking in
 * fails or takes longer, the request is written to the spool, to be taken in later with its own time, and `safe` is
 * given. `kept` is false where even that was impossible: adapters then let the provider try again, where it can.
 */
export async function answerEvent<T>(
  ctx: DoorContext,
  event: CallEvent,
  raw: RawRequest,
  render: (taken: TakenCall) => T,
  safe: (kept: boolean) => T,
): Promise<T> {
  const told = { provider: ctx.providerKey, call: event.providerId, kind: event.kind }
  // In a promise's own step: what it throws before its first wait is a failure like any other.
  const work = Promise.resolve().then(() => ctx.takeIn(event))
  ctx.track(work)
  const end = await inTime(
    ctx.after,
    work,
    () => {
      ctx.figures.slow += 1
      ctx.log.warn(told, 'the answer to a caller takes long')
    },
    result => {
      if (result.how === 'done') ctx.log.info(told, 'taken in after the caller had got the safe answer')
      else ctx.log.error({ ...told, err: result.error }, 'failed after the caller had got the safe answer')
    },
  )
  if (end.how === 'done') {
    try {
      return render(end.value)
    } catch (error) {
      // Taken in, but it cannot be said: nothing is left to replay.
      ctx.figures.failed += 1
      ctx.log.error({ ...told, err: error }, 'an answer could not be put into words for the provider')
      return safe(true)
    }
  }
  const kept = await keep(ctx, event, raw)
  if (end.how === 'late') {
    ctx.figures.late += 1
    ctx.log.error({ ...told, kept }, 'time is up: safe answer')
  } else if (isUnknownYet(end.error)) {
    ctx.log.info({ ...told, kept }, 'told of a call that is not known yet: kept for later')
  } else {
    ctx.figures.failed += 1
    ctx.log.error({ ...told, kept, err: end.error }, 'a call could not be taken in: safe answer')
  }
  return safe(kept)
}

/** Requests overtake each other, and the one that begins a call can be lost: no fault, and no reason to hold up others. */
export function isUnknownYet(error: unknown): boolean {
  return error instanceof TransientFailure && error.code === 'phone'
}

/** The one failure that must not reach the caller: with a full disk he still hears the safe answer. */
async function keep(ctx: DoorContext, event: CallEvent, raw: RawRequest): Promise<boolean> {
  try {
    await ctx.spool.append(event, raw)
    return true
  } catch (error) {
    ctx.figures.lost += 1
    ctx.log.error(
      { provider: ctx.providerKey, call: event.providerId, err: error },
      'the spool cannot be written',
    )
    return false
  }
}

export function noFigures(): DoorFigures {
  return {
    ...{ refused: 0, refusedByMinute: new Map(), slow: 0, late: 0, failed: 0, lost: 0 },
    ...{ unknown: 0, invalid: 0, notOurs: 0 },
  }
}

/** Counts and logs a request that nobody proved to come from the provider; its body is not read or logged. */
export function refuseSignature(
  ctx: DoorContext,
  path: string,
  why: 'missing' | 'wrong' | 'unreadable',
): void {
  ctx.figures.refused += 1
  const minute = minuteOf(ctx.now())
  const { refusedByMinute } = ctx.figures
  refusedByMinute.set(minute, (refusedByMinute.get(minute) ?? 0) + 1)
  for (const old of refusedByMinute.keys()) if (old < minute - 60) refusedByMinute.delete(old)
  ctx.log.warn(
    { provider: ctx.providerKey, path: path.slice(0, 200), why },
    'a request without a valid signature',
  )
}

/** Requests refused in the last minutes, sixty at most. */
export function refusedLately(figures: DoorFigures, minutes: number, now: Temporal.Instant): number {
  const first = minuteOf(now) - minutes
  return [...figures.refusedByMinute].reduce(
    (sum, [minute, count]) => (minute > first ? sum + count : sum),
    0,
  )
}

function minuteOf(instant: Temporal.Instant): number {
  return Math.floor(instant.epochMilliseconds / 60_000)
}
