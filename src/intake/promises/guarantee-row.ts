import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { addOfficeTime, type DerivationStep, type Office } from '../../desk/office-hours.ts'
import type { PromiseKind, Targets } from '../../desk/promise/matter.ts'
import { partsOver } from '../../desk/promise/stage-times.ts'
import type { Prisma } from '../../store/generated/client.ts'
import { dateOf } from '../mail-rows.ts'

/** Promises as rows: how they are written, and how their derivation comes back from JSON. */

export interface Promised {
  readonly ticketId: string
  readonly kind: Exclude<PromiseKind, 'callback'>
  readonly target: NonNullable<Targets[PromiseKind]>
  readonly startedAt: Temporal.Instant
  readonly now: Temporal.Instant
  readonly office: Office
  readonly reminders: readonly [number, number]
}

export type GuaranteeRow = ReturnType<typeof guaranteeRow>

/**
 * A promise that is made now. Its clock runs from `startedAt`; where it would lie in the past already (we were away) it
 * is counted from now: nobody must be promised yesterday. All rows have the same fields.
 */
export function guaranteeRow({ ticketId, kind, target, startedAt, now, office, reminders }: Promised) {
  const { minutes, row } = target
  const early = addOfficeTime(startedAt, minutes, office)
  const inTime = Temporal.Instant.compare(early.dueAt, now) > 0
  const from = inTime ? startedAt : now
  const { dueAt, derivation } = inTime ? early : addOfficeTime(now, minutes, office)
  const [half] = partsOver({ startedAt: from, dueAt, minutes }, office, reminders)
  return {
    id: randomUUID(),
    ...{ ticketId, kind, minutes, policy: row, state: 'open' },
    startedAt: dateOf(from),
    dueAt: dateOf(dueAt),
    derivation: jsonOf(derivation),
    wakeAt: dateOf(half),
  }
}

export const jsonOf = (derivation: readonly DerivationStep[]): Prisma.InputJsonArray =>
  derivation as unknown as Prisma.InputJsonArray

const steps = z.array(
  z.union([
    z.object({ date: z.string(), from: z.string(), to: z.string(), minutes: z.number() }),
    z.object({ date: z.string(), closed: z.string() }),
  ]),
)

/** Back from JSON; what has another shape was not counted in office time, such as a time agreed upon. */
export function stepsOf(derivation: unknown): readonly DerivationStep[] {
  const read = steps.safeParse(derivation)
  return read.success ? read.data : []
}

/** Office minutes that a promise was made of: its own column, or for older rows what was counted. Null where none were. */
export function minutesOf({
  minutes,
  derivation,
}: {
  readonly minutes: number | null
  readonly derivation: unknown
}): number | null {
  if (minutes !== null) return minutes
  const counted = stepsOf(derivation).reduce((sum, step) => sum + ('minutes' in step ? step.minutes : 0), 0)
  return counted < 1 ? null : counted
}
