import { createHash, timingSafeEqual } from 'node:crypto'
import type { Config } from '../../config/schema.ts'
import { Problem } from './problem.ts'
import type { ApiClient, Scope } from './route.ts'

/** Who asks: found by the token, and held to its own pace. */

const digest = (text: string) => createHash('sha256').update(text).digest()

/**
 * The client that this Authorization header belongs to. All tokens are compared, each in the same time, so that neither a
 * client nor a part of a token can be guessed by the clock. Throws Problem.
 */
export function authenticator(config: Config): (authorization: string | undefined) => ApiClient {
  const clients = Object.entries(config.api.clients).map(([key, client]) => ({
    client: { key, config: client },
    digest: digest(client.token),
  }))
  return authorization => {
    const token = /^bearer +([\w.~+/=-]{1,1000}) *$/i.exec(authorization ?? '')?.[1]
    if (token === undefined)
      throw unauthenticated('Send the header "Authorization: Bearer …" with the token of your client.')
    const sent = digest(token)
    const found = clients.filter(one => timingSafeEqual(one.digest, sent))
    if (!found[0])
      throw unauthenticated('The token belongs to no client of this gateway; it may have been changed.')
    return found[0].client
  }
}

function unauthenticated(detail: string): Problem {
  return new Problem('not-authenticated', detail, {
    headers: { 'www-authenticate': 'Bearer realm="intake-gateway"' },
  })
}

/** Throws Problem unless the client may. */
export function demand({ config }: ApiClient, scope: Scope): void {
  if (config.may.includes(scope)) return
  throw new Problem(
    'not-allowed',
    `The configuration does not let this client "${scope}"; it may: ${config.may.join(', ')}.`,
  )
}

/** Whether a client sees tickets of this department. */
export function seesGroup({ config }: ApiClient, group: string): boolean {
  return config.groups === undefined || config.groups.includes(group)
}

export interface Pace {
  /** Of the client, as headers say it. */
  readonly left: number
}

/**
 * A bucket for each client, of this process: `perMinute` requests at once and as many in every minute after. With
 * several gateways behind a balancer a client gets as much from each.
 */
export class Paces {
  readonly #buckets = new Map<string, { left: number; at: Temporal.Instant }>()

  /** Takes one request out; throws Problem with Retry-After when there is none left. */
  take({ key, config: { perMinute } }: ApiClient, now: Temporal.Instant): Pace {
    const before = this.#buckets.get(key) ?? { left: perMinute, at: now }
    const elapsed = Math.max(0, now.since(before.at).total('seconds'))
    const left = Math.min(perMinute, before.left + (elapsed * perMinute) / 60)
    if (left < 1) {
      const seconds = Math.max(1, Math.ceil(((1 - left) * 60) / perMinute))
      throw new Problem(
        'too-many-requests',
        `This client may send ${perMinute} requests in a minute. Come again in ${seconds} s.`,
        { headers: { 'retry-after': String(seconds) } },
      )
    }
    this.#buckets.set(key, { left: left - 1, at: now })
    return { left: Math.floor(left - 1) }
  }
}
