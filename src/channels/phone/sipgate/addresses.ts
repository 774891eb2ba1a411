import { isSignature, signature } from '../../../desk/reply-token.ts'

/**
 * Where sipgate is to tell us what happens next. What it signs is the body, not the address; so the turn that stands in
 * an address is sealed by us together with the call it belongs to, or a captured request could be sent to another turn.
 * Everything is in the path: a query string invites proxies to rewrite it.
 */
export interface CallPlace {
  /** Our own id of the call. */
  readonly callId: string
  readonly turn: number
}

export interface SipgateAddresses {
  /** Where a call arrives, and where events go that need no turn. */
  readonly root: string
  /** Ends the call, whatever comes. */
  readonly bye: string
  turn(providerId: string, place: CallPlace): string
  /** The place that a path names, where it was made for this call of the provider's. */
  placeOf(providerId: string, callId: string, turn: string, seal: string): CallPlace | undefined
  prompt(name: string): string
}

const audience = 'phone-turn'

export function sipgateAddresses(publicUrl: string, provider: string, secret: string): SipgateAddresses {
  const root = `${publicUrl}/phone/${provider}`
  const signed = (providerId: string, { callId, turn }: CallPlace) =>
    [provider, providerId, callId, `${turn}`].join('\n')
  return {
    root,
    bye: `${root}/bye`,
    turn: (providerId, place) =>
      `${root}/${place.callId}/${place.turn}/${signature(secret, audience, signed(providerId, place))}`,
    placeOf(providerId, callId, turn, seal) {
      if (!/^\d{1,6}$/.test(turn)) return undefined
      const place = { callId, turn: Number(turn) }
      return isSignature(seal, secret, audience, signed(providerId, place)) ? place : undefined
    },
    prompt: name => `${root}/prompt/${name}`,
  }
}
