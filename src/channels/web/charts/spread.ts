import { type Html, html } from '../../phone/call-now/html.ts'
import { middleOf, plot } from './axes.ts'
import { type ChartHead, drawing, type Format, percent } from './drawing.ts'
import { placeOn, scaleOf } from './scale.ts'

/** How many gave which vote: five columns from bad to good, each with its number. Pure. */

export interface Vote {
  /** "1", or "1, bad". */
  readonly name: string
  readonly count: number
}

const width = 0.62

export function spread(head: ChartHead, votes: readonly Vote[], format: Format): Html {
  const scale = scaleOf(
    'count',
    votes.map(({ count }) => count),
  )
  const bottom = plot.top + plot.height
  const marks = votes.map(({ name, count }, at) => {
    const height = Math.round(plot.height * placeOn(scale, count) * 10) / 10
    const middle = percent(middleOf(at, votes.length))
    const x = percent(middleOf(at, votes.length) - width / votes.length / 2)
    return html`<rect class="fill v${at + 1}" x="${x}" y="${bottom - height}" width="${percent(width / votes.length)}" height="${height}"><title>${name}: ${format(count)}</title></rect>
<text class="value" x="${middle}" y="${bottom - height - 5}" text-anchor="middle">${format(count)}</text>
<text class="tick" x="${middle}" y="${bottom + 17}" text-anchor="middle">${name}</text>`
  })
  const ground = html`<line class="grid" x1="0" y1="${bottom}" x2="100%" y2="${bottom}"/>`
  return drawing(head, plot.top + plot.height + plot.below, [ground, ...marks])
}
