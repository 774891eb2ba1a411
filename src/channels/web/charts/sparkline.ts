import { type Html, html } from '../../phone/call-now/html.ts'
import { middleOf } from './axes.ts'
import { type ChartHead, drawing, percent } from './drawing.ts'
import { placeOn, type Quantity, type Scale, scaleOf } from './scale.ts'

/** The course of one number, small: no words but its name, because the number itself stands beside it. Pure. */

const height = 44
const margin = 4

export function sparkline(
  head: ChartHead,
  { quantity, values }: { readonly quantity: Quantity; readonly values: readonly (number | null)[] },
): Html {
  const scale = scaleOf(quantity, values)
  const ground = html`<line class="grid" x1="0" y1="${height - 0.5}" x2="100%" y2="${height - 0.5}"/>`
  return drawing(head, height, [
    ground,
    ...(quantity === 'count' ? columnsOf(values, scale) : lineOf(values, scale)),
  ])
}

const yOf = (scale: Scale, value: number) =>
  Math.round((margin + (height - 2 * margin) * (1 - placeOn(scale, value))) * 10) / 10

function columnsOf(values: readonly (number | null)[], scale: Scale): readonly Html[] {
  const width = 0.7 / values.length
  return values.flatMap((value, at) => {
    if (!value) return []
    const y = yOf(scale, value)
    return html`<rect class="fill c0" x="${percent(middleOf(at, values.length) - width / 2)}" y="${y}" width="${percent(width)}" height="${height - y}"/>`
  })
}

function lineOf(values: readonly (number | null)[], scale: Scale): readonly Html[] {
  return values.flatMap((value, at) => {
    if (value === null) return []
    const [x, y, next] = [percent(middleOf(at, values.length)), yOf(scale, value), values[at + 1]]
    const dot = html`<circle class="fill c0" cx="${x}" cy="${y}" r="2"/>`
    if (next === null || next === undefined) return dot
    const end = html`x2="${percent(middleOf(at + 1, values.length))}" y2="${yOf(scale, next)}"`
    return [html`<line class="stroke c0" x1="${x}" y1="${y}" ${end}/>`, dot]
  })
}
