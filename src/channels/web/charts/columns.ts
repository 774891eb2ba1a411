import { type Html, html } from '../../phone/call-now/html.ts'
import { chartHeight, gridLabels, gridOf, plot, unitLabels, yOf } from './axes.ts'
import { type ChartHead, colourOf, drawing, type Format, percent, type Series, type Unit } from './drawing.ts'
import { placeOn, type Scale, scaleOf } from './scale.ts'

/** Amounts along time: columns side by side, or on top of each other where they are parts of one whole. Pure. */

export interface Columns {
  readonly units: readonly Unit[]
  readonly series: readonly Series[]
  readonly format: Format
  readonly quantity: 'count' | 'minutes' | 'share'
  readonly stacked: boolean
}

/** Of a unit's place; the rest keeps units apart. */
const used = 0.7

export function columns(head: ChartHead, chart: Columns): Html {
  const { units, series, format, quantity, stacked } = chart
  const sums = units.map((_, at) => series.reduce((sum, { values }) => sum + (values[at] ?? 0), 0))
  const scale = scaleOf(quantity, stacked ? sums : series.flatMap(({ values }) => values))
  const marks = units.map((_, at) => (stacked ? pile(chart, scale, at) : neighbours(chart, scale, at)))
  return drawing(head, chartHeight, [
    ...gridOf(scale),
    ...marks.flat(),
    ...gridLabels(scale, format),
    ...unitLabels(units),
  ])
}

function neighbours({ units, series, format }: Columns, scale: Scale, at: number): readonly Html[] {
  const width = used / units.length / series.length
  return series.flatMap(({ name, values }, index) => {
    const value = values[at]
    if (value === null || value === undefined || value === scale.least) return []
    const x = (at + (1 - used) / 2) / units.length + index * width
    const y = yOf(scale, value)
    const place = { x, y, width, height: plot.top + plot.height - y }
    return column(place, index, `${units[at]?.full}: ${name} ${format(value)}`)
  })
}

function pile({ units, series, format }: Columns, scale: Scale, at: number): readonly Html[] {
  const width = used / units.length
  const x = (at + (1 - used) / 2) / units.length
  let below = 0
  return series.flatMap(({ name, values }, index) => {
    const value = values[at] ?? 0
    if (value === 0) return []
    below += value
    const place = { x, y: yOf(scale, below), width, height: plot.height * placeOn(scale, value) }
    return column(place, index, `${units[at]?.full}: ${name} ${format(value)}`)
  })
}

function column(
  { x, y, width, height }: Readonly<Record<'x' | 'y' | 'width' | 'height', number>>,
  index: number,
  title: string,
): Html {
  const size = html`x="${percent(x)}" y="${y}" width="${percent(width)}" height="${Math.round(height * 10) / 10}"`
  return html`<rect class="fill ${colourOf(index)}" ${size}><title>${title}</title></rect>`
}
