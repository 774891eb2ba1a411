import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * The signed part of a reply address, such as support+t1004711-k3f9x2abq7wd@example.com. A mail that carries it
 * belongs to that ticket, whatever its client did to the headers. The signature is what a stranger who knows a
 * ticket number lacks: 60 bits of HMAC-SHA-256, in letters and digits that survive any change of case.
 */

const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789'
const length = 12

/** What proves that this gateway wrote `signed`. Each use has an audience of its own: one is never good for another. */
export function signature(secret: string, audience: string, signed: string): string {
  const digest = createHmac('sha256', secret).update(`${audience}\n${signed}`).digest()
  let out = ''
  for (let i = 0; i < length; i++) out += alphabet[(digest[i] ?? 0) % alphabet.length]
  return out
}

/** In constant time. `candidate` may be of any length. */
export function isSignature(candidate: string, secret: string, audience: string, signed: string): boolean {
  const expected = Buffer.from(signature(secret, audience, signed))
  const given = Buffer.from(candidate)
  return given.length === expected.length && timingSafeEqual(given, expected)
}

/** The token for `{token}` of a mailbox's replyAddress, for a customer's replies to this ticket. */
export function replyToken(secret: string, ticketNumber: string): string {
  return `t${ticketNumber}-${signature(secret, 'customer', ticketNumber)}`
}

/** The ticket number of a genuine reply address made from `pattern`, or undefined for anything else. */
export function ticketNumberOf(secret: string, pattern: string, address: string): string | undefined {
  const [before = '', after = ''] = pattern.toLowerCase().split('{token}')
  const candidate = address.toLowerCase()
  if (!candidate.startsWith(before) || !candidate.endsWith(after)) return undefined
  const token = candidate.slice(before.length, candidate.length - after.length)
  const match = /^t(\d{7,12})-([a-z2-9]{12})$/.exec(token)
  if (!match) return undefined
  const [, number = '', signed = ''] = match
  return isSignature(signed, secret, 'customer', number) ? number : undefined
}
