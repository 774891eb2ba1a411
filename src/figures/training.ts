import type { Language } from '../desk/ticket.ts'
import type { Database } from '../store/database.ts'
import type { Filter, Period } from './figure.ts'
import { recursFrom } from './read/causes.ts'
import { type FigureDeps, readFigure } from './report.ts'

/**
 * L9: where training is needed. Two signs, both plain enough to be checked by whoever is sent to a course: a cause that
 * comes back, and matters that come back although they were closed. Each need says by which sign it was found.
 */

/** Fewer closed tickets than this say nothing about an area. */
export const closedFrom = 5
/** Percent of closed tickets that had been reopened. */
export const reopenedFrom = 20

export interface TrainingNeed {
  /** Key of the area, '' for matters whose area nobody noted. */
  readonly area: string
  readonly name: Readonly<Record<Language, string>>
  readonly closed: number
  readonly reopened: number
  /** Tickets whose cause recurs, and those with a cause at all. */
  readonly recurring: number
  readonly withCause: number
  readonly because: Readonly<Record<Language, readonly string[]>>
}

/** The areas with a sign, in the order of the figure `causes`. Throws as readFigure does. */
export async function readTrainingNeeds(
  database: Database,
  deps: FigureDeps,
  { period, filter = {} }: { readonly period: Period; readonly filter?: Filter },
): Promise<readonly TrainingNeed[]> {
  const { slices } = await readFigure(database, deps, 'causes', { period, filter, by: 'area' })
  return slices.flatMap(({ key, name, parts }): TrainingNeed[] => {
    const share = (part: string) => {
      const value = parts.find(one => one.key === part)?.value
      return value?.kind === 'share' ? value : { part: 0, of: 0 }
    }
    const [recurs, back] = [share('recurring'), share('reopened')]
    const because = reasonsOf(recurs.part, back)
    if (because.en.length === 0) return []
    const counts = { closed: back.of, reopened: back.part, recurring: recurs.part, withCause: recurs.of }
    return [{ area: key, name, ...counts, because }]
  })
}

function reasonsOf(
  recurring: number,
  { part, of }: { readonly part: number; readonly of: number },
): TrainingNeed['because'] {
  const signs = [
    ...(recurring === 0
      ? []
      : [
          {
            de: `${recurring} Vorgänge mit einer Ursache, die mindestens ${recursFrom}-mal vorkam`,
            en: `${recurring} tickets with a cause that occurred at least ${recursFrom} times`,
          },
        ]),
    ...(of < closedFrom || part * 100 < reopenedFrom * of
      ? []
      : [
          {
            de: `${part} von ${of} abgeschlossenen Vorgängen waren wiedereröffnet`,
            en: `${part} of ${of} closed tickets had been reopened`,
          },
        ]),
  ]
  return { de: signs.map(({ de }) => de), en: signs.map(({ en }) => en) }
}
