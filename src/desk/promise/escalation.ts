import type { Severity } from '../command-arguments.ts'
import type { Office } from '../office-hours.ts'

/** A matter on its way up: somebody of the level has to acknowledge it in the level's own time. */

export type Way = 'mail' | 'text' | 'call'
export type EscalationCause =
  | 'command'
  | 'policy'
  | 'guarantee-broken'
  | 'guarantee-endangered'
  | 'unacknowledged'

export interface RunningEscalation {
  readonly id: string
  readonly level: number
  readonly state: 'waiting' | 'acknowledged' | 'passed-on' | 'withdrawn'
  readonly openedAt: Temporal.Instant
  readonly acknowledgeBy: Temporal.Instant | null
  readonly waysUsed: number
}

export interface LevelFacts {
  readonly level: number
  readonly ways: readonly Way[]
  readonly acknowledgeMinutes: number
  readonly office: Office
  /** Its people on duty, deputies in the place of those who are away, in order. */
  readonly people: readonly string[]
  readonly anyTime: readonly Severity[] | readonly string[]
}

export interface EscalationFacts {
  readonly now: Temporal.Instant
  readonly severity: Severity | null
  readonly level: LevelFacts
  /** The one above; null at the top. */
  readonly above: LevelFacts | null
}

export type EscalationAction =
  /** Told with the whole history. */
  | { readonly kind: 'tell'; readonly people: readonly string[]; readonly way: Way }
  | { readonly kind: 'set-deadline'; readonly acknowledgeBy: Temporal.Instant }
  /** Nobody acknowledged, or nobody is there: the next level hears of it. */
  | { readonly kind: 'pass-on'; readonly level: number; readonly because: 'unacknowledged' | 'nobody-there' }
  /** At the top: told again, and the administrators. */
  | { readonly kind: 'alarm'; readonly code: 'unacknowledged-at-top' | 'nobody-at-top' }

export interface EscalationDecision {
  readonly actions: readonly EscalationAction[]
  readonly wakeAt: Temporal.Instant | null
  readonly because: string
}
