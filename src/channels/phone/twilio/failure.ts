import { PermanentFailure, TransientFailure } from '../../../desk/failure.ts'
import { maskNumber } from '../../../desk/phone/numbers.ts'

/** What a failed request to Twilio means. */

/** Nothing left this machine, or nobody took it. */
const neverSent = new Set([
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'EPROTO'],
  ...['CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN'],
  ...['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'ERR_TLS_CERT_ALTNAME_INVALID'],
])

/** Told to come back later, before anything was done. */
const notNow = new Set([429, 503])

/**
 * `twice`: what to make of a request that may have been carried out. One that has the same effect twice is simply tried
 * again; for a call or a text that is what must not happen, so it is `unsure`. A proxy's page in place of an answer has
 * none of Twilio's fields: the status alone decides.
 */
export function failureOf(
  error: unknown,
  what: string,
  twice: 'harmless' | 'unsure',
): TransientFailure | PermanentFailure {
  if (error instanceof TransientFailure || error instanceof PermanentFailure) return error
  const { status, code, message } = signs(error)
  if (status === undefined) {
    const known = code !== undefined && neverSent.has(String(code))
    const said = `Twilio could not be reached to ${what}${code === undefined ? '' : ` (${code})`}.`
    return new TransientFailure(known || twice === 'harmless' ? 'phone' : 'unsure', said)
  }
  const said = `Twilio answered ${status} when asked to ${what}${code === undefined ? '' : `: ${code}`}${message}.`
  if (notNow.has(status)) return new TransientFailure('phone', said)
  if (status >= 400 && status < 500) return new PermanentFailure('phone', said)
  return new TransientFailure(twice === 'harmless' ? 'phone' : 'unsure', said)
}

/** 404, and what Twilio says of a call that has ended already. */
export function isGone(error: unknown): boolean {
  const { status, code } = signs(error)
  return status === 404 || code === 21220
}

interface Signs {
  readonly status: number | undefined
  readonly code: string | number | undefined
  /** With a blank in front, or ''. */
  readonly message: string
}

/** The cause is not kept: errors of the client below carry the request, and in it what logs us in. */
function signs(error: unknown): Signs {
  const read = (name: string): unknown => (error instanceof Error ? Reflect.get(error, name) : undefined)
  const status = read('status')
  const code = read('code')
  const isAnswer = typeof status === 'number'
  return {
    status: isAnswer ? status : undefined,
    code: typeof code === 'string' || typeof code === 'number' ? code : undefined,
    message: isAnswer && code !== undefined && error instanceof Error ? ` ${sentence(error.message)}` : '',
  }
}

/** Twilio's words, which repeat the number they are about. */
function sentence(text: unknown): string {
  return String(text)
    .slice(0, 200)
    .replaceAll(/\p{Cc}/gu, ' ')
    .replaceAll(/\+?\d{6,}/g, maskNumber)
    .replace(/\.$/, '')
}
