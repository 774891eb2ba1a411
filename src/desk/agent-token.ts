import { isSignature, signature } from './reply-token.ts'

/**
 * The signed part of the reply address in a notice to one agent, such as support+a1004711-c7k-k3f9x2abq7wd@example.com:
 * good for this agent, this ticket and ninety days. It is the first of the three proofs that an agent speaks, and of a
 * family of its own: the customer's address for the same ticket never opens the agents' door, nor the other way round.
 *
 * The agent is not named in it: a forwarded notice would show strangers who may speak, and the local part has 64
 * characters. Reading tries the configured agents instead; there are tens of them.
 */

const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789'
/** Days are counted from here in three characters of 32: enough until 2109. */
const firstDay = Temporal.PlainDate.from('2020-01-01')
/** Days for which a notice may be answered; older ones are answered from the ticket's newest notice. */
export const agentTokenDays = 90

export interface AgentToken {
  /** Key of the agent in the configuration. */
  readonly agent: string
  /** Ticket number. */
  readonly number: string
  readonly issuedOn: Temporal.PlainDate
}

/** An agent whose reply addresses count. Those issued before `tokensSince` are revoked. */
export interface TokenHolder {
  readonly key: string
  readonly tokensSince?: Temporal.PlainDate | undefined
}

/** The token for `{token}` of a mailbox's replyAddress, in a notice to `agent` about this ticket. */
export function agentToken(secret: string, { agent, number, issuedOn }: AgentToken): string {
  const day = dayCode(issuedOn)
  return `a${number}-${day}-${signature(secret, 'agent', signedPart(agent, number, day))}`
}

/** What a genuine and valid agent's address says; undefined for one that is forged, expired, revoked or no such address. */
export function readAgentToken(
  secret: string,
  pattern: string,
  address: string,
  today: Temporal.PlainDate,
  agents: readonly TokenHolder[],
): AgentToken | undefined {
  const [before = '', after = ''] = pattern.toLowerCase().split('{token}')
  const candidate = address.toLowerCase()
  if (!candidate.startsWith(before) || !candidate.endsWith(after)) return undefined
  const token = candidate.slice(before.length, candidate.length - after.length)
  const match = /^a(\d{7,12})-([a-z2-9]{3})-([a-z2-9]{12})$/.exec(token)
  if (!match) return undefined
  const [, number = '', day = '', signed = ''] = match
  const issuedOn = dayOf(day)
  const holder = agents.find(({ key }) => isSignature(signed, secret, 'agent', signedPart(key, number, day)))
  if (!issuedOn || !holder || !isValid(issuedOn, today, holder)) return undefined
  return { agent: holder.key, number, issuedOn }
}

function signedPart(agent: string, number: string, day: string): string {
  return `${agent}\n${number}\n${day}`
}

/** An address made on this day is still good for this agent. A day of grace towards the future: agents and gateways live in different time zones. */
export function isValid(
  issuedOn: Temporal.PlainDate,
  today: Temporal.PlainDate,
  holder: TokenHolder,
): boolean {
  const age = issuedOn.until(today).days
  const revoked = holder.tokensSince && Temporal.PlainDate.compare(issuedOn, holder.tokensSince) < 0
  return age >= -1 && age <= agentTokenDays && !revoked
}

/** A day in three characters. */
export function dayCode(day: Temporal.PlainDate): string {
  const count = firstDay.until(day).days
  if (count < 0 || count >= alphabet.length ** 3) throw new RangeError(`no reply address is made on ${day}`)
  const digits = [count >> 10, (count >> 5) & 31, count & 31]
  return digits.map(digit => alphabet[digit] ?? '').join('')
}

/** The day of such a code; undefined where it is none. */
export function dayOf(code: string): Temporal.PlainDate | undefined {
  const digits = [...code].map(char => alphabet.indexOf(char))
  if (digits.includes(-1)) return undefined
  const count = digits.reduce((sum, digit) => sum * alphabet.length + digit, 0)
  return firstDay.add({ days: count })
}
