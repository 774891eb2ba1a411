import type { Language } from '../../../desk/ticket.ts'
import { dimensionNames } from '../../../figures/definitions.ts'
import type { Dimension, FigureResult, Part } from '../../../figures/figure.ts'
import { valueWords } from '../../../figures/figure-words.ts'
import { type Html, html, nothing } from '../../phone/call-now/html.ts'
import { type Asked, addressOf, type FilterField, filterFields, unknownValue } from './asked.ts'
import { isNothing } from './number-words.ts'
import { words } from './words.ts'

/** The numbers behind charts. Pure. */

/** The parts of a total, with those of the period before. */
export function totalTable(total: readonly Part[], before: readonly Part[], language: Language): Html {
  const say = words[language]
  const old = new Map(before.map(part => [part.key, part]))
  const rows = total.flatMap((part, at) => {
    const other = old.get(part.key)
    // What there is none of, now and before, only hides what there is.
    if (at > 0 && isNothing(part) && (!other || isNothing(other))) return []
    return html`<tr><th scope="row">${part.name[language]}</th><td class="number" data-name="${say.value}">${valueWords(part.value, language)}</td><td class="number quiet" data-name="${say.before}">${other ? valueWords(other.value, language) : ''}</td></tr>\n`
  })
  return html`<div class="wide"><table class="stack"><thead><tr><th>${say.number}</th><th class="number">${say.value}</th><th class="number">${say.before}</th></tr></thead>
<tbody>${rows}</tbody></table></div>`
}

export interface SliceTable {
  readonly result: FigureResult
  /** The columns. */
  readonly parts: readonly Part[]
  readonly asked: Asked
  readonly language: Language
}

/** A row for each slice; its name leads to the same figure of this slice alone. */
export function sliceTable({ result, parts, asked, language }: SliceTable): Html {
  const { by, slices } = result
  if (by === null) return nothing
  const rows = slices.map(slice => {
    const cells = parts.map(({ key, name }) => {
      const value = slice.parts.find(part => part.key === key)?.value
      return html`<td class="number" data-name="${name[language]}">${value ? valueWords(value, language) : '–'}</td>`
    })
    const address = addressOfSlice(asked, by, slice.key)
    const name = slice.name[language]
    return html`<tr><th scope="row">${address === undefined ? name : html`<a href="${address}">${name}</a>`}</th>${cells}</tr>\n`
  })
  const heads = parts.map(({ name }) => html`<th class="number">${name[language]}</th>`)
  // Two columns fit a telephone; more become a list there.
  return html`<div class="wide"><table${parts.length > 1 ? html` class="stack"` : nothing}><thead><tr><th>${dimensionNames[by][language]}</th>${heads}</tr></thead>
<tbody>${rows}</tbody></table></div>`
}

/** Undefined for "the others", and for a manufacturer, by which nothing is filtered. */
function addressOfSlice(asked: Asked, by: Dimension, key: string): string | undefined {
  if (key === '*') return undefined
  const period = spanOf(asked, by, key)
  if (period) return addressOf(asked, { from: period[0], to: period[1], by: undefined })
  const field: FilterField | undefined = filterFields.find(one => one === by)
  if (field === undefined || (field === 'group' && key === '')) return undefined
  return addressOf(asked, { [field]: key === '' ? unknownValue : key, by: undefined })
}

/** A unit of time leads to its own days; a day is told apart no further. */
function spanOf(asked: Asked, by: Dimension, key: string): readonly [string, string] | undefined {
  if (by !== 'week' && by !== 'month') return undefined
  const first = Temporal.PlainDate.from(key)
  const last = first.add(by === 'week' ? { weeks: 1 } : { months: 1 }).subtract({ days: 1 })
  const { from, to } = asked.period
  const begin = Temporal.PlainDate.compare(first, from) < 0 ? from : first
  const end = Temporal.PlainDate.compare(last, to) > 0 ? to : last
  return [begin.toString(), end.toString()]
}
