import type { CallEvent, DialResult } from '../../../desk/phone/call-event.ts'
import type { PushedCall } from './pushed-call.ts'

/** What surrounds a pushed event: whose it is, when we had it, what came. */
export type Surroundings = Pick<CallEvent, 'provider' | 'at' | 'payload'>

/**
 * What a pushed event tells, in our words and in order. An `answer` and a `hangup` tell of the call itself too, since
 * the `newCall` may have been lost or come last: whichever comes first counts, because all say the same fact under the
 * same key.
 *
 * That a call was picked up is only ever taken from an `answer`. A hangup with the cause normalClearing and an answering
 * number says as much of a mailbox as of a person, and ending a promise on it would leave a customer waiting: a lost
 * answer event (sipgate.io#109) costs an agent a word, not a customer the call.
 */
export function callEvents(call: PushedCall, about: Surroundings): readonly CallEvent[] {
  if (call.event === 'dtmf') return []
  const itself = arrived(call, about)
  if (call.event === 'newCall') return [itself]
  return [itself, call.event === 'answer' ? pickedUp(call, about) : ended(call, about)]
}

export function arrived(call: PushedCall, about: Surroundings): CallEvent {
  return {
    ...base(call, about, 'arrived'),
    kind: 'arrived',
    direction: call.direction,
    from: call.from,
    to: call.to,
    callerName: '',
    continues: call.continues,
    user: call.direction === 'out' ? (call.user ?? (call.from || null)) : null,
  }
}

export function pickedUp(call: PushedCall, about: Surroundings): CallEvent {
  // Where several were rung, only the number says who it was.
  const user = call.user ?? call.answeringNumber
  return {
    ...base(call, about, `picked-up:${user ?? ''}`),
    kind: 'picked-up',
    user,
    mailbox: [user, call.answeringNumber].some(name => name?.toLowerCase() === 'voicemail'),
  }
}

export function ended(call: PushedCall, about: Surroundings): CallEvent {
  return {
    ...base(call, about, 'ended'),
    kind: 'ended',
    result: resultOf(call.cause),
    seconds: null,
    from: call.from,
    to: call.to,
    direction: call.direction,
    unknownNumber: call.cause === 'notFound',
  }
}

function base(call: PushedCall, about: Surroundings, fact: string) {
  return { ...about, providerId: call.callId, key: `${call.callId}:${fact}`, providerAt: null }
}

/** A forwarded call was not picked up here: the call that goes on says what became of it. Unknown causes prove nothing. */
const results: Readonly<Record<string, DialResult>> = {
  normalClearing: 'completed',
  busy: 'busy',
  cancel: 'cancelled',
  noAnswer: 'no-answer',
  forwarded: 'no-answer',
  congestion: 'failed',
  notFound: 'failed',
}

function resultOf(cause: string | null): DialResult {
  return (cause !== null && Object.hasOwn(results, cause) ? results[cause] : undefined) ?? 'failed'
}
