import type { DerivationStep } from '../office-hours.ts'
import type { Language } from '../ticket.ts'
import type { EscalationCause } from './escalation.ts'
import type { PromiseKind } from './matter.ts'
import type { MeasureKind } from './measure.ts'

/**
 * What the letter about an escalation says: the whole history, because whoever gets it may read of the matter for the
 * first time, and nobody may have to be asked before acting. Data only; instants are ISO 8601, agents are keys.
 */

export interface PromiseLine {
  readonly kind: PromiseKind
  readonly state: 'open' | 'kept' | 'broken' | 'withdrawn'
  readonly startedAt: string
  readonly dueAt: string
  readonly endedAt: string | null
  readonly derivation: readonly DerivationStep[]
}

export interface MeasureLine {
  readonly of: MeasureKind
  readonly at: string
  readonly author: string
  readonly text: string
}

/** A level that had the matter before. */
export interface EarlierLevel {
  readonly level: number
  readonly name: string
  readonly openedAt: string
  readonly endedAt: string | null
  readonly cause: EscalationCause
  readonly reason: string
  /** Keys of those who were told. */
  readonly told: readonly string[]
  /** Null: nobody. */
  readonly acknowledgedBy: string | null
}

export interface EscalationData {
  /** first: new to its reader; again: nobody has acknowledged yet. */
  readonly about: 'first' | 'again'
  readonly agent: string
  /** Whom the reader stands in for; null where it is the reader's own level. */
  readonly standsInFor: string | null
  readonly escalationId: string
  readonly ticketNumber: string
  readonly subject: string
  readonly office: string
  readonly customerName: string
  readonly customerAddress: string
  readonly customerPhone: string | null
  readonly company: string
  /** Spoken by the customer. */
  readonly speaks: Language
  readonly severity: string | null
  readonly impact: string | null
  readonly openedAt: string
  readonly fromLevel: number
  readonly level: number
  /** In the reader's language. */
  readonly levelName: string
  readonly cause: EscalationCause
  readonly reason: string
  /** Key of the agent who escalated it, and of who had it before; null for nobody. */
  readonly by: string | null
  readonly before: string | null
  readonly escalatedAt: string
  readonly acknowledgeBy: string
  /** Where it goes if nobody acknowledges, in the reader's language; null at the top. */
  readonly nextLevelName: string | null
  /** What the customer wrote first. */
  readonly problem: string
  readonly measures: readonly MeasureLine[]
  readonly promises: readonly PromiseLine[]
  readonly earlier: readonly EarlierLevel[]
  readonly linkUntil: string
}
