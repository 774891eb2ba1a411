/**
 * What the ledger knows of telephone calls and promised calls, in typed values that survive JSON. Instants are ISO 8601
 * in UTC. Nothing here formats; nothing here writes.
 */

export interface CallDossier {
  readonly id: string
  readonly provider: string
  readonly providerId: string
  readonly direction: string
  readonly line: string
  readonly language: string
  readonly ticketNumber: string
  readonly office: string
  /** E.164; null where it is withheld. */
  readonly number: string | null
  readonly rawFrom: string
  readonly rawTo: string
  readonly callerName: string
  readonly state: string
  readonly step: string
  readonly outcome: string | null
  readonly arrivedAt: string
  readonly answeredAt: string | null
  readonly endedAt: string | null
  readonly seconds: number | null
  readonly legs: readonly DossierLeg[]
  readonly events: readonly DossierCallEvent[]
  readonly recordings: readonly DossierRecording[]
}

export interface DossierLeg {
  readonly party: string
  readonly agent: string | null
  readonly number: string
  readonly state: string
  readonly outcome: string | null
  readonly rangAt: string
  readonly acceptedAt: string | null
  readonly endedAt: string | null
  readonly seconds: number | null
}

export interface DossierCallEvent {
  readonly key: string
  readonly kind: string
  readonly at: string
  readonly providerAt: string | null
  /** Why it was answered so, in a sentence; '' where nothing was decided. */
  readonly because: string
  /** What followed, as it was decided. */
  readonly effects: readonly unknown[]
  /** What the provider was told to do. */
  readonly answer: readonly unknown[]
}

export interface DossierRecording {
  readonly id: string
  readonly of: string
  readonly state: string
  readonly seconds: number | null
  readonly sha256: string | null
  readonly transcription: string
  readonly transcript: string | null
  readonly announcedAt: string
  readonly storedAt: string | null
  readonly deletedAt: string | null
}

export interface DossierText {
  readonly id: string
  readonly kind: string
  readonly recipient: string
  readonly state: string
  readonly createdAt: string
  readonly sentAt: string | null
  readonly tries: number
  readonly text: string | null
  readonly failure: string | null
}

export interface DossierCallback {
  readonly id: string
  readonly ticketNumber: string
  readonly customerName: string
  readonly office: string
  readonly number: string
  readonly line: string
  /** Key of the agent to whom it is assigned. */
  readonly agent: string | null
  readonly state: string
  readonly stage: string
  readonly dueAt: string
  readonly retryAt: string | null
  readonly wakeAt: string | null
  readonly createdAt: string
  readonly endedAt: string | null
  readonly firstAttemptAt: string | null
  readonly firstContactAt: string | null
  readonly allowedBy: unknown
  readonly attempts: readonly DossierAttempt[]
}

export interface DossierAttempt {
  readonly id: string
  readonly agent: string
  readonly mode: string
  readonly state: string
  readonly outcome: string | null
  readonly requestedAt: string
  readonly acceptedAt: string | null
  readonly rangAt: string | null
  readonly endedAt: string | null
  readonly seconds: number | null
}
