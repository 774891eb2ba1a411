import { fits, type When } from './fits.ts'
import type { LevelVerdict, Matter, PromiseKind } from './matter.ts'

/** A row of `policy.levels`. */
export interface LevelRow {
  readonly when: When
  readonly level: number | 'next'
  readonly because: string
}

/**
 * Why the policy is asked just now. A promise that was broken stays broken, so that a row "one level up for a broken
 * promise" would lift a matter to the top by and by: it counts for what has just happened only.
 */
export interface LevelOccasion {
  readonly broken?: PromiseKind | undefined
  readonly endangered?: PromiseKind | undefined
  readonly reopened?: boolean | undefined
  /** Rows that have lifted this matter before, by their names: one that speaks of no event does so once. */
  readonly used: readonly string[]
}

const topLevel = 4

/**
 * The level that a matter belongs on: the highest that a fitting row names, never below where it is. A row that says
 * `next` means one above the present level; several of them still mean one. Among rows of one level the first explains.
 * Without `occasion` every row counts.
 */
export function levelFor(matter: Matter, rows: readonly LevelRow[], occasion?: LevelOccasion): LevelVerdict {
  const trail: LevelVerdict['trail'][number][] = []
  let best: { readonly level: number; readonly because: string; readonly row: string } | undefined
  for (const [index, { when, level, because }] of rows.entries()) {
    const row = `policy.levels row ${index + 1}`
    const unfit = level === 'next' && occasion ? notNow(when, row, occasion) : undefined
    const fit = unfit === undefined ? fits(when, matter) : { fits: false as const, because: unfit }
    trail.push({ row, hit: fit.fits, because: fit.fits ? because : fit.because })
    const wanted = Math.min(topLevel, level === 'next' ? matter.level + 1 : level)
    if (fit.fits && wanted > (best?.level ?? matter.level)) best = { level: wanted, because, row }
  }
  return {
    level: best?.level ?? matter.level,
    rises: best !== undefined,
    because: best?.because ?? null,
    row: best?.row ?? null,
    trail,
  }
}

/** Why a row that lifts by one has nothing to say on this occasion; undefined where it has. */
function notNow(
  when: When,
  row: string,
  { broken, endangered, reopened, used }: LevelOccasion,
): string | undefined {
  const isOf = (wanted: readonly string[] | undefined, happened: PromiseKind | undefined) =>
    wanted !== undefined && happened !== undefined && wanted.includes(happened)
  if (isOf(when.broken, broken) || isOf(when.endangered, endangered)) return undefined
  if (when.reopened !== undefined && reopened) return undefined
  const speaksOfEvents = when.broken ?? when.endangered ?? when.reopened
  if (speaksOfEvents !== undefined) return 'nothing of that has happened just now'
  return used.includes(row) ? 'it has lifted this matter before' : undefined
}
