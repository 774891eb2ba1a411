import type { Office } from '../office-hours.ts'
import type { NextPromise } from '../promise/next-promise.ts'

/**
 * A customer who is owed a call: what to do now, and when to look again. Decided anew whenever the callback wakes, from
 * its row and the facts alone, so that a process that was away for an hour or a weekend does what is due and nothing twice.
 */

/** How far the deadline has been acted on; never goes back while the same promise runs. */
export type CallbackStage = 'none' | 'assigned' | 'half' | 'three-quarters' | 'broken'

export interface OwedCallback {
  readonly id: string
  readonly state: 'owed' | 'done' | 'withdrawn' | 'unreached'
  readonly agent: string | null
  readonly stage: CallbackStage
  readonly attempts: number
  readonly firstAttemptAt: Temporal.Instant | null
  readonly firstContactAt: Temporal.Instant | null
  readonly retryAt: Temporal.Instant | null
  /** The running promise. `open` until the first attempt or contact (as configured), its time, or the end of the matter. */
  readonly promise: {
    readonly state: 'open' | 'kept' | 'broken' | 'withdrawn'
    readonly startedAt: Temporal.Instant
    readonly dueAt: Temporal.Instant
  }
  /** Of the ticket, 1 to 4. */
  readonly level: number
}

export interface CallbackRules {
  readonly minutes: number
  /** Percent of the promise's office minutes. */
  readonly reminders: readonly [number, number]
  readonly keptBy: 'attempt' | 'contact'
  readonly busyMinutes: number
  readonly noAnswerMinutes: number
  readonly mailboxMinutes: number
  readonly mostAttempts: number
  readonly redial: 'ring' | 'remind'
}

export interface CallbackFacts {
  readonly now: Temporal.Instant
  readonly office: Office
  /** Agents of the group on duty, in the order in which they should have it; see agent-order.ts. */
  readonly onDuty: readonly string[]
  /** An attempt that is under way. */
  readonly attempt: {
    readonly state: 'requested' | 'dialling' | 'unknown'
    readonly requestedAt: Temporal.Instant
  } | null
  /** The customer is on the telephone with us just now. */
  readonly customerOnLine: boolean
  /** We can ring for the agent: the provider dials, works, and the agent has a telephone. */
  readonly canRing: (agent: string) => boolean
  /** How long the provider has let calls wait lately: redials begin that much earlier before the deadline. */
  readonly queueSeconds: number
  /** The last attempt showed that the number leads nowhere: dialling it again is no use. */
  readonly unknownNumber?: boolean
  /** Promises of this callback that were broken before. */
  readonly brokenBefore?: number
  /** Somebody of the ticket's level has been asked to take it, and has not. */
  readonly isEscalating?: boolean
}

export type CallbackAction =
  | { readonly kind: 'assign'; readonly agent: string }
  | {
      /** A mail with all the facts and the "call now" link. */
      readonly kind: 'tell-agents'
      readonly agents: readonly string[]
      readonly about: 'assigned' | 'half' | 'three-quarters' | 'retry' | 'broken' | 'unreached'
    }
  /** We ring the agent, and then the customer. */
  | { readonly kind: 'redial'; readonly agent: string }
  /** An attempt of which nothing was heard: ask the provider what became of it. */
  | { readonly kind: 'look-up-attempt' }
  /** The promise is broken: level up, and a new one takes its place. */
  | { readonly kind: 'break'; readonly level: number; readonly next: NextPromise }
  | { readonly kind: 'tell-customer'; readonly about: 'apology' | 'tried' }
  /** The ladder is at its end, or nobody can be found: humans decide. */
  | { readonly kind: 'give-up'; readonly level: number }
  /** Nobody of the group is on duty. */
  | { readonly kind: 'alarm'; readonly code: 'nobody-on-duty' | 'broken-at-top' }

export interface CallbackDecision {
  readonly actions: readonly CallbackAction[]
  readonly stage: CallbackStage
  /** Null when there is nothing left to wake for. */
  readonly wakeAt: Temporal.Instant | null
  /** Not to be rung or reminded again before; left out where it stays as it is. */
  readonly retryAt?: Temporal.Instant
  readonly because: string
}
