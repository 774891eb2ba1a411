import type { Language } from '../../../desk/ticket.ts'
import { changeOf } from '../../../figures/comparison.ts'
import { definitionOf } from '../../../figures/definitions.ts'
import type { FigureResult, Part, Period } from '../../../figures/figure.ts'
import { valueWords } from '../../../figures/figure-words.ts'
import { numberOf } from '../../../figures/report.ts'
import type { TrainingNeed } from '../../../figures/training.ts'
import { type Html, html, nothing } from '../../phone/call-now/html.ts'
import { sparkline } from '../charts/sparkline.ts'
import { type Asked, addressOf } from './asked.ts'
import { isNothing, numberWords, periodWords, quantityOf } from './number-words.ts'
import { trainingCard } from './training-card.ts'
import { words } from './words.ts'

/** All figures at a glance: each with its main number, what became of it, and its course. Pure. */

export interface OverviewPage {
  readonly language: Language
  readonly base: string
  readonly asked: Asked
  /** Along time. */
  readonly results: readonly FigureResult[]
  /** The same figures over the period before. */
  readonly before: readonly FigureResult[]
  readonly periodBefore: Period
  readonly needs: readonly TrainingNeed[]
  readonly form: Html
}

/** Beside the main one. */
const otherNumbers = 3

export function overviewBody(page: OverviewPage): Html {
  const { language, base, asked, results, needs, form } = page
  const say = words[language]
  const address = addressOf(asked)
  return html`${form}
<p class="buttons noprint"><a href="${base}/all.csv${address}">${say.csv}</a><a href="${base}/all.json${address}">${say.json}</a></p>
<div class="tiles">${results.map(result => tile(result, page))}</div>
${trainingCard(needs, language)}`
}

function tile(result: FigureResult, { language, base, asked, before, periodBefore }: OverviewPage): Html {
  const { figure, total, slices } = result
  const [main, ...others] = total
  if (!main) return nothing
  const { name } = definitionOf(figure)
  const old = before.find(one => one.figure === figure)?.total.find(({ key }) => key === main.key)
  const format = numberWords(quantityOf(main.value), language)
  const number = numberOf(main.value)
  const rest = others.filter(part => !isNothing(part)).slice(0, otherNumbers)
  const course = slices.map(({ parts }) => {
    const part = parts.find(({ key }) => key === main.key)
    return part ? numberOf(part.value) : null
  })
  const title = `${name[language]}: ${main.name[language]}`
  const head = { id: `course-${figure}`, title, about: words[language].ofTotal(main.name[language]) }
  return html`<section class="card tile"><h2><a href="${base}/${figure}${addressOf(asked)}">${name[language]}</a></h2>
<p class="main"><strong>${number === null ? '–' : format(number)}</strong> <span class="quiet">${main.name[language]}</span></p>
${changeLine(result, main, old, periodWords(periodBefore, language), language)}
${sparkline(head, { quantity: quantityOf(main.value), values: course })}
<dl>${rest.map(part => html`<dt>${part.name[language]}</dt><dd>${valueWords(part.value, language)}</dd>`)}</dl></section>`
}

/** In words and a sign, and not in colour alone. */
function changeLine(
  { figure }: FigureResult,
  main: Part,
  old: Part | undefined,
  period: string,
  language: Language,
): Html {
  const say = words[language]
  const change = old && changeOf(definitionOf(figure), main.value, old.value)
  const number = old && numberOf(old.value)
  if (!change || number === null || number === undefined)
    return html`<p class="change quiet">${countedLine(main, language)}</p>`
  const sign = { better: '▲', worse: '▼', same: '=', more: '+', less: '−' }[change]
  return html`<p class="change ${change}"><span aria-hidden="true">${sign}</span> ${say.changes[change]} <span class="quiet">(${say.beforeIn(numberWords(quantityOf(main.value), language)(number), period)})</span></p>`
}

function countedLine(main: Part, language: Language): string {
  return isNothing(main) ? words[language].nothing : valueWords(main.value, language)
}
