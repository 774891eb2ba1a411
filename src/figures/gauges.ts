import type { Database } from '../store/database.ts'
import type { FigureKey, Part } from './figure.ts'
import { type FigureDeps, readAll } from './report.ts'

/**
 * Figures for Prometheus: those of today and of the last seven days. They are read at most once a minute, whoever asks how
 * often: a scraper must never decide how much work the database has, and two of them must not do it twice.
 */

export interface FigureSample {
  readonly figure: FigureKey
  readonly part: string
  readonly window: 'today' | '7d'
  /** count, share (0 to 1), of (what the share, the minutes or the votes were counted from), median, p90 (minutes), mean. */
  readonly stat: 'count' | 'share' | 'of' | 'median' | 'p90' | 'mean'
  readonly value: number
}

const freshSeconds = 60

/**
 * Gives the samples, at most a minute old. Whoever asks while they are read waits for the same reading; what fails is thrown
 * to all of them and is tried again by the next.
 */
export function figureSamples(database: Database, deps: FigureDeps): () => Promise<readonly FigureSample[]> {
  let read: { readonly at: Temporal.Instant; readonly samples: Promise<readonly FigureSample[]> } | undefined
  return () => {
    const now = deps.now()
    if (read && now.since(read.at).total('seconds') < freshSeconds) return read.samples
    const samples = readSamples(database, deps)
    const own = { at: now, samples }
    read = own
    samples.catch(() => {
      if (read === own) read = undefined
    })
    return samples
  }
}

async function readSamples(database: Database, deps: FigureDeps): Promise<readonly FigureSample[]> {
  const timeZone = Object.values(deps.config.offices)[0]?.timeZone ?? 'UTC'
  const to = deps.now().toZonedDateTimeISO(timeZone).toPlainDate()
  const windows = [
    ['today', to],
    ['7d', to.subtract({ days: 6 })],
  ] as const
  const samples: FigureSample[] = []
  // Without anything counted there is no median: an absent sample, not a 0 that somebody takes for a good one.
  for (const [window, from] of windows)
    for (const { figure, total } of await readAll(database, deps, { period: { from, to, timeZone } }))
      for (const part of total)
        for (const [stat, value] of statsOf(part.value))
          if (value !== null) samples.push({ figure, part: part.key, window, stat, value })
  return samples
}

function statsOf(value: Part['value']): readonly (readonly [FigureSample['stat'], number | null])[] {
  switch (value.kind) {
    case 'count':
      return [['count', value.count]]
    case 'share':
      return [
        ['share', value.of === 0 ? null : value.part / value.of],
        ['of', value.of],
      ]
    case 'minutes':
      return [
        ['median', value.median],
        ['p90', value.p90],
        ['of', value.of],
      ]
    case 'score':
      return [
        ['mean', value.mean],
        ['of', value.spread.reduce((sum, count) => sum + count, 0)],
      ]
  }
}
