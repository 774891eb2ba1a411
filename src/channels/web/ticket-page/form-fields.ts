import { readImpact, readSeverity } from '../../../desk/command-arguments.ts'
import { isMeasureKind } from '../../../desk/promise/measure.ts'
import type { Change, PageAct } from '../../../intake/promises/act-by-page.ts'

/** What the forms of the page send. Pure: nothing of it is trusted, all of it may be missing. */

type Fields = ReadonlyMap<string, string>

export const longest = { measure: 4000, done: 4000, next: 1000 } as const

export function fieldsOf(body: unknown): Fields {
  const entries = typeof body === 'object' && body !== null ? Object.entries(body) : []
  return new Map(
    entries.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : [])),
  )
}

/** Undefined where a field is missing, empty or too long: nothing is recorded by halves. */
export function actIn(fields: Fields): PageAct | undefined {
  switch (fields.get('do')) {
    case 'measure': {
      const of = fields.get('of')
      const text = wordsIn(fields, 'text', longest.measure)
      return isMeasureKind(of) && text ? { kind: 'measure', of, text } : undefined
    }
    case 'status': {
      const done = wordsIn(fields, 'done', longest.done)
      const next = wordsIn(fields, 'next', longest.next)
      return done && next !== undefined ? { kind: 'status', done, next } : undefined
    }
    case 'classify':
      return { kind: 'classify', changes: changesIn(fields) }
    default:
      return undefined
  }
}

/** Where the form does not say so every earlier entry counts, so that at worst nothing is recorded twice. */
export function shownAtIn(fields: Fields): Temporal.Instant {
  const shown = fields.get('shown') ?? ''
  return Temporal.Instant.fromEpochMilliseconds(/^\d{1,15}$/.test(shown) ? Number(shown) : 0)
}

/** Browsers send two characters for every line break, which the page did not count as two. */
function wordsIn(fields: Fields, name: string, most: number): string | undefined {
  const text = (fields.get(name) ?? '')
    .replaceAll('\r\n', '\n')
    .replaceAll(/[^\P{Cc}\n\t]/gu, ' ')
    .toWellFormed()
    .trim()
  return text.length > most ? undefined : text
}

function changesIn(fields: Fields): readonly Change[] {
  const was = (column: string) => fields.get(`was-${column}`) ?? ''
  const changes: Change[] = []
  for (const column of ['severity', 'customerSeverity'] as const) {
    const read = readSeverity(fields.get(column) ?? '')
    if ('value' in read) changes.push({ column, was: was(column), to: read.value })
  }
  const impact = readImpact(fields.get('impact') ?? '')
  if ('value' in impact) changes.push({ column: 'impact', was: was('impact'), to: impact.value })
  return changes
}
