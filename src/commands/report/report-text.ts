/** Figures for a terminal. Pure. */
import type { Language } from '../../desk/ticket.ts'
import { definitionOf, dimensionNames } from '../../figures/definitions.ts'
import type { FigureResult, Part } from '../../figures/figure.ts'
import { valueWords } from '../../figures/figure-words.ts'
import type { TrainingNeed } from '../../figures/training.ts'
import { columns, indented, oneLine } from '../terminal.ts'

const longestName = 40

/**
 * Each figure with its total; told apart, each slice with what there is in it. At the end what points to a need for
 * training, where it was asked for.
 */
export function reportText(
  results: readonly FigureResult[],
  needs: readonly TrainingNeed[] | undefined,
  language: Language,
): string {
  const [first] = results
  if (!first) return ''
  const { from, to, timeZone } = first.period
  const until = language === 'de' ? 'bis' : 'to'
  return [
    `${from} ${until} ${to} (${timeZone})`,
    ...results.map(result => figureText(result, language)),
    ...(needs ? [trainingText(needs, language)] : []),
  ].join('\n\n')
}

function trainingText(needs: readonly TrainingNeed[], language: Language): string {
  const [head, none] =
    language === 'de' ? ['Hinweise auf Schulungsbedarf', 'keine'] : ['Signs of a need for training', 'none']
  const lines = needs.map(({ name, because }) => `${name[language]}: ${because[language].join('; ')}`)
  return [head, ...(lines.length === 0 ? [none] : lines).map(line => indented(line, 2))].join('\n')
}

function figureText({ figure, total, by, slices }: FigureResult, language: Language): string {
  const head = definitionOf(figure).name[language]
  const told = slices.map(({ name, parts }) =>
    indented(`${oneLine(name[language], longestName)}\n${partsText(parts, language, true)}`, 2),
  )
  const apart = by === null ? [] : [`${dimensionNames[by][language]}:`, ...told]
  return [head, partsText(total, language, by !== null), ...apart.map(text => indented(text, 2))].join('\n')
}

/** A total says everything; beside slices only what there is, or a screen would hold nothing but zeros. */
function partsText(parts: readonly Part[], language: Language, briefly: boolean): string {
  const shown = parts.filter(({ value }, i) => i === 0 || !briefly || !isNothing(value))
  return columns(shown.map(({ name, value }) => [name[language], valueWords(value, language)]))
}

function isNothing(value: Part['value']): boolean {
  switch (value.kind) {
    case 'count':
      return value.count === 0
    case 'share':
    case 'minutes':
      return value.of === 0
    case 'score':
      return value.mean === null
  }
}
