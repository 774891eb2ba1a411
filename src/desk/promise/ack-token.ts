import type { TokenHolder } from '../agent-token.ts'
import { isSignature, signature } from '../reply-token.ts'

/**
 * The signed part of the link with which somebody takes an escalation: good for one person, one escalation and a few
 * days. Of a family of its own: no reply address and no "call now" link is ever one of these, nor the other way round.
 * As there, the person is not named in it.
 */
export interface AckToken {
  /** Key of the agent in the configuration. */
  readonly agent: string
  /** UUID */
  readonly escalationId: string
}

/** How long a link lasts: over a long weekend. Afterwards a reply still works. */
export const ackLinkHours = 120

const audience = 'acknowledge'

/** Good up to, and at, `expiresAt`, of which whole seconds count. Letters, digits and hyphens only. */
export function ackToken(
  secret: string,
  { agent, escalationId, expiresAt }: AckToken & { readonly expiresAt: Temporal.Instant },
): string {
  const id = escalationId.replaceAll('-', '').toLowerCase()
  const until = Math.floor(expiresAt.epochMilliseconds / 1000).toString(36)
  return `${id}-${until}-${signature(secret, audience, signedPart(agent, id, until))}`
}

/** What a genuine and valid link says; undefined for one that is forged, expired or revoked by `tokensSince`. */
export function readAckToken(
  secret: string,
  token: string,
  now: Temporal.Instant,
  agents: readonly TokenHolder[],
): AckToken | undefined {
  const match = /^([0-9a-f]{32})-([0-9a-z]{1,9})-([a-z2-9]{12})$/.exec(token)
  if (!match) return undefined
  const [, id = '', until = '', signed = ''] = match
  const holder = agents.find(({ key }) => isSignature(signed, secret, audience, signedPart(key, id, until)))
  if (!holder) return undefined
  // Signed by us, so that it is a moment that exists.
  const expiresAt = Temporal.Instant.fromEpochMilliseconds(Number.parseInt(until, 36) * 1000)
  if (Temporal.Instant.compare(expiresAt, now) < 0 || isRevoked(expiresAt, holder)) return undefined
  return { agent: holder.key, escalationId: id.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-') }
}

/** Made before the day, in UTC, since which the tokens of its holder count. */
function isRevoked(expiresAt: Temporal.Instant, { tokensSince }: TokenHolder): boolean {
  if (!tokensSince) return false
  const since = tokensSince.toZonedDateTime('UTC').toInstant()
  return Temporal.Instant.compare(expiresAt, since.add({ hours: ackLinkHours })) < 0
}

function signedPart(agent: string, id: string, until: string): string {
  return `${agent}\n${id}\n${until}`
}
