import type { ReportNumber, ReportSection } from '../../desk/reports/report-data.ts'
import type { Language } from '../../desk/ticket.ts'
import { changeOf } from '../comparison.ts'
import { definitionOf, dimensionNames } from '../definitions.ts'
import type { FigureResult, Part, Value } from '../figure.ts'
import { valueWords } from '../figure-words.ts'
import { numberOf } from '../report.ts'
import type { TrainingNeed } from '../training.ts'

/** Figures as sections of a mail: few words and few columns, for mail programs show no more. Pure. */

const mostRows = 12

const words = {
  de: {
    number: 'Zahl',
    value: 'Wert',
    by: 'nach',
    area: 'Servicebereich',
    because: 'Weshalb',
    needs: 'Hinweise auf Schulungsbedarf',
  },
  en: {
    number: 'Number',
    value: 'Value',
    by: 'by',
    area: 'Service area',
    because: 'Why',
    needs: 'Signs that training is needed',
  },
} as const

export function numberLine(now: FigureResult, before: FigureResult, language: Language): ReportNumber {
  const definition = definitionOf(now.figure)
  const [part] = now.total
  const old = before.total.find(({ key }) => key === part?.key)
  return {
    figure: definition.name[language],
    part: part?.name[language] ?? '',
    value: part ? valueWords(part.value, language) : '–',
    before: old ? valueWords(old.value, language) : '–',
    change: (part && old && changeOf(definition, part.value, old.value)) ?? '',
  }
}

/** Undefined where there is nothing in any slice. */
export function apartSection(result: FigureResult, language: Language): ReportSection | undefined {
  const { figure, by, slices, total } = result
  const [main] = total
  if (by === null || !main || isNothing(main)) return undefined
  const values = slices.map(({ parts }) => parts.find(({ key }) => key === main.key)?.value)
  const longest = longestOf(values)
  const rows = slices.map(({ name }, at) => {
    const value = values[at]
    return { cells: [name[language], value ? valueWords(value, language) : '–'], bar: barOf(value, longest) }
  })
  const dimension = dimensionNames[by][language]
  return {
    // The same figure may stand below it once more, told apart by something else.
    title: `${titleOf(definitionOf(figure).name[language], main.name[language])} (${words[language].by} ${language === 'en' ? dimension.toLowerCase() : dimension})`,
    columns: [dimension, words[language].value],
    rows: rows.slice(0, mostRows),
    more: Math.max(0, rows.length - mostRows),
  }
}

export function wholeSection({ figure, total }: FigureResult, language: Language): ReportSection | undefined {
  const shown = total.filter(part => !isNothing(part))
  if (shown.length === 0) return undefined
  const say = words[language]
  return {
    title: definitionOf(figure).name[language],
    columns: [say.number, say.value],
    rows: shown.map(({ name, value }) => ({
      cells: [name[language], valueWords(value, language)],
      bar: null,
    })),
    more: 0,
  }
}

export function trainingSection(
  needs: readonly TrainingNeed[],
  language: Language,
): ReportSection | undefined {
  if (needs.length === 0) return undefined
  const say = words[language]
  const rows = needs.map(({ name, because }) => ({
    cells: [name[language], because[language].join('; ')],
    bar: null,
  }))
  return {
    title: say.needs,
    columns: [say.area, say.because],
    rows: rows.slice(0, mostRows),
    more: Math.max(0, rows.length - mostRows),
  }
}

/** "Escalations" counts escalations: once is enough. */
function titleOf(figure: string, part: string): string {
  return figure === part ? figure : `${figure}: ${part}`
}

/** Shares are drawn of all, votes of five, the rest of the largest. */
function longestOf(values: readonly (Value | undefined)[]): number {
  const [first] = values
  if (first?.kind === 'share') return 1
  if (first?.kind === 'score') return 5
  return Math.max(0, ...values.map(value => (value ? (numberOf(value) ?? 0) : 0)))
}

function barOf(value: Value | undefined, longest: number): number {
  const number = value ? numberOf(value) : null
  return number === null || longest === 0 ? 0 : Math.round((100 * number) / longest)
}

function isNothing({ value }: Part): boolean {
  return value.kind === 'count' ? value.count === 0 : numberOf(value) === null
}
