import type { Language } from '../../../desk/ticket.ts'
import { definitionOf } from '../../../figures/definitions.ts'
import type { FigureResult } from '../../../figures/figure.ts'
import type { TrainingNeed } from '../../../figures/training.ts'
import { type Html, html, nothing } from '../../phone/call-now/html.ts'
import { type Asked, addressOf } from './asked.ts'
import { chartPlans, isPlanned } from './chart-plans.ts'
import { votesOf, wholeOf } from './figure-bars.ts'
import { chartsOf, type DrawnChart, withoutCommonHead } from './figure-charts.ts'
import { sliceTable, totalTable } from './figure-table.ts'
import { isNothing } from './number-words.ts'
import { trainingCard } from './training-card.ts'
import { words } from './words.ts'

/** One figure: its numbers over the whole period, what they are counted from, and how they differ. Pure. */

export interface FigurePage {
  readonly language: Language
  /** Path of the report pages, with the prefix. */
  readonly base: string
  readonly asked: Asked
  readonly result: FigureResult
  readonly before: FigureResult
  readonly form: Html
  /** Of the figure "causes" alone. */
  readonly needs: readonly TrainingNeed[] | undefined
}

/** Longer tables are folded below their chart. */
const openRows = 14

export function figureBody(page: FigurePage): Html {
  const { language, base, asked, result, before, form, needs } = page
  const say = words[language]
  const { figure, total } = result
  const charts = chartPlans[figure].flatMap(plan => chartsOf(result, plan, language))
  const address = addressOf(asked)
  return html`<p class="quiet noprint"><a href="${base}${addressOf(asked, { by: undefined })}">${say.all}</a></p>
${form}
<section class="card"><div class="head"><h2>${say.total}</h2><span class="buttons noprint"><a href="${base}/${figure}.csv${address}">${say.csv}</a><a href="${base}/${figure}.json${address}">${say.json}</a></span></div>
${totalTable(total, before.total, language)}
<p class="quiet formula"><strong>${say.formula}:</strong> ${withCode(definitionOf(figure).formula[language])}</p></section>
${wholes(result, language)}
${needs === undefined ? nothing : trainingCard(needs, language)}
${charts.length > 0 ? charts.map(chart => chartCard(chart, page)) : html`<section class="card"><p>${say.empty}</p></section>`}`
}

function chartCard({ title, parts, picture }: DrawnChart, { result, asked, language }: FigurePage): Html {
  const isOpen = result.slices.length <= openRows
  return html`<section class="card"><h2>${title}</h2>
${picture}
<details class="numbers"${isOpen ? html` open` : nothing}><summary>${words[language].numbers}</summary>
${sliceTable({ result, parts, asked, language })}</details></section>`
}

/** What the total consists of; its numbers stand in the table above. */
function wholes({ figure, total }: FigureResult, language: Language): readonly Html[] {
  const say = words[language]
  return chartPlans[figure].flatMap((plan, at) => {
    const parts = total.filter(part => isPlanned(plan, part.key))
    const [first] = parts
    if (!first || plan.kind === 'values' || parts.every(isNothing)) return []
    const title = plan.kind === 'votes' ? first.name[language] : plan.name[language]
    const head = { id: `whole-${at}`, title, about: say.ofTotal(title) }
    const picture =
      plan.kind === 'votes'
        ? votesOf(head, first, language)
        : wholeOf(head, withoutCommonHead(parts.filter(part => !isNothing(part))), language)
    return html`<section class="card"><h2>${title} <span class="quiet">${say.total}</span></h2>${picture}</section>`
  })
}

/** Definitions name settings as Markdown does. */
function withCode(text: string): readonly Html[] {
  return text.split('`').map((piece, at) => (at % 2 === 1 ? html`<code>${piece}</code>` : html`${piece}`))
}
