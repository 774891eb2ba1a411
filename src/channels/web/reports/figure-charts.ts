import type { Language } from '../../../desk/ticket.ts'
import { dimensionNames } from '../../../figures/definitions.ts'
import type { Dimension, FigureResult, Part, Slice } from '../../../figures/figure.ts'
import { numberOf } from '../../../figures/report.ts'
import { type Html, html, nothing } from '../../phone/call-now/html.ts'
import { columns } from '../charts/columns.ts'
import { colours, legend, type Series, type Unit } from '../charts/drawing.ts'
import { lines } from '../charts/lines.ts'
import { type ChartPlan, isPlanned } from './chart-plans.ts'
import { barsOf, shareBarsOf } from './figure-bars.ts'
import { isNothing, numberWords, quantityOf, unitWords } from './number-words.ts'
import { words } from './words.ts'

/** A figure's charts: along time, or along what it is told apart by. Pure. */

export interface DrawnChart {
  readonly title: string
  /** What the table beside it shows. */
  readonly parts: readonly Part[]
  readonly picture: Html
}

type Time = 'day' | 'week' | 'month'
const isTime = (by: Dimension): by is Time => by === 'day' || by === 'week' || by === 'month'

/** None for a plan of which there is nothing in the period. */
export function chartsOf(
  { figure, total, by, slices }: FigureResult,
  plan: ChartPlan,
  language: Language,
): readonly DrawnChart[] {
  const planned = total.filter(part => isPlanned(plan, part.key))
  if (by === null || planned.every(isNothing)) return []
  const about = (name: string) => words[language].along(name, dimensionNames[by][language])
  // One number stays where it is none; of many only those are shown that there are.
  const parts = plan.kind === 'values' ? planned : withoutCommonHead(planned.filter(part => !isNothing(part)))
  const drawn = (own: readonly Part[], picture: (id: string, title: string) => Html): DrawnChart => {
    const title =
      plan.kind === 'shares' ? plan.name[language] : own.map(({ name }) => name[language]).join(', ')
    return { title, parts: own, picture: picture(`${figure}-${own[0]?.key}`, title) }
  }
  if (isTime(by)) {
    const course = (id: string, title: string) =>
      courseOf({ id, title, about: about(title) }, { parts, slices, plan, language, unit: by })
    return [drawn(parts, course)]
  }
  // All the others together would make every single one small; they stand in the table.
  const single = slices.filter(({ key }) => key !== '*')
  if (plan.kind === 'shares')
    return [
      drawn(parts, (id, title) => shareBarsOf({ id, title, about: about(title) }, parts, single, language)),
    ]
  return parts
    .filter(part => !isNothing(part))
    .map(part =>
      drawn([part], (id, title) => barsOf({ id, title, about: about(title) }, part, single, language)),
    )
}

/** "policy" and "broken promise" for "Cause: policy" and "Cause: broken promise", where the title says what they are. */
export function withoutCommonHead(parts: readonly Part[]): readonly Part[] {
  const headOf = (name: string) => (name.includes(': ') ? name.slice(0, name.indexOf(': ') + 2) : '')
  const tail = (name: string) => name.slice(headOf(name).length)
  if (parts.some(({ name }) => headOf(name.de) === '' || headOf(name.de) !== headOf(parts[0]?.name.de ?? '')))
    return parts
  return parts.map(part => ({ ...part, name: { de: tail(part.name.de), en: tail(part.name.en) } }))
}

interface Course {
  readonly parts: readonly Part[]
  readonly slices: readonly Slice[]
  readonly plan: ChartPlan
  readonly language: Language
  readonly unit: Time
}

/** Amounts as columns, all else as lines. */
function courseOf(
  head: { readonly id: string; readonly title: string; readonly about: string },
  { parts, slices, plan, language, unit }: Course,
): Html {
  const units = slices.map(
    ({ key, name }): Unit => ({ short: unitWords(unit, key, language), full: name[language] }),
  )
  const [first] = parts
  if (!first) return nothing
  const quantity = quantityOf(first.value)
  const format = numberWords(quantity, language)
  const series =
    plan.kind === 'shares'
      ? fewOf(seriesOf(parts, slices, language), language)
      : seriesOf(parts, slices, language)
  const names = series.map(({ name }) => name)
  if (quantity === 'count')
    return html`${names.length > 1 ? legend(names, 'area') : nothing}${columns(head, { units, series, format, quantity, stacked: plan.kind === 'shares' })}`
  return html`${names.length > 1 ? legend(names, 'line') : nothing}${lines(head, { units, series, format, quantity })}`
}

function seriesOf(parts: readonly Part[], slices: readonly Slice[], language: Language): readonly Series[] {
  return parts.map(({ key, name }) => ({
    name: name[language],
    values: slices.map(slice => {
      const part = slice.parts.find(one => one.key === key)
      return part === undefined ? null : numberOf(part.value)
    }),
  }))
}

/** As many as there are colours, the smallest taken together; none that has nothing. */
function fewOf(series: readonly Series[], language: Language): readonly Series[] {
  const sum = ({ values }: Series) => values.reduce<number>((total, value) => total + (value ?? 0), 0)
  const there = series.filter(one => sum(one) > 0)
  if (there.length <= colours) return there
  const largest = new Set(there.toSorted((a, b) => sum(b) - sum(a)).slice(0, colours - 1))
  const small = there.filter(one => !largest.has(one))
  const rest = {
    name: words[language].others,
    values: (small[0]?.values ?? []).map((_, at) =>
      small.reduce((total, { values }) => total + (values[at] ?? 0), 0),
    ),
  }
  return [...there.filter(one => largest.has(one)), rest]
}
