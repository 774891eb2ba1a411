import { addOfficeTime, type Office, officeMinutesBetween } from '../office-hours.ts'

/** A promise's span of time. */
export interface PromiseSpan {
  readonly startedAt: Temporal.Instant
  readonly dueAt: Temporal.Instant
  /** Office minutes that were promised; left out, all between start and end count. */
  readonly minutes?: number | null
}

/**
 * When parts of a promise's office minutes are over: `parts` in percent. Where more office time lies between start and
 * end than was promised, the clock stood still meanwhile: that time is nobody's, and the parts come so much later. A
 * promise whose time was agreed upon with the customer may run outside office hours altogether; what little office time
 * it has counts, a minute at the least.
 */
export function partsOver(
  { startedAt, dueAt, minutes }: PromiseSpan,
  office: Office,
  parts: readonly [number, number],
): readonly [Temporal.Instant, Temporal.Instant] {
  const from = startedAt.round({ smallestUnit: 'minute', roundingMode: 'floor' })
  const between = officeMinutesBetween(from, dueAt, office)
  const promised = Math.min(between, minutes ?? between)
  const stood = between - promised
  const over = (part: number) =>
    addOfficeTime(from, Math.max(1, Math.round(stood + (promised * part) / 100)), office).dueAt
  return [over(parts[0]), over(parts[1])]
}
