import { shortened } from '../../../desk/plain-text.ts'
import { type Html, html } from '../../phone/call-now/html.ts'
import { type ChartHead, colourOf, drawing, percent } from './drawing.ts'

/** What differs between departments, products or reasons: a bar each, of one colour or of several parts. Pure. */

export interface Bar {
  readonly name: string
  /** At the end of its line, in words. */
  readonly shown: string
  readonly parts: readonly BarPart[]
}

export interface BarPart {
  /** Whose colour it has. */
  readonly series: number
  /** Of the whole width, from 0 to 1. */
  readonly share: number
  readonly title: string
}

const rowHeight = 44
/** As many letters as a telephone has room for beside the value; the table has the whole name. */
const longestName = 30

export function bars(head: ChartHead, rows: readonly Bar[]): Html {
  const marks = rows.map(({ name, shown, parts }, row) => {
    const top = row * rowHeight
    const words = html`<text x="0" y="${top + 15}">${shortened(name, longestName)}</text><text class="value" x="100%" y="${top + 15}" text-anchor="end">${shown}</text>
<rect class="track" x="0" y="${top + 22}" width="100%" height="12" rx="2"/>`
    return html`${words}${pieces(parts, top + 22)}`
  })
  return drawing(head, Math.max(1, rows.length) * rowHeight, marks)
}

function pieces(parts: readonly BarPart[], y: number): readonly Html[] {
  let before = 0
  return parts.flatMap(({ series, share, title }) => {
    if (share <= 0 || before >= 1) return []
    const x = before
    before += share
    return html`<rect class="fill ${colourOf(series)}" x="${percent(x)}" y="${y}" width="${percent(Math.min(share, 1 - x))}" height="12"><title>${title}</title></rect>`
  })
}
