import { createHmac } from 'node:crypto'

/**
 * The secret by which an endpoint knows our hand (Standard Webhooks). It is made from the gateway's own and stored
 * nowhere: neither a copy of the database nor its backup can sign. Whoever changes the gateway's secret changes these.
 */

/** Hours for which the secret before a change still signs beside the new one. */
export const formerHours = 24

export interface SecretTurn {
  /** Of the endpoint. */
  readonly id: string
  /** Counts the changes, from 1. */
  readonly secretTurn: number
  readonly turnedAt: Temporal.Instant | null
}

/** As a receiver is given it: "whsec_" and 32 bytes in base64. */
export function webhookSecret(secret: string, { id, secretTurn }: Omit<SecretTurn, 'turnedAt'>): string {
  const bytes = createHmac('sha256', secret).update(`webhook\n${id}\n${secretTurn}`).digest()
  return `whsec_${bytes.toString('base64')}`
}

/** All that are good `now`, the newest first. */
export function secretsToSignWith(secret: string, turn: SecretTurn, now: Temporal.Instant): string[] {
  const newest = webhookSecret(secret, turn)
  const until = turn.turnedAt?.add({ hours: formerHours })
  if (!until || turn.secretTurn < 2 || Temporal.Instant.compare(now, until) >= 0) return [newest]
  return [newest, webhookSecret(secret, { id: turn.id, secretTurn: turn.secretTurn - 1 })]
}
