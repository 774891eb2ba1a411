/**
 * What a promise would be if it were made again today: its office's calendar may have got a holiday or a closure since.
 * Nothing changes by itself, because the customer was told a time.
 */
import { addOfficeTime, type DerivationStep, type Office } from './office-hours.ts'
import { stoodStill } from './promise/resumed-promise.ts'

export interface RunningPromise {
  readonly startedAt: Temporal.Instant
  readonly dueAt: Temporal.Instant
  readonly derivation: readonly DerivationStep[]
}

export interface MovedPromise {
  readonly dueAt: Temporal.Instant
  readonly derivation: readonly DerivationStep[]
  /** A sentence for each day that counts differently, in English. */
  readonly why: readonly string[]
}

/**
 * The promise as the office's calendar has it now; undefined where its time stays, for one whose clock stood still
 * meanwhile, and for a time that was never counted in office minutes, such as one the customer asked for. Throws RangeError for an office that never opens.
 */
export function movedPromise(
  { startedAt, dueAt, derivation }: RunningPromise,
  office: Office,
): MovedPromise | undefined {
  const minutes = derivation.reduce((sum, step) => sum + ('minutes' in step ? step.minutes : 0), 0)
  if (minutes < 1 || stoodStill(derivation)) return undefined
  const now = addOfficeTime(startedAt, minutes, office)
  if (Temporal.Instant.compare(now.dueAt, dueAt) === 0) return undefined
  return { ...now, why: differences(derivation, now.derivation) }
}

function differences(before: readonly DerivationStep[], after: readonly DerivationStep[]): readonly string[] {
  const then = daysOf(before)
  return [...daysOf(after)].flatMap(([day, is]) => {
    const was = then.get(day)
    return was === undefined || was === is ? [] : [`${day}: ${is}, was ${was}`]
  })
}

/** Each day in words that two calendars can be compared by. */
function daysOf(steps: readonly DerivationStep[]): ReadonlyMap<string, string> {
  const days = new Map<string, string>()
  for (const step of steps) {
    const own = 'closed' in step ? `closed (${step.closed})` : `open ${step.from}-${step.to}`
    const known = days.get(step.date)
    days.set(step.date, known === undefined ? own : `${known} and ${own.replace(/^open /, '')}`)
  }
  return days
}
