import { randomUUID } from 'node:crypto'
import twilio from 'twilio'
import { withoutSlash } from '../public-url.ts'
import { addressesOf } from './addresses.ts'
import { type Fields, field } from './fields.ts'
import type { TwilioConfig } from './twilio-config.ts'

/** Whether what Twilio sends to the public address arrives here, and is believed. */
export type SelfTest =
  | { readonly ok: true }
  /** Nothing answers there, or not in time. */
  | { readonly ok: false; readonly why: 'unreachable'; readonly detail: string }
  /** This gateway answers, but does not believe the signature: `publicUrl` or a path in front of it is not as configured. */
  | { readonly ok: false; readonly why: 'signature' }
  /** It is sent on to another address: Twilio's signature is for the first. */
  | { readonly ok: false; readonly why: 'redirected'; readonly to: string }
  /** Something else answers there. */
  | { readonly ok: false; readonly why: 'another'; readonly status: number }

const seconds = 10
const greeting = 'intake-gateway'

/** Signs a request as Twilio does and sends it through the public address to this gateway, which has to run. */
export async function selfTest(
  publicUrl: string,
  providerKey: string,
  config: TwilioConfig,
): Promise<SelfTest> {
  const url = addressesOf(withoutSlash(publicUrl), providerKey).selfTest
  const fields = { Nonce: randomUUID() }
  let response: Response
  let body: string
  try {
    response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'x-twilio-signature': twilio.getExpectedTwilioSignature(config.authToken, url, fields) },
      body: new URLSearchParams(fields),
      signal: AbortSignal.timeout(seconds * 1000),
    })
    body = (await response.text()).slice(0, 200)
  } catch (error) {
    return { ok: false, why: 'unreachable', detail: reasonOf(error) }
  }
  if (response.ok && body === selfTestAnswer(fields)) return { ok: true }
  const to = response.headers.get('location')
  if (to !== null) return { ok: false, why: 'redirected', to: to.slice(0, 200) }
  if (response.status === 403 && body === '') return { ok: false, why: 'signature' }
  return { ok: false, why: 'another', status: response.status }
}

/** Only who could sign gets this far, so that repeating his word gives nothing away. */
export function selfTestAnswer(fields: Fields): string {
  return `${greeting} ${field(fields, 'Nonce').slice(0, 64)}`
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code
  return cause instanceof Error ? cause.name : 'unknown'
}
