import { addOfficeTime, type Office } from '../office-hours.ts'

/** The manufacturer's clock: half of the time a reminder for the agent, at its end the next level, at last our own. */

export type CaseStage = 'none' | 'half' | 'overdue'

/** A case whose manufacturer owes an answer. */
export interface AwaitedCase {
  readonly stage: CaseStage
  /** 0: ordinary support. */
  readonly level: number
  readonly dueAt: Temporal.Instant
}

export interface CaseMoment {
  readonly now: Temporal.Instant
  /** The highest level that there is at this manufacturer. */
  readonly highest: number
}

export type CaseAction = 'remind' | 'raise' | 'hand-back'

export interface CaseDecision {
  readonly action: CaseAction | undefined
  readonly stage: CaseStage
  readonly wakeAt: Temporal.Instant | null
}

/** How long an answer may take, and when to look again: half of the time, which reminds the agent. */
export function awaitAnswer(
  from: Temporal.Instant,
  minutes: number,
  office: Office,
): { readonly dueAt: Temporal.Instant; readonly wakeAt: Temporal.Instant } {
  const { dueAt } = addOfficeTime(from, minutes, office)
  return { dueAt, wakeAt: minutes < 2 ? dueAt : addOfficeTime(from, Math.floor(minutes / 2), office).dueAt }
}

/**
 * One look at a case. After an absence of ours only what is due now is done: a deadline that is over makes no reminder
 * of its half.
 */
export function decideCase({ stage, level, dueAt }: AwaitedCase, { now, highest }: CaseMoment): CaseDecision {
  if (stage === 'overdue') return { action: undefined, stage, wakeAt: null }
  if (Temporal.Instant.compare(now, dueAt) >= 0)
    return level < highest
      ? { action: 'raise', stage: 'none', wakeAt: null }
      : { action: 'hand-back', stage: 'overdue', wakeAt: null }
  return { action: stage === 'none' ? 'remind' : undefined, stage: 'half', wakeAt: dueAt }
}
