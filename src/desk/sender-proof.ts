import type { Authentication, AuthResult, Mailbox } from './mail-content.ts'

/** Whether the mail really comes from the domain in its From. Missing or temporary results are unknown, and no proof. */
export type SenderProof =
  | { readonly proven: true; readonly because: string }
  | { readonly proven: false; readonly because: string }

/**
 * DMARC passed for the domain in From; or SPF and DKIM both passed and belong to it; or our own look at the DKIM
 * signature did. An outright DMARC failure beats them all: it comes from a server that saw more than we do.
 */
export function proveSender(authentication: Authentication): SenderProof {
  const { fromDomain, results, internal, dkim } = authentication
  if (!fromDomain) return { proven: false, because: 'From names no single address' }
  const dmarc = results.filter(({ method }) => method === 'dmarc')
  const failed = dmarc.find(({ result }) => result === 'fail' || result === 'permerror')
  if (failed) return { proven: false, because: `the mail server reports dmarc=${failed.result}` }
  if (internal) return { proven: true, because: 'Microsoft 365 says that it comes from within the tenant' }
  const aligned = (method: string) =>
    results.some(one => one.method === method && one.result === 'pass' && isAligned(one, fromDomain))
  if (aligned('dmarc'))
    return { proven: true, because: `the mail server reports dmarc=pass for ${fromDomain}` }
  if (aligned('spf') && aligned('dkim'))
    return { proven: true, because: `the mail server reports that SPF and DKIM of ${fromDomain} passed` }
  if (dkim === 'pass') return { proven: true, because: `its DKIM signature of ${fromDomain} is genuine` }
  return { proven: false, because: `${reported(results)}; its DKIM signature: ${dkim}` }
}

function reported(results: readonly AuthResult[]): string {
  if (results.length === 0) return 'no trusted mail server has reported on its sender'
  const words = results
    .slice(0, 10)
    .map(({ method, result, domain }) => `${method}=${result} (${domain ?? '?'})`)
  return `the mail server reports ${words.join(', ')}`
}

function isAligned({ domain }: AuthResult, fromDomain: string): boolean {
  return domain !== null && coversDomain(domain, fromDomain)
}

/**
 * `domain` is `fromDomain` or a parent of it. Whoever holds a parent domain holds what is below it; the other way round,
 * as relaxed DMARC alignment allows it, would need the list of public suffixes and let every subdomain speak for its
 * parent. A top-level domain covers nothing. Both in ASCII and lower case.
 */
export function coversDomain(domain: string, fromDomain: string): boolean {
  return domain.includes('.') && (fromDomain === domain || fromDomain.endsWith(`.${domain}`))
}

/** A person whose name or address a forger might put on. */
export interface KnownPerson {
  readonly name: string
  readonly addresses: readonly string[]
}

/**
 * What is odd about a display name: an address that is not the sender's, or the name of an agent on another address. Mail
 * programs on telephones show nothing else. Told, never trusted or refused: two people may share a name.
 */
export function displayNameFlags(from: Mailbox, agents: readonly KnownPerson[]): readonly string[] {
  const address = from.address.toLowerCase()
  const name = plainName(from.name)
  const flags: string[] = []
  const inside = /[^\s<>@"']{1,64}@[^\s<>@"']{1,255}/.exec(from.name.slice(0, 1000).toLowerCase())?.[0]
  if (inside && inside !== address) flags.push('the display name contains another address')
  const imitated = agents.find(
    agent => plainName(agent.name) === name && !agent.addresses.some(own => own.toLowerCase() === address),
  )
  if (imitated && name !== '') flags.push('the display name is that of an agent')
  return flags
}

/** Without accents, punctuation and order, so that "Petersen, Anna" is Anna Petersen. */
function plainName(name: string): string {
  const words = name
    .slice(0, 1000)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .match(/[\p{L}\d]+/gu)
  return (words ?? []).toSorted().join(' ')
}
