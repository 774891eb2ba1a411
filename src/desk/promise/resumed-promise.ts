import { addOfficeTime, type DerivationStep, type Office, officeMinutesBetween } from '../office-hours.ts'

/** The clock of a promise stands while we wait for somebody else, and goes on with the office minutes that were left. */

export type WaitsFor = 'customer' | 'vendor'

export interface StandingPromise {
  readonly dueAt: Temporal.Instant
  readonly pausedAt: Temporal.Instant
  readonly waitsFor: WaitsFor
  readonly derivation: readonly DerivationStep[]
}

export interface ResumedPromise {
  readonly dueAt: Temporal.Instant
  readonly derivation: readonly DerivationStep[]
  /** Office minutes that are left. */
  readonly left: number
}

const standing: Record<WaitsFor, string> = {
  customer: 'waited for the customer',
  vendor: 'waited for a manufacturer',
}

/** Of a derivation: the clock stood on that day, so that the promise cannot be counted anew from its start alone. */
export const stoodStill = (derivation: readonly DerivationStep[]): boolean =>
  derivation.some(step => 'closed' in step && Object.values(standing).includes(step.closed))

/**
 * The promise as it goes on at `now`. A promise that was over when its clock stopped, to the minute, keeps one minute.
 * Throws RangeError for an office that never opens.
 */
export function resumedPromise(
  { dueAt, pausedAt, waitsFor, derivation }: StandingPromise,
  now: Temporal.Instant,
  office: Office,
): ResumedPromise {
  const left = Math.max(1, Math.ceil(officeMinutesBetween(pausedAt, dueAt, office)))
  const rest = addOfficeTime(now, left, office)
  const counted = derivation.reduce((sum, step) => sum + ('minutes' in step ? step.minutes : 0), 0)
  const since = pausedAt.toZonedDateTimeISO(office.timeZone).toPlainDate().toString()
  const before = derivation.length === 0 ? [] : firstMinutes(derivation, counted - left)
  return {
    left,
    dueAt: rest.dueAt,
    derivation: [...before, { date: since, closed: standing[waitsFor] }, ...rest.derivation],
  }
}

/** The steps of so many minutes; the last one is cut where it is longer. */
function firstMinutes(steps: readonly DerivationStep[], minutes: number): readonly DerivationStep[] {
  const kept: DerivationStep[] = []
  let left = minutes
  for (const step of steps) {
    if (left <= 0) return kept
    if ('closed' in step) {
      kept.push(step)
      continue
    }
    const counted = Math.min(left, step.minutes)
    const to = Temporal.PlainTime.from(step.from).add({ minutes: counted })
    kept.push({ ...step, minutes: counted, to: to.toString({ smallestUnit: 'minute' }) })
    left -= counted
  }
  return kept
}
