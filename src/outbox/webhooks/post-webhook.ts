import { type LookupAddress, lookup as systemLookup } from 'node:dns'
import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { LookupFunction } from 'node:net'
import { Webhook } from 'standardwebhooks'
import type { Posted } from '../../desk/webhooks/after-posting.ts'
import { isException, targetFault } from '../../desk/webhooks/target.ts'
import { isPublicAddress } from './public-address.ts'

/** Posts one event, signed after Standard Webhooks, and believes of the answer nothing but its status. */

export interface SignedPost {
  readonly url: string
  /** webhook-id: the same at every try. */
  readonly id: string
  readonly body: string
  /** Each signs: two for a day after a change. */
  readonly secrets: readonly string[]
  /** Of this try. */
  readonly at: Temporal.Instant
}

export type PostWebhook = (post: SignedPost) => Promise<Posted>

type Resolve = (host: string) => Promise<readonly LookupAddress[]>

const resolveBySystem: Resolve = host =>
  new Promise((done, failed) =>
    systemLookup(host, { all: true }, (error, addresses) => (error ? failed(error) : done(addresses))),
  )

/** More of an answer is not read. */
const mostBytes = 64 * 1024

/** Never throws: whatever goes wrong outside is the endpoint's answer. */
export function webhookPoster({
  hosts,
  timeoutMs = 10_000,
  resolve = resolveBySystem,
}: {
  /** Exceptions of the configuration. */
  readonly hosts: readonly string[]
  /** For all of it: names, connection, TLS, answer. */
  readonly timeoutMs?: number
  readonly resolve?: Resolve
}): PostWebhook {
  return async post => {
    const fault = targetFault(post.url, hosts)
    if (fault) return { failed: `not sent: ${fault.problem}` }
    const url = new URL(post.url)
    const lookup = pinned(resolve, isException(url, hosts))
    const signal = AbortSignal.timeout(timeoutMs)
    const begin = url.protocol === 'https:' ? httpsRequest : httpRequest
    // No agent: a connection that is kept would outlive the look at its address.
    return answered(
      begin(url, { method: 'POST', headers: headersOf(post), agent: false, lookup, signal }),
      post,
    )
  }
}

function headersOf({ id, body, secrets, at }: SignedPost): Record<string, string> {
  const moment = new Date(at.epochMilliseconds)
  return {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    'user-agent': 'Intake-Gateway-Webhooks/1',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.epochMilliseconds / 1000)),
    'webhook-signature': secrets.map(secret => new Webhook(secret).sign(id, moment, body)).join(' '),
  }
}

/** The connection goes to the addresses that were looked at, and to no others: a name may resolve anew at any time. */
function pinned(resolve: Resolve, mayBePrivate: boolean): LookupFunction {
  return (host, options, done) => {
    resolve(host).then(
      addresses => {
        const [first] = addresses
        if (!first) return done(new Error('no address'), '')
        if (!mayBePrivate && addresses.some(({ address }) => !isPublicAddress(address)))
          return done(new PrivateAddress('private address'), '')
        return options.all ? done(null, [...addresses]) : done(null, first.address, first.family)
      },
      (error: Error) => done(error, ''),
    )
  }
}

class PrivateAddress extends Error {}

function answered(request: ClientRequest, { body }: SignedPost): Promise<Posted> {
  return new Promise(done => {
    request.on('response', response => {
      drain(response)
      const retryAfter = Number(response.headers['retry-after'])
      // Redirects are not followed: they would lead past the look at the address.
      done({
        status: response.statusCode ?? 0,
        ...(Number.isInteger(retryAfter) && retryAfter > 0 ? { retryAfterSeconds: retryAfter } : {}),
      })
    })
    request.on('error', error => done({ failed: failureWords(error) }))
    request.end(body)
  })
}

/** A polite end for an ordinary answer; one that goes on and on is cut off, by size here and by time with the signal. */
function drain(response: IncomingMessage): void {
  let bytes = 0
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > mostBytes) response.destroy()
  })
  response.on('error', () => response.destroy())
}

function failureWords(error: Error): string {
  if (error instanceof PrivateAddress) return 'not sent: its name leads to a private address'
  if (error.name === 'AbortError' || error.name === 'TimeoutError') return 'timeout'
  const { code } = error as { readonly code?: unknown }
  return typeof code === 'string' ? code : 'no connection'
}
