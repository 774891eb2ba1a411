import { type Html, html } from '../../phone/call-now/html.ts'

/**
 * What all charts share. They are drawn by the server, without scripts and without a fixed width: positions along the
 * width are percentages, so that on a telephone lines come closer together while words keep their size. A viewBox would
 * shrink the words as well.
 */

/** What a chart is called, for those who hear it; its numbers stand in a table beside it. */
export interface ChartHead {
  /** Unique on its page. */
  readonly id: string
  readonly title: string
  /** One sentence: what is drawn along what. */
  readonly about: string
}

/** A unit of time along the width. */
export interface Unit {
  /** Fits under a column. */
  readonly short: string
  readonly full: string
}

/** One line, or one colour of columns; a value for each unit, null where nothing was counted. */
export interface Series {
  readonly name: string
  readonly values: readonly (number | null)[]
}

/** In words. */
export type Format = (value: number) => string

export function drawing({ id, title, about }: ChartHead, height: number, marks: readonly Html[]): Html {
  return html`<svg class="chart" role="img" aria-labelledby="${id}-title ${id}-about" width="100%" height="${height}">
<title id="${id}-title">${title}</title><desc id="${id}-about">${about}</desc>
${marks}</svg>`
}

/** With a percent sign; two digits are finer than any screen. */
export function percent(share: number): string {
  return `${Math.round(share * 10_000) / 100}%`
}

/** Colours repeat after so many. */
export const colours = 6

export const colourOf = (index: number) => `c${index % colours}`

/** What the colours mean. Lines are told apart by their strokes as well. */
export function legend(names: readonly string[], shape: 'line' | 'area'): Html {
  const items = names.map((name, index) => {
    const mark =
      shape === 'area'
        ? html`<rect class="fill ${colourOf(index)}" x="0" y="1" width="12" height="10" rx="2"/>`
        : html`<line class="stroke ${colourOf(index)}" x1="0" y1="6" x2="24" y2="6"/>`
    return html`<li><svg width="${shape === 'area' ? 12 : 24}" height="12" aria-hidden="true">${mark}</svg> ${name}</li>`
  })
  return html`<ul class="legend">${items}</ul>`
}
