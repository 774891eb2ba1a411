import type { TokenHolder } from './agent-token.ts'
import { isSignature, signature } from './reply-token.ts'

/**
 * What opens the agents' pages: the link that a letter brings, good for a quarter of an hour, and the cookie that it is
 * changed for, good for a working day. Each is a family of its own: no link is ever a cookie, and neither is a reply
 * address or another page's link. As there, the agent is not named in it.
 */
export type DeskKeyUse = 'sign-in' | 'session'

/** How long one lasts, in minutes. */
export const deskKeyMinutes: Readonly<Record<DeskKeyUse, number>> = { 'sign-in': 15, session: 12 * 60 }

/** When a key that is made `at` ends. */
export function deskKeyEnd(use: DeskKeyUse, at: Temporal.Instant): Temporal.Instant {
  return at.add({ minutes: deskKeyMinutes[use] })
}

/** Good for one agent up to, and at, `expiresAt`, of which whole seconds count. Letters, digits and a hyphen only. */
export function deskKey(secret: string, use: DeskKeyUse, agent: string, expiresAt: Temporal.Instant): string {
  const until = Math.floor(expiresAt.epochMilliseconds / 1000).toString(36)
  return `${until}-${signature(secret, `desk-${use}`, `${agent}\n${until}`)}`
}

/**
 * The key of the agent whose it is; undefined for one that is forged, over, revoked by `tokensSince`, or of somebody who
 * is not among `agents` any more.
 */
export function readDeskKey(
  secret: string,
  use: DeskKeyUse,
  key: string,
  now: Temporal.Instant,
  agents: readonly TokenHolder[],
): string | undefined {
  const match = /^([0-9a-z]{1,9})-([a-z2-9]{12})$/.exec(key)
  if (!match) return undefined
  const [, until = '', signed = ''] = match
  const holder = agents.find(one => isSignature(signed, secret, `desk-${use}`, `${one.key}\n${until}`))
  if (!holder) return undefined
  // Signed by us, so that it is a moment that exists.
  const expiresAt = Temporal.Instant.fromEpochMilliseconds(Number.parseInt(until, 36) * 1000)
  if (Temporal.Instant.compare(expiresAt, now) < 0) return undefined
  const madeAt = expiresAt.subtract({ minutes: deskKeyMinutes[use] })
  const since = holder.tokensSince?.toZonedDateTime('UTC').toInstant()
  return since && Temporal.Instant.compare(madeAt, since) < 0 ? undefined : holder.key
}
