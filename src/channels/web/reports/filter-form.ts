import type { Language } from '../../../desk/ticket.ts'
import { dimensionNames } from '../../../figures/definitions.ts'
import type { Dimension } from '../../../figures/figure.ts'
import { type Html, html, nothing } from '../../phone/call-now/html.ts'
import { type Asked, addressOf, type FilterField, filteredBy, filterFields, unknownValue } from './asked.ts'
import { periodWords } from './number-words.ts'
import { words } from './words.ts'

/** What period, what of it, told apart how: a form whose answer is an address that can be kept and passed on. Pure. */

export interface Choice {
  readonly key: string
  readonly name: string
}

export interface FilterForm {
  readonly language: Language
  /** Where the form leads. */
  readonly action: string
  readonly asked: Asked
  /** What can be chosen of each field; fields without a choice are not shown. */
  readonly choices: Readonly<Record<FilterField, readonly Choice[]>>
  /** Undefined where nothing is told apart. */
  readonly dimensions: readonly Dimension[] | undefined
  readonly today: Temporal.PlainDate
}

export function filterForm(form: FilterForm): Html {
  const { language, action, asked, dimensions } = form
  const say = words[language]
  const { from, to } = asked.period
  const isFiltered = filterFields.some(field => filteredBy(asked, field) !== undefined)
  return html`<section class="card filter"><details${isFiltered ? html` open` : nothing}>
<summary><h2>${periodWords(asked.period, language)}</h2> <span class="quiet">${summaryOf(form) || say.filter}</span></summary>
<form action="${action}">
<div class="fields"><label>${say.from}<input type="date" name="from" value="${from.toString()}" required></label>
<label>${say.to}<input type="date" name="to" value="${to.toString()}" required></label>
${filterFields.map(field => fieldOf(form, field))}
${dimensions === undefined ? nothing : byField(asked, dimensions, language)}</div>
<p class="buttons"><button>${say.show}</button>
${isFiltered ? html`<a href="${action}${addressOf(asked, cleared)}">${say.reset}</a>` : nothing}</p></form></details>
${presets(form)}</section>`
}

const cleared = Object.fromEntries(filterFields.map(field => [field, undefined]))

/** "Kanal: Telefon, Abteilung: Support", for who has folded the form. */
function summaryOf({ asked, choices, language }: FilterForm): string {
  const chosen = filterFields.flatMap(field => {
    const value = filteredBy(asked, field)
    if (value === undefined) return []
    const key = value === '' ? unknownValue : value
    const name = choices[field].find(choice => choice.key === key)?.name ?? value
    return [`${dimensionNames[field][language]}: ${name}`]
  })
  return chosen.join(', ')
}

/** A customer is chosen by following a link from a table: nobody finds one of thousands in a list. */
function fieldOf({ asked, choices, language }: FilterForm, field: FilterField): Html {
  const value = filteredBy(asked, field)
  const chosen = value === '' ? unknownValue : value
  const own = choices[field]
  if (own.length === 0 && chosen === undefined) return nothing
  const missing = chosen !== undefined && !own.some(({ key }) => key === chosen)
  const all = missing ? [...own, { key: chosen, name: chosen }] : own
  const options = all.map(
    ({ key, name }) =>
      html`<option value="${key}"${key === chosen ? html` selected` : nothing}>${name}</option>`,
  )
  return html`<label>${dimensionNames[field][language]}<select name="${field}"><option value="">${words[language].everything}</option>${options}</select></label>`
}

function byField(asked: Asked, dimensions: readonly Dimension[], language: Language): Html {
  const say = words[language]
  const options = dimensions.map(
    key =>
      html`<option value="${key}"${key === asked.by ? html` selected` : nothing}>${dimensionNames[key][language]}</option>`,
  )
  return html`<label>${say.by}<select name="by"><option value="">${say.overTime}</option>${options}</select></label>`
}

function presets({ action, asked, language, today }: FilterForm): Html {
  const say = words[language]
  const monday = today.subtract({ days: today.dayOfWeek - 1 })
  const month = today.with({ day: 1 })
  const spans = {
    week: [today.subtract({ days: 6 }), today],
    lastWeek: [monday.subtract({ weeks: 1 }), monday.subtract({ days: 1 })],
    month: [month, today],
    lastMonth: [month.subtract({ months: 1 }), month.subtract({ days: 1 })],
    quarter: [monday.subtract({ weeks: 13 }), monday.subtract({ days: 1 })],
    year: [month.subtract({ months: 12 }), month.subtract({ days: 1 })],
  } as const
  const links = (Object.keys(spans) as (keyof typeof spans)[]).map(key => {
    const [from, to] = spans[key]
    const isShown = from.equals(asked.period.from) && to.equals(asked.period.to)
    const address = addressOf(asked, { from: from.toString(), to: to.toString() })
    return html`<a href="${action}${address}"${isShown ? html` aria-current="true"` : nothing}>${say.preset[key]}</a>`
  })
  return html`<nav class="presets" aria-label="${say.presets}">${links}</nav>`
}
