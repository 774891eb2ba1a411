import type { Language } from '../../../desk/ticket.ts'
import type { Part, Slice } from '../../../figures/figure.ts'
import { percentWords } from '../../../figures/figure-words.ts'
import { numberOf } from '../../../figures/report.ts'
import { type Html, html, nothing } from '../../phone/call-now/html.ts'
import { bars } from '../charts/bars.ts'
import { type ChartHead, colours, legend } from '../charts/drawing.ts'
import { placeOn, scaleOf } from '../charts/scale.ts'
import { spread } from '../charts/spread.ts'
import { numberWords, quantityOf } from './number-words.ts'
import { words } from './words.ts'

/** A figure's charts that are not along time. Pure. */

/** The table has the rest. */
const mostBars = 20

/** One number, a bar for each slice. */
export function barsOf(
  head: ChartHead,
  { key, value: of }: Part,
  slices: readonly Slice[],
  language: Language,
): Html {
  const quantity = quantityOf(of)
  const format = numberWords(quantity, language)
  const values = slices.map(slice => numberIn(slice, key))
  const scale = scaleOf(quantity, values)
  const rows = slices.slice(0, mostBars).map(({ name }, at) => {
    const value = values[at] ?? null
    const shown = value === null ? '–' : format(value)
    const part = {
      series: 0,
      share: value === null ? 0 : placeOn(scale, value),
      title: `${name[language]}: ${shown}`,
    }
    return { name: name[language], shown, parts: [part] }
  })
  return html`${bars(head, rows)}${cut(slices.length, language)}`
}

/** Parts of one whole: a bar of several colours for each slice, as long as there is much of it. */
export function shareBarsOf(
  head: ChartHead,
  parts: readonly Part[],
  slices: readonly Slice[],
  language: Language,
): Html {
  const { shown, rest } = fewParts(parts)
  const format = numberWords('count', language)
  const sums = slices.map(slice => parts.reduce((sum, { key }) => sum + (numberIn(slice, key) ?? 0), 0))
  const most = Math.max(1, ...sums)
  const names = [
    ...shown.map(({ name }) => name[language]),
    ...(rest.length > 0 ? [words[language].others] : []),
  ]
  const rows = slices.slice(0, mostBars).map((slice, at) => {
    const counts = [
      ...shown.map(({ key }) => numberIn(slice, key) ?? 0),
      rest.reduce((sum, { key }) => sum + (numberIn(slice, key) ?? 0), 0),
    ]
    const pieces = counts.map((count, series) => ({
      ...{ series, share: count / most },
      title: `${slice.name[language]}: ${names[series] ?? ''} ${format(count)}`,
    }))
    return { name: slice.name[language], shown: format(sums[at] ?? 0), parts: pieces }
  })
  return html`${legend(names, 'area')}${bars(head, rows)}${cut(slices.length, language)}`
}

/** Parts of the total, each with its share of the whole. */
export function wholeOf(head: ChartHead, parts: readonly Part[], language: Language): Html {
  const format = numberWords('count', language)
  const counts = parts.map(({ value }) => numberOf(value) ?? 0)
  const sum = counts.reduce((total, count) => total + count, 0)
  const most = Math.max(1, ...counts)
  const rows = parts.flatMap(({ name }, at) => {
    const count = counts[at] ?? 0
    if (count === 0) return []
    const shown = `${format(count)} (${percentWords({ part: count, of: sum }, language)})`
    const part = { series: 0, share: count / most, title: `${name[language]}: ${shown}` }
    return { name: name[language], shown, parts: [part] }
  })
  return bars(head, rows)
}

export function votesOf(head: ChartHead, { value }: Part, language: Language): Html {
  if (value.kind !== 'score') return nothing
  const { bad, good } = words[language]
  const names = ['1', '2', '3', '4', '5'].map((mark, at) =>
    at === 0 ? `${mark} ${bad}` : at === 4 ? `${mark} ${good}` : mark,
  )
  const votes = value.spread.map((count, at) => ({ name: names[at] ?? '', count }))
  return spread(head, votes, numberWords('count', language))
}

function fewParts(parts: readonly Part[]): {
  readonly shown: readonly Part[]
  readonly rest: readonly Part[]
} {
  const there = parts.filter(({ value }) => (numberOf(value) ?? 0) > 0)
  if (there.length <= colours) return { shown: there, rest: [] }
  const bySize = there.toSorted((a, b) => (numberOf(b.value) ?? 0) - (numberOf(a.value) ?? 0))
  const largest = new Set(bySize.slice(0, colours - 1))
  return { shown: there.filter(part => largest.has(part)), rest: there.filter(part => !largest.has(part)) }
}

function numberIn({ parts }: Slice, key: string): number | null {
  const part = parts.find(one => one.key === key)
  return part === undefined ? null : numberOf(part.value)
}

function cut(total: number, language: Language): Html {
  return total <= mostBars ? nothing : html`<p class="quiet">${words[language].top(mostBars, total)}</p>`
}
