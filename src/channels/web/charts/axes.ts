import { type Html, html } from '../../phone/call-now/html.ts'
import { type Format, percent, type Unit } from './drawing.ts'
import { placeOn, type Scale } from './scale.ts'

/** The frame of charts along time: lines across with their values, and units below. Pure. */

/** In pixels: where the plot begins, its height, and what the words below it need. */
export const plot = { top: 20, height: 170, below: 24 } as const

export const chartHeight = plot.top + plot.height + plot.below

export function yOf(scale: Scale, value: number): number {
  return Math.round((plot.top + plot.height * (1 - placeOn(scale, value))) * 10) / 10
}

export function gridOf(scale: Scale): readonly Html[] {
  return scale.ticks.map(tick => {
    const y = yOf(scale, tick)
    return html`<line class="grid" x1="0" y1="${y}" x2="100%" y2="${y}"/>`
  })
}

/** Values stand on their lines, within the plot and over what is drawn: a margin would be a third of a telephone. */
export function gridLabels(scale: Scale, format: Format): readonly Html[] {
  const shown = scale.ticks.filter(tick => tick !== 0)
  return shown.map(tick => html`<text class="tick" x="0" y="${yOf(scale, tick) - 4}">${format(tick)}</text>`)
}

/** The middle of a unit's place, from 0 to 1. */
export function middleOf(index: number, count: number): number {
  return (index + 0.5) / count
}

const mostLabels = 7
const fewLabels = 4

/** All of a few units have their names below, of many only some, evenly. */
export function unitLabels(units: readonly Unit[]): readonly Html[] {
  const { length } = units
  const apart = length <= mostLabels ? 1 : Math.ceil(length / fewLabels)
  return units.flatMap(({ short }, index) => {
    if (index % apart !== 0) return []
    const [x, anchor] = apart === 1 ? [middleOf(index, length), 'middle'] : [index / length, 'start']
    const y = plot.top + plot.height + 17
    return html`<text class="tick" x="${percent(x)}" y="${y}" text-anchor="${anchor}">${short}</text>`
  })
}
