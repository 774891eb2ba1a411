import { type AgentToken, dayCode, dayOf, isValid, type TokenHolder } from '../agent-token.ts'
import { isSignature, signature } from '../reply-token.ts'

/**
 * The signed parts of reply addresses about a case at a manufacturer: "v" for the manufacturer itself, "w" for one agent.
 * Families of their own: neither opens a ticket, and no customer's or agent's address for a ticket opens a case.
 */

/** The token for `{token}` in a letter to the manufacturer. */
export function caseToken(secret: string, caseNumber: string): string {
  const digits = caseNumber.slice(1)
  return `v${digits}-${signature(secret, 'vendor', digits)}`
}

/** The case number of a genuine address for a manufacturer, or undefined for anything else. */
export function caseNumberOf(secret: string, pattern: string, address: string): string | undefined {
  const [, digits = '', signed = ''] =
    /^v(\d{6,12})-([a-z2-9]{12})$/.exec(tokenIn(pattern, address) ?? '') ?? []
  return digits !== '' && isSignature(signed, secret, 'vendor', digits) ? `H${digits}` : undefined
}

/** The token for `{token}` in a notice to `agent` about a case; `number` is the case's. */
export function caseAgentToken(secret: string, { agent, number, issuedOn }: AgentToken): string {
  const day = dayCode(issuedOn)
  const digits = number.slice(1)
  return `w${digits}-${day}-${signature(secret, 'vendor-agent', signedPart(agent, digits, day))}`
}

/** What a genuine and valid agent's address about a case says; `number` is the case's. */
export function readCaseAgentToken(
  secret: string,
  pattern: string,
  address: string,
  today: Temporal.PlainDate,
  agents: readonly TokenHolder[],
): AgentToken | undefined {
  const match = /^w(\d{6,12})-([a-z2-9]{3})-([a-z2-9]{12})$/.exec(tokenIn(pattern, address) ?? '')
  const [, digits = '', day = '', signed = ''] = match ?? []
  const issuedOn = match ? dayOf(day) : undefined
  if (!issuedOn) return undefined
  const holder = agents.find(({ key }) =>
    isSignature(signed, secret, 'vendor-agent', signedPart(key, digits, day)),
  )
  if (!holder || !isValid(issuedOn, today, holder)) return undefined
  return { agent: holder.key, number: `H${digits}`, issuedOn }
}

function signedPart(agent: string, digits: string, day: string): string {
  return `${agent}\n${digits}\n${day}`
}

function tokenIn(pattern: string, address: string): string | undefined {
  const [before = '', after = ''] = pattern.toLowerCase().split('{token}')
  const candidate = address.toLowerCase()
  if (!candidate.startsWith(before) || !candidate.endsWith(after)) return undefined
  return candidate.slice(before.length, candidate.length - after.length)
}
