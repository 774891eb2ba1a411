import type { Capabilities } from './instruction.ts'

/**
 * What we ask of whoever carries calls. All of it may fail: TransientFailure('phone') where it is known that nothing
 * happened and it may be tried again, PermanentFailure('phone') where trying again is no use, and TransientFailure('unsure') where the
 * request may have been carried out although no answer came.
 */
export interface PhoneProvider {
  /** Key in the configuration. */
  readonly key: string
  readonly can: Capabilities
  /** Rings an agent for a callback. Not idempotent: whoever calls this has written the attempt down before. */
  placeCall(request: CallRequest): Promise<{ readonly providerId: string }>
  /** Ends a call, whatever its state; one that is over already is no failure. */
  hangUp(providerId: string): Promise<void>
  /** Calls from or to `number` that began in the span, newest first, for comparing them with ours. */
  listCalls(
    number: string,
    since: Temporal.Instant,
    until: Temporal.Instant,
  ): Promise<readonly ProviderCall[]>
  /**
   * What was recorded on a call, as far as there are files. For calls that somebody else took while we were away: their
   * recordings are never told to us.
   */
  listRecordings(providerId: string): Promise<readonly ProviderRecording[]>
  /** Undefined when it is not there yet. */
  fetchRecording(
    recordingId: string,
  ): Promise<{ readonly bytes: Buffer; readonly contentType: string } | undefined>
  /** One that is gone already is no failure. */
  deleteRecording(recordingId: string): Promise<void>
  sendText(request: TextRequest): Promise<{ readonly providerId: string }>
  /** A text of which no answer came: found by recipient, words and time. */
  findText(
    request: TextRequest,
    since: Temporal.Instant,
  ): Promise<{ readonly providerId: string } | undefined>
}

export interface CallRequest {
  readonly attemptId: string
  /** E.164 of the agent. */
  readonly to: string
  /** Our own number. */
  readonly from: string
  readonly ringSeconds: number
  readonly mostMinutes: number
}

export interface ProviderRecording {
  readonly recordingId: string
  readonly seconds: number | null
}

export interface TextRequest {
  readonly textId: string
  readonly to: string
  readonly from: string
  readonly text: string
}

export interface ProviderCall {
  readonly providerId: string
  readonly direction: 'in' | 'out'
  readonly from: string
  readonly to: string
  readonly startedAt: Temporal.Instant
  readonly state: 'open' | 'completed' | 'busy' | 'no-answer' | 'failed' | 'cancelled'
  readonly seconds: number | null
}
