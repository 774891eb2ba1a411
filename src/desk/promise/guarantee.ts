import type { Office } from '../office-hours.ts'
import type { PromiseKind } from './matter.ts'
import type { NextPromise } from './next-promise.ts'

/**
 * A promise as the rules see it. All kinds have the same life: warnings at parts of their office minutes, kept or broken
 * or withdrawn in the end, and a clock that stands while we wait for somebody else. Callbacks do more beside (attempts,
 * retries; see desk/phone/decide-callback.ts) but count their time here as well.
 */
export type GuaranteeStage = 'none' | 'half' | 'three-quarters' | 'broken'

export interface RunningGuarantee {
  readonly id: string
  readonly kind: PromiseKind
  readonly state: 'open' | 'kept' | 'broken' | 'withdrawn'
  readonly stage: GuaranteeStage
  readonly startedAt: Temporal.Instant
  readonly dueAt: Temporal.Instant
  readonly minutes: number
  readonly pausedAt: Temporal.Instant | null
  readonly pausedFor: 'customer' | 'vendor' | null
  /** Until then somebody is waited for; null where nobody said. */
  readonly pausedUntil: Temporal.Instant | null
}

export interface GuaranteeFacts {
  readonly now: Temporal.Instant
  readonly office: Office
  /** Percent of the office minutes at which the owner is reminded, and at which the promise is endangered. */
  readonly reminders: readonly [number, number]
  /** Who answers for the ticket, or the group's agents on duty. */
  readonly owners: readonly string[]
  /** What comes next when this one is broken: 0 for nothing. */
  readonly nextMinutes: number
  /**
   * Promises that were broken since the last one that was kept: of this kind, or of an answer while none was given. A
   * matter that nobody answers needs no reminders of its status updates beside.
   */
  readonly brokenBefore: number
  /** Somebody of its level has been asked to take the matter, and has not. */
  readonly isEscalating: boolean
}

export type GuaranteeAction =
  | {
      readonly kind: 'remind'
      readonly agents: readonly string[]
      readonly stage: 'half' | 'three-quarters' | 'broken'
    }
  /** The policy is asked whether the matter rises. */
  | { readonly kind: 'judge-level'; readonly because: 'endangered' | 'broken' }
  | { readonly kind: 'break'; readonly next: NextPromise | null }
  /** The customer hears at the promised time, even if nothing has changed: what was done, what comes next, when again. */
  | { readonly kind: 'send-update' }
  | { readonly kind: 'tell-customer'; readonly about: 'late' }
  /** Nobody was heard of in the time that was waited: the clock goes on. */
  | { readonly kind: 'resume' }

export interface GuaranteeDecision {
  readonly actions: readonly GuaranteeAction[]
  readonly stage: GuaranteeStage
  readonly wakeAt: Temporal.Instant | null
  readonly because: string
}
