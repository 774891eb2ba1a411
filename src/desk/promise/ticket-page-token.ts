import type { TokenHolder } from '../agent-token.ts'
import { isSignature, signature } from '../reply-token.ts'

/**
 * The signed part of the link to a ticket's page: good for one agent, one ticket and a few days. Of a family of its own:
 * no reply address and no link of another page is ever one of these, nor the other way round. As there, the agent is not
 * named in it.
 */
export interface TicketPageToken {
  /** Key of the agent in the configuration. */
  readonly agent: string
  /** Digits only, as the ledger has it. */
  readonly number: string
}

/** How long a link lasts. Afterwards the next letter about the ticket brings another one, and commands by mail work on. */
export const ticketPageHours = 72

const audience = 'ticket-page'

/** Good up to, and at, `expiresAt`, of which whole seconds count. Letters, digits and hyphens only. */
export function ticketPageToken(
  secret: string,
  { agent, number, expiresAt }: TicketPageToken & { readonly expiresAt: Temporal.Instant },
): string {
  const until = Math.floor(expiresAt.epochMilliseconds / 1000).toString(36)
  return `${number}-${until}-${signature(secret, audience, signedPart(agent, number, until))}`
}

/** What a genuine and valid link says; undefined for one that is forged, expired or revoked by `tokensSince`. */
export function readTicketPageToken(
  secret: string,
  token: string,
  now: Temporal.Instant,
  agents: readonly TokenHolder[],
): TicketPageToken | undefined {
  const match = /^(\d{1,20})-([0-9a-z]{1,9})-([a-z2-9]{12})$/.exec(token)
  if (!match) return undefined
  const [, number = '', until = '', signed = ''] = match
  const holder = agents.find(({ key }) =>
    isSignature(signed, secret, audience, signedPart(key, number, until)),
  )
  if (!holder) return undefined
  // Signed by us, so that it is a moment that exists.
  const expiresAt = Temporal.Instant.fromEpochMilliseconds(Number.parseInt(until, 36) * 1000)
  if (Temporal.Instant.compare(expiresAt, now) < 0 || isRevoked(expiresAt, holder)) return undefined
  return { agent: holder.key, number }
}

/** Made before the day, in UTC, since which the tokens of its holder count. */
function isRevoked(expiresAt: Temporal.Instant, { tokensSince }: TokenHolder): boolean {
  if (!tokensSince) return false
  const since = tokensSince.toZonedDateTime('UTC').toInstant()
  return Temporal.Instant.compare(expiresAt, since.add({ hours: ticketPageHours })) < 0
}

function signedPart(agent: string, number: string, until: string): string {
  return `${agent}\n${number}\n${until}`
}
