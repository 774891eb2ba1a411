import type { CallEvent } from '../../desk/phone/call-event.ts'
import type { ProviderCall, ProviderRecording } from '../../desk/phone/provider.ts'

/** Events made of a provider's own list of calls, for those that were never told or got lost on the way. */

type Ended = Extract<CallEvent, { readonly kind: 'ended' }>
type Arrived = Extract<CallEvent, { readonly kind: 'arrived' }>

/**
 * The end of a listed call. One that we never heard of begins its promise with the call, not with the moment at which
 * we come to know of it; a provider whose clock is ahead cannot put that into the future.
 */
export function endedEvent(provider: string, call: ProviderCall, now: Temporal.Instant): Ended {
  const { providerId, direction, from, to, state, seconds } = call
  return {
    ...base(provider, call, now),
    kind: 'ended',
    key: `${providerId}:listed:ended`,
    result: state === 'open' ? 'completed' : state,
    ...{ seconds, from, to, direction, unknownNumber: false },
  }
}

/** The beginning of a call that is still going on. Nobody hears our answer to it any more. */
export function arrivedEvent(provider: string, call: ProviderCall, now: Temporal.Instant): Arrived {
  const { providerId, direction, from, to } = call
  return {
    ...base(provider, call, now),
    kind: 'arrived',
    key: `${providerId}:listed:arrived`,
    ...{ direction, from, to, callerName: '', continues: null, user: null, late: true },
  }
}

/** Something was spoken on a listed call. The key is that of the provider's own news, should that come after all. */
export function recordingEvent(
  provider: string,
  call: ProviderCall,
  { recordingId, seconds }: ProviderRecording,
  now: Temporal.Instant,
): CallEvent {
  return {
    ...base(provider, call, now),
    kind: 'recording',
    key: `${recordingId}:ready`,
    recordingId,
    state: 'ready',
    seconds,
  }
}

function base(provider: string, { providerId, startedAt }: ProviderCall, now: Temporal.Instant) {
  const at = Temporal.Instant.compare(startedAt, now) > 0 ? now : startedAt
  return { provider, providerId, at, providerAt: startedAt, payload: { source: 'call-list' } }
}
