import { type Html, html } from '../../phone/call-now/html.ts'
import { chartHeight, gridLabels, gridOf, middleOf, unitLabels, yOf } from './axes.ts'
import { type ChartHead, colourOf, drawing, type Format, percent, type Series, type Unit } from './drawing.ts'
import { type Quantity, type Scale, scaleOf } from './scale.ts'

/** Shares, times and means along time. Pure. */

export interface Lines {
  readonly units: readonly Unit[]
  readonly series: readonly Series[]
  readonly format: Format
  readonly quantity: Quantity
}

/** A unit without a value leaves a gap: nothing is known about it, and a line through it would say something. */
export function lines(head: ChartHead, { units, series, format, quantity }: Lines): Html {
  const scale = scaleOf(
    quantity,
    series.flatMap(({ values }) => values),
  )
  const marks = series.flatMap((one, index) => [
    ...strokes(one, index, scale),
    ...points(one, index, scale, units, format),
  ])
  return drawing(head, chartHeight, [
    ...gridOf(scale),
    ...marks,
    ...gridLabels(scale, format),
    ...unitLabels(units),
  ])
}

/** One by one, for only the ends of a simple line may be given in percent. */
function strokes({ values }: Series, index: number, scale: Scale): readonly Html[] {
  return values.flatMap((value, at) => {
    const next = values[at + 1]
    if (value === null || next === null || next === undefined) return []
    const [x1, x2] = [middleOf(at, values.length), middleOf(at + 1, values.length)]
    const ends = html`x1="${percent(x1)}" y1="${yOf(scale, value)}" x2="${percent(x2)}" y2="${yOf(scale, next)}"`
    return html`<line class="stroke ${colourOf(index)}" ${ends}/>`
  })
}

function points(
  { name, values }: Series,
  index: number,
  scale: Scale,
  units: readonly Unit[],
  format: Format,
): readonly Html[] {
  return values.flatMap((value, at) => {
    if (value === null) return []
    const place = html`cx="${percent(middleOf(at, values.length))}" cy="${yOf(scale, value)}"`
    return html`<circle class="fill ${colourOf(index)}" ${place} r="${values.length > 40 ? 2 : 3.5}"><title>${units[at]?.full ?? ''}: ${name} ${format(value)}</title></circle>`
  })
}
