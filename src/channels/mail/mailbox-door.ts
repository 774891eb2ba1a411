import type { FailureCode } from '../../desk/failure.ts'

/** standby: another gateway reads. refused: login, TLS or folder need a human. waiting: backing off after a failure. */
export type MailboxPhase = 'standby' | 'connecting' | 'reading' | 'idle' | 'waiting' | 'refused' | 'stopped'

/** How one mailbox is doing, for /readyz and /metrics. */
export interface MailboxState {
  readonly phase: MailboxPhase
  /** When the folder was last known to be read to its end. */
  readonly lastReadAt: Temporal.Instant | undefined
  /** The last failure's code, until a look succeeds. `unexpected` is a fault of ours. */
  readonly lastError: FailureCode | 'unexpected' | undefined
  /** Mails in the folder that are not taken in yet, as of the last look. */
  readonly backlog: number
  /** The server's date of the oldest of them, as far as it is known. */
  readonly oldestWaitingAt: Temporal.Instant | undefined
  /** The highest UID that the folder has shown to the session that reads it; undefined before its first look. */
  readonly seen: { readonly uidValidity: bigint; readonly uid: number } | undefined
  /** Connections made after the first one. */
  readonly reconnects: number
  /** Mails whose flag or move the server refused. */
  readonly unfinished: number
}

export const initialState: MailboxState = {
  phase: 'standby',
  lastReadAt: undefined,
  lastError: undefined,
  backlog: 0,
  oldestWaitingAt: undefined,
  seen: undefined,
  reconnects: 0,
  unfinished: 0,
}

export interface MailboxDoor {
  state(): MailboxState
  /** Look now instead of at the next poll. A refused login is not hastened: it would lock the account. */
  wake(): void
  /** Drops the connection, which is thought to be frozen, and makes a new one. Nothing is lost by it. */
  reconnect(): void
  /** Finishes the commit under way, logs out and lets the next gateway in. */
  stop(): Promise<void>
}
