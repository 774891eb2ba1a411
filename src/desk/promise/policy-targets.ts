import { fits, type When } from './fits.ts'
import type { Matter, PromiseKind, Targets } from './matter.ts'

/** A row of `policy.targets`. */
export interface TargetRow {
  readonly when: When
  readonly firstResponse?: number | undefined
  readonly callback?: number | undefined
  readonly statusUpdate?: number | undefined
  readonly resolution?: number | undefined
}

const columns: readonly (readonly [PromiseKind, Exclude<keyof TargetRow, 'when'>])[] = [
  ['first-response', 'firstResponse'],
  ['callback', 'callback'],
  ['status-update', 'statusUpdate'],
  ['resolution', 'resolution'],
]

/**
 * What is promised for a matter, in office minutes. Each kind takes the first row that fits and names it, so that a
 * special row may change one time and leave the others to the general one. `defaults` are what the rest of the
 * configuration promises anyway (answers and calls back).
 */
export function targetsFor(
  matter: Matter,
  rows: readonly TargetRow[],
  defaults: Readonly<Partial<Record<PromiseKind, number>>>,
): Targets {
  const fitting = rows.flatMap((row, index) => (fits(row.when, matter).fits ? [{ row, index }] : []))
  const found = columns.flatMap(([kind, column]) => {
    const hit = fitting.find(({ row }) => row[column] !== undefined)
    const minutes = hit?.row[column] ?? defaults[kind]
    if (minutes === undefined) return []
    return [[kind, { minutes, row: hit ? `policy.targets row ${hit.index + 1}` : 'usual time' }] as const]
  })
  return Object.fromEntries(found)
}
