import type { Language } from '../desk/ticket.ts'
import { definitionOf, dimensionNames } from './definitions.ts'
import type { FigureResult, Part, Value } from './figure.ts'

/**
 * Figures as CSV (RFC 4180): one line for each part of the total and of each slice, so that any number of figures fit one
 * table. Every field is text of ours, a number, or a name out of the configuration and the customers' books.
 */

/** Put before a file, or Excel takes UTF-8 for something older. Pipes and other programs do without. */
export const byteOrderMark = '\ufeff'

const columns = [
  ...['figure', 'figure_name', 'from', 'to', 'by', 'by_name', 'slice', 'slice_name', 'part', 'part_name'],
  ...['kind', 'count', 'of', 'share', 'median_minutes', 'p90_minutes', 'mean'],
  ...['votes_1', 'votes_2', 'votes_3', 'votes_4', 'votes_5'],
] as const

type Line = Partial<Record<(typeof columns)[number], string | number | null>>

/** Lines end in CRLF, the last one as well. The total of a figure has no slice and no `by`. */
export function figureCsv(results: readonly FigureResult[], language: Language): string {
  const lines = results.flatMap(result => linesOf(result, language))
  const rows = [columns.map(name => name), ...lines.map(line => columns.map(name => fieldOf(line[name])))]
  return `${rows.map(row => row.join(',')).join('\r\n')}\r\n`
}

function linesOf({ figure, period, total, by, slices }: FigureResult, language: Language): Line[] {
  const common = {
    ...{ figure, figure_name: definitionOf(figure).name[language] },
    ...{ from: period.from.toString(), to: period.to.toString() },
  }
  const dimension = by === null ? {} : { by, by_name: dimensionNames[by][language] }
  return [
    ...total.map(part => ({ ...common, ...partOf(part, language) })),
    ...slices.flatMap(({ key, name, parts }) =>
      parts.map(part => ({
        ...{ ...common, ...dimension, slice: key, slice_name: name[language] },
        ...partOf(part, language),
      })),
    ),
  ]
}

function partOf({ key, name, value }: Part, language: Language): Line {
  return { part: key, part_name: name[language], kind: value.kind, ...numbersOf(value) }
}

function numbersOf(value: Value): Line {
  switch (value.kind) {
    case 'count':
      return { count: value.count }
    case 'share': {
      const share = value.of === 0 ? null : Math.round((value.part / value.of) * 10_000) / 10_000
      return { count: value.part, of: value.of, share }
    }
    case 'minutes':
      return { of: value.of, median_minutes: value.median, p90_minutes: value.p90 }
    case 'score': {
      const votes = value.spread.map((count, i) => [`votes_${i + 1}`, count])
      return {
        of: value.spread.reduce((sum, count) => sum + count, 0),
        mean: value.mean,
        ...Object.fromEntries(votes),
      }
    }
  }
}

/**
 * A customer named "=HYPERLINK(...)" must not become a formula in somebody's spreadsheet: text that begins like one gets an
 * apostrophe before it (OWASP, CSV injection). Numbers are ours and stay numbers, negative ones as well.
 */
function fieldOf(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return String(value)
  // The key of "the others" is an asterisk, which begins no formula.
  const harmless = /^[\s\p{Cc}]*[=+\-@]|^[\t\r\n]/u.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
