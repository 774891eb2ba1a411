import type { TokenHolder } from '../agent-token.ts'
import { isSignature, signature } from '../reply-token.ts'

/**
 * The signed part of a "call now" link: good for one agent, one callback, and a few days. It opens a page that makes our
 * telephones ring, so it is of a family of its own: no reply address of this gateway is ever a link, nor the other way
 * round.
 *
 * As with reply addresses the agent is not named in it: a link travels through proxies' logs and forwarded mails, which
 * need not learn who may speak for the desk.
 */

export interface CallNowToken {
  /** Key of the agent in the configuration. */
  readonly agent: string
  /** UUID of the callback. */
  readonly callbackId: string
}

/** Good up to, and at, `expiresAt`, of which whole seconds count. Letters, digits and hyphens only. */
export function callNowToken(
  secret: string,
  { agent, callbackId, expiresAt }: CallNowToken & { readonly expiresAt: Temporal.Instant },
): string {
  const id = callbackId.replaceAll('-', '').toLowerCase()
  const until = Math.floor(expiresAt.epochMilliseconds / 1000).toString(36)
  return `${id}-${until}-${signature(secret, 'call-now', signedPart(agent, id, until))}`
}

/**
 * What a genuine and valid link says; undefined for one that is forged, expired or revoked. A link that lasts
 * `linkHours` and ends less than that after the day `tokensSince` of its agent was made before that day: revoked.
 */
export function readCallNowToken(
  secret: string,
  token: string,
  now: Temporal.Instant,
  agents: readonly TokenHolder[],
  linkHours = 72,
): CallNowToken | undefined {
  const match = /^([0-9a-f]{32})-([0-9a-z]{1,9})-([a-z2-9]{12})$/.exec(token)
  if (!match) return undefined
  const [, id = '', until = '', signed = ''] = match
  const holder = agents.find(({ key }) => isSignature(signed, secret, 'call-now', signedPart(key, id, until)))
  if (!holder) return undefined
  // Signed by us, so that it is a moment that exists.
  const expiresAt = Temporal.Instant.fromEpochMilliseconds(Number.parseInt(until, 36) * 1000)
  if (Temporal.Instant.compare(expiresAt, now) < 0 || isRevoked(expiresAt, holder, linkHours))
    return undefined
  return { agent: holder.key, callbackId: id.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-') }
}

/** The day is that of UTC: agents of one gateway live in different zones, and a link on the edge is written anew. */
function isRevoked(expiresAt: Temporal.Instant, { tokensSince }: TokenHolder, linkHours: number): boolean {
  if (!tokensSince) return false
  const since = tokensSince.toZonedDateTime('UTC').toInstant()
  return Temporal.Instant.compare(expiresAt, since.add({ hours: linkHours })) < 0
}

function signedPart(agent: string, id: string, until: string): string {
  return `${agent}\n${id}\n${until}`
}
