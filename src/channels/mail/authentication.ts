import { domainToASCII } from 'node:url'
import type { Authentication } from '../../desk/mail-content.ts'
import { mailboxes } from './header/addresses.ts'
import { readAuthResults } from './header/auth-results.ts'
import type { HeaderFields } from './mime/header-fields.ts'

/**
 * Who really sent a mail, as far as its header and its servers can tell. Reading a mail yields the bare facts of From and
 * Sender; only `authenticate` looks for proof, because it needs to know which servers are ours, and perhaps the DNS.
 */

/** Which reports on a sender count for one mailbox; the `authentication` section of its configuration. */
export interface TrustedReports {
  /** Names under which our own mail servers write Authentication-Results. */
  readonly trusted: readonly string[]
  /** Our Microsoft 365 tenant, where the mailbox is in it. */
  readonly tenant?: string | undefined
}

/** What the header says about who wrote the mail, before anybody has vouched for it. */
export function unauthenticated(fields: HeaderFields): Authentication {
  const from = addressesOf(fields, 'from')
  const [only = '', ...more] = from
  return {
    from,
    fromDomain: more.length === 0 ? domainOf(only) : null,
    sender: addressesOf(fields, 'sender'),
    results: [],
    internal: false,
    dkim: 'unknown',
  }
}

/** The same with what the trusted servers report. */
export function withReports(
  authentication: Authentication,
  fields: HeaderFields,
  reports: TrustedReports,
): Authentication {
  return {
    ...authentication,
    results: readAuthResults(fields, reports.trusted, reports.tenant !== undefined),
    internal: isInternal(fields, reports.tenant),
  }
}

/**
 * Exchange Online removes these fields from what comes from outside and writes them itself; another server would let a
 * forger's through. So they count only where the mailbox is configured as one of that tenant, and only if they are there
 * once: a second one is somebody's attempt.
 */
function isInternal(fields: HeaderFields, tenant: string | undefined): boolean {
  if (tenant === undefined) return false
  const is = (name: string, value: string) => {
    const values = fields.all(name)
    return values.length === 1 && values[0]?.trim().toLowerCase() === value.toLowerCase()
  }
  return is('x-ms-exchange-organization-authas', 'internal') && is('x-ms-exchange-crosstenant-id', tenant)
}

function addressesOf(fields: HeaderFields, name: string): readonly string[] {
  return mailboxes(fields.all(name)).map(({ address }) => address.toLowerCase())
}

function domainOf(address: string): string | null {
  const at = address.lastIndexOf('@')
  return at < 1 ? null : domainToASCII(address.slice(at + 1)).replace(/\.$/, '') || null
}
