import type { Language } from '../desk/ticket.ts'
import type { FigureKey } from './figure.ts'

/**
 * How a figure is read: `facts` is a query of one row for each thing that is counted, `parts` say what is counted of the
 * rows. From both one statement is made (statement.ts) whatever the figure is told apart by, so that the total and its
 * slices can never be counted differently.
 *
 * Pieces of SQL here are ours and hold nothing from outside; periods, filters and calendars come in as parameters:
 * $1 beginning, $2 end (not included), $3 time zone, $4 filter, $5 agents and mailboxes, $6 calendar, $7 now.
 */
export interface Reader {
  readonly key: FigureKey
  /** Gives `at`, the columns of columns.ts, and those that the parts speak of; rows from $1 to before $2 only. */
  readonly facts: string
  readonly parts: readonly PartSpec[]
  /** Whether office minutes are counted: since when at the latest, as a query of one instant. */
  readonly countsFrom?: string
}

/** Expressions over one row of the facts. */
export type PartSpec = {
  readonly key: string
  readonly name: Readonly<Record<Language, string>>
} & (
  | { readonly kind: 'count'; readonly where: string }
  /** Summed up instead of counted; null counts as nothing. */
  | { readonly kind: 'sum'; readonly value: string }
  /** What came before and went on, less what ended; along time it is what was there at the end of each unit. */
  | { readonly kind: 'level'; readonly plus: string; readonly minus: string }
  | { readonly kind: 'share'; readonly part: string; readonly of: string }
  /** Rows without a value are left out. */
  | { readonly kind: 'minutes'; readonly value: string; readonly where: string }
  | { readonly kind: 'score'; readonly value: string; readonly where: string }
)

/** The same for one value of a column. */
export function countsOf<Key extends string>(
  prefix: string,
  names: Readonly<Record<Key, Readonly<Record<Language, string>>>>,
  where: (key: Key) => string,
): readonly PartSpec[] {
  return Object.entries<Readonly<Record<Language, string>>>(names).map(([key, name]) => ({
    ...{ key: `${prefix}${key}`, name, kind: 'count', where: where(key as Key) },
  }))
}
