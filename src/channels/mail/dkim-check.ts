import { dkimVerify } from 'mailauth/lib/dkim/verify.js'
import type { Authentication } from '../../desk/mail-content.ts'
import { coversDomain } from '../../desk/sender-proof.ts'

/**
 * Our own look at a DKIM signature (RFC 6376), for mailboxes whose server reports nothing. Stricter than a relay has to
 * be: who passes here may speak for the company.
 */

/** Asks the DNS for records of one type, as node:dns does. */
export type Resolve = (name: string, type: string) => Promise<string[][] | string[]>

export interface DkimOptions {
  readonly resolve: Resolve
  readonly now: Temporal.Instant
  /** For all look-ups of one mail together. */
  readonly timeoutMs: number
}

/** More signatures than any honest chain of relays adds; each may cost a look-up. */
const signatureLimit = 10

/** What the library returns; its own declaration of it lags behind. */
interface Checked {
  readonly signingDomain?: string
  readonly algo?: string
  readonly rr?: string
  readonly canonBodyLengthLimited?: boolean
  readonly signatureTimeValid?: boolean
  readonly signingHeaders?: { readonly keys: string }
  readonly status: { readonly result: string }
}

/**
 * `pass` where a signature of the domain in From, or of a parent, is good and covers From, To and the whole text; a
 * signature that covers less could be put around other words or another recipient. `unknown` where the DNS did not
 * answer in time. Never rejects.
 */
export async function checkDkim(
  raw: Buffer,
  signatures: readonly string[],
  { fromDomain, from }: Authentication,
  options: DkimOptions,
): Promise<Authentication['dkim']> {
  if (fromDomain === null || signatures.length === 0) return 'none'
  if (signatures.length > signatureLimit || signatures.some(coversPart)) return 'fail'
  const asking = askingOnlyFor(fromDomain, options)
  try {
    const { results, headerFrom } = await dkimVerify(raw, {
      resolver: asking.resolve,
      minBitLength: 1024,
      curTime: new Date(options.now.epochMilliseconds),
    })
    if (headerFrom.length !== 1 || headerFrom[0]?.toLowerCase() !== from[0]) return 'fail'
    const checked = results as unknown as readonly Checked[]
    const own = checked.filter(({ signingDomain = '' }) =>
      coversDomain(signingDomain.toLowerCase(), fromDomain),
    )
    if (own.some(isSound)) return 'pass'
    if (own.some(({ status }) => status.result === 'temperror')) return 'unknown'
    return own.length > 0 ? 'fail' : 'none'
  } catch {
    // Only the parsing of a stranger's signature can fail here; whatever it was, nothing has been proven.
    return 'fail'
  } finally {
    asking.stop()
  }
}

/** l=: the signature ends before the text does (RFC 6376, 8.2). */
function coversPart(signature: string): boolean {
  return /(?:^|;)\s*l\s*=/i.test(signature)
}

function isSound({ status, algo = '', rr = '', signingHeaders, ...rest }: Checked): boolean {
  const covered = (signingHeaders?.keys ?? '')
    .toLowerCase()
    .split(':')
    .map(key => key.trim())
  return (
    status.result === 'pass' &&
    // RFC 8301: SHA-1 proves nothing any more.
    /^(rsa|ed25519)-sha256$/i.test(algo) &&
    rest.canonBodyLengthLimited === false &&
    rest.signatureTimeValid === true &&
    ['from', 'to'].every(name => covered.includes(name)) &&
    // RFC 6376, 3.6.1: t=y is a domain's test of its own signatures.
    !/(?:^|;)t=[^;]*y/i.test(rr)
  )
}

/** Only keys of the domain in From are looked up: a stranger's mail must not make us ask the servers of its choice. */
function askingOnlyFor(fromDomain: string, { resolve, timeoutMs }: DkimOptions) {
  const timeout = new AbortController()
  const timer = setTimeout(() => timeout.abort(), timeoutMs)
  const late = new Promise<never>((_, reject) => {
    timeout.signal.addEventListener('abort', () => reject(dnsError('ETIMEOUT')), { once: true })
  })
  // Somebody may have stopped waiting before the time is up.
  late.catch(() => undefined)
  return {
    resolve: async (name: string, type: string) => {
      const domain = name.toLowerCase().split('._domainkey.')[1] ?? ''
      if (!coversDomain(domain, fromDomain)) throw dnsError('ENOTFOUND')
      return Promise.race([resolve(name, type), late])
    },
    stop: () => clearTimeout(timer),
  }
}

function dnsError(code: string): Error {
  return Object.assign(new Error(code), { code })
}
