import type { NodemailerError } from 'nodemailer'
import type { FailureCode } from '../desk/failure.ts'

/**
 * What became of one attempt to hand a letter over. Judged by reply codes (RFC 5321, 4.2; RFC 3463) and by how far
 * the conversation had come, never by the words of a reply: they differ by server, version and language.
 */
export type SendResult =
  /** Accepted; `response` is the server's final reply, the proof. */
  | { readonly kind: 'sent'; readonly response: string }
  /** Refused for good: this recipient or this message. */
  | {
      readonly kind: 'refused'
      readonly code: 'recipient-refused' | 'message-refused'
      readonly response: string
    }
  /** Not accepted, and this letter's own doing: tried again with back-off, and counted. */
  | { readonly kind: 'retry'; readonly code: FailureCode; readonly response: string }
  /** No session could be opened, or the login was refused: no letter's doing, so no letter pays for it. */
  | {
      readonly kind: 'unreachable'
      readonly code: FailureCode
      readonly response: string
      /** The session was an old one that had died idle: a new one may well be had. */
      readonly stale?: true
    }
  /** Handed over completely, no reply: the server may have it or not. */
  | { readonly kind: 'unsure'; readonly response: string }

/** waiting: no session yet; begun: a session has the letter's envelope; handed-over: its bytes may be out. */
export type Progress = 'waiting' | 'begun' | 'handed-over'

/** RFC 4954, 6 and RFC 8997: the server wants other credentials, or any. */
const credentialCodes = new Set([530, 534, 535, 538])

/**
 * Permanent by their first digit, and yet about the moment: 5.4.5 congestion, which is also Google's daily sending
 * limit, and 5.3.2, a server that takes no mail now. Failing every letter of the day for them would be wrong.
 */
const passing = /^5\d\d[ -]5\.(?:4\.5|3\.2)\b/

const codeOfStep: Readonly<Record<string, 'sender-refused' | 'recipient-refused' | 'message-refused'>> = {
  'MAIL FROM': 'sender-refused',
  'RCPT TO': 'recipient-refused',
  DATA: 'message-refused',
}

/** How a failed attempt is to be understood. Where it cannot be known whether the server took the letter: unsure. */
export function resultOf(error: NodemailerError, progress: Progress): SendResult {
  const response = error.response ?? error.message
  if (error.code === 'EAUTH' || error.code === 'ENOAUTH') return loginResult(error, response)
  if (isReply(error.responseCode)) return answered(error, error.responseCode, response, progress)
  if (progress === 'handed-over') return { kind: 'unsure', response }
  if (error.command === 'API' && error.code === 'EENVELOPE') {
    return { kind: 'refused', code: 'recipient-refused', response }
  }
  if (diedIdle(error, progress)) return { kind: 'unreachable', code: 'network', response, stale: true }
  if (error.code === 'EMESSAGE') return { kind: 'refused', code: 'message-refused', response }
  return unanswered(error, response, progress)
}

function isReply(code: number | undefined): code is number {
  return code !== undefined && code >= 400 && code < 600
}

/** 4xx is a server that cannot check the login now (454 4.7.0), anything else are wrong credentials. */
function loginResult(error: NodemailerError, response: string): SendResult {
  const passes = error.responseCode !== undefined && error.responseCode < 500 && isReply(error.responseCode)
  return { kind: 'unreachable', code: passes ? 'protocol' : 'auth', response }
}

function answered(error: NodemailerError, status: number, response: string, progress: Progress): SendResult {
  const code = codeOfStep[error.command ?? '']
  if (!code) return unanswered(error, response, progress)
  if (credentialCodes.has(status)) return { kind: 'unreachable', code: 'auth', response }
  const permanent = status >= 500 && status !== 503 && !passing.test(response)
  // A refused sender is a fault of the configuration: there are three days to mend it before the letter is given up.
  if (!permanent || code === 'sender-refused') return { kind: 'retry', code, response }
  return { kind: 'refused', code, response }
}

/**
 * What ends a fresh session comes with the step at which it ended. Without one it is the pool that speaks, of a session
 * that earlier letters had used and that took no byte of this one.
 */
function diedIdle({ code, command }: NodemailerError, progress: Progress): boolean {
  return code === 'ECONNECTION' && command === undefined && progress === 'begun'
}

/** The session ended before the letter was handed over: once it had begun, this letter may be what ends sessions. */
function unanswered(error: NodemailerError, response: string, progress: Progress): SendResult {
  const code = networkCode(error)
  return progress === 'waiting' ? { kind: 'unreachable', code, response } : { kind: 'retry', code, response }
}

function networkCode(error: NodemailerError): FailureCode {
  if (error.code === 'ETIMEDOUT' || error.code === 'EABORT') return 'timeout'
  if (error.code === 'ETLS' || error.code === 'EREQUIRETLS') return 'tls'
  return error.code === 'EPROTOCOL' ? 'protocol' : 'network'
}
