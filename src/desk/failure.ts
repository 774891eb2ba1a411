/**
 * Failures of the outside world. Expected outcomes are values; what the world does wrong is thrown as one of these,
 * so that the loop at the door can tell "try again" from "a human must look" without reading message texts.
 */
export type FailureCode =
  | 'network'
  | 'timeout'
  | 'auth'
  | 'tls'
  | 'protocol'
  | 'missing-folder'
  | 'database'
  | 'storage'
  | 'recipient-refused'
  | 'message-refused'
  | 'sender-refused'
  | 'template'
  | 'attachment'
  | 'unsure'
  | 'phone'

abstract class OutsideFailure extends Error {
  readonly code: FailureCode

  constructor(code: FailureCode, message: string, cause?: unknown) {
    super(message, { cause })
    this.code = code
  }
}

/** May go better by itself: retried with back-off. */
export class TransientFailure extends OutsideFailure {
  override readonly name = 'TransientFailure'
}

/** Will not go better by itself: given up loudly, told to a human. */
export class PermanentFailure extends OutsideFailure {
  override readonly name = 'PermanentFailure'
}
