import { PermanentFailure, TransientFailure } from '../../../desk/failure.ts'

/**
 * What went wrong with a mail server, told by structured codes and never by the words of a server, which are in any
 * language. A wrong password and a lost line must not look alike: one is knocked on again, the other locks the account.
 */
interface Evidence {
  readonly code?: unknown
  readonly authenticationFailed?: unknown
  readonly serverResponseCode?: unknown
  readonly responseStatus?: unknown
  readonly responseText?: unknown
  readonly mailboxMissing?: unknown
  readonly tlsFailed?: unknown
}

/** RFC 5530, 3: a login that was refused for reasons that pass. */
const passingLoginCodes = new Set(['UNAVAILABLE', 'INUSE', 'LIMIT', 'SERVERBUG'])
/** imapflow marks a login as failed also when the line was cut in the middle of it; these codes give that away. */
const brokenLineCodes = new Set([
  'NoConnection',
  'EConnectionClosed',
  'StateLogout',
  'ECONNRESET',
  'EPIPE',
  'ETIMEOUT',
])
const timeoutCodes = new Set([
  'CONNECT_TIMEOUT',
  'GREETING_TIMEOUT',
  'UPGRADE_TIMEOUT',
  'ETIMEOUT',
  'ETIMEDOUT',
])
/** OpenSSL's and Node's names for a certificate or handshake that will not do. */
const tlsCode =
  /^(ERR_TLS_|ERR_SSL_|CERT_|CRL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH|EPROTO$|STARTTLS_INJECTION$)/

function evidenceOf(error: unknown): Evidence {
  return typeof error === 'object' && error !== null ? error : {}
}

function loginRefused(evidence: Evidence): boolean {
  if (evidence.authenticationFailed !== true) return false
  if (brokenLineCodes.has(String(evidence.code))) return false
  return !passingLoginCodes.has(String(evidence.serverResponseCode))
}

/**
 * The failure for anything imapflow throws while doing `what`. `auth`, `tls` and `missing-folder` are permanent: a human
 * must look. A failure that has been told already is passed on.
 */
export function imapFailure(error: unknown, what: string): TransientFailure | PermanentFailure {
  if (error instanceof TransientFailure || error instanceof PermanentFailure) return error
  const evidence = evidenceOf(error)
  const code = String(evidence.code)
  if (loginRefused(evidence)) {
    // The server's words are left out here: some servers repeat the command, password and all.
    const reason = evidence.serverResponseCode === undefined ? '' : `: ${String(evidence.serverResponseCode)}`
    return new PermanentFailure('auth', `the login was refused${reason} (${what})`, error)
  }
  if (evidence.tlsFailed === true || tlsCode.test(code)) {
    return new PermanentFailure('tls', `TLS could not be set up: ${code} (${what})`, error)
  }
  if (evidence.mailboxMissing === true) {
    return new PermanentFailure('missing-folder', `the folder does not exist (${what})`, error)
  }
  if (timeoutCodes.has(code))
    return new TransientFailure('timeout', `no answer in time: ${code} (${what})`, error)
  if (evidence.responseStatus === 'NO' || evidence.responseStatus === 'BAD') {
    const words = String(evidence.responseText ?? '').slice(0, 200)
    return new TransientFailure(
      'protocol',
      `the server answered ${evidence.responseStatus} ${words} (${what})`,
      error,
    )
  }
  return new TransientFailure('network', `the connection failed: ${code} (${what})`, error)
}
