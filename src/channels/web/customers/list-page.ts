import { type CustomerHits, hitsPerPage } from '../../../console/customer-pages.ts'
import type { Language } from '../../../desk/ticket.ts'
import { type Html, html, nothing } from '../../phone/call-now/html.ts'
import { words } from './words.ts'

/** All customers, or those that were looked for. Pure. */

export interface ListView {
  readonly language: Language
  readonly prefix: string
  /** What was looked for; '' for all. */
  readonly sought: string
  /** From 1. */
  readonly page: number
  readonly hits: CustomerHits
}

export function listBody(view: ListView): Html {
  const { language, prefix, sought, hits } = view
  const say = words[language]
  const base = `${prefix}/desk/customers`
  return html`<form class="search" action="${base}" role="search">
<input type="search" name="q" value="${sought}" maxlength="200" aria-label="${say.search}" placeholder="${say.search}">
<button>${say.find}</button></form>
<section class="card"><div class="head"><h2>${say.found(hits.total)}</h2>
<span class="buttons">${sought === '' ? nothing : html`<a href="${base}">${say.all}</a>`}
<a class="button plain" href="${base}/companies/new">${say.addTitles.companies}</a>
<a class="button plain" href="${base}/contacts/new">${say.addPerson}</a></span></div>
${hits.rows.length === 0 ? html`<p>${sought === '' ? say.empty : say.nobody}</p>` : tableOf(view, base)}
${pager(view, base)}</section>`
}

function tableOf({ language, hits }: ListView, base: string): Html {
  const say = words[language]
  const counts = ['contacts', 'contracts', 'devices', 'openTickets'] as const
  const rows = hits.rows.map(one => {
    const { kind, id, name, number } = one
    const cells = counts.map(count => {
      const isEmpty = one[count] === 0
      return html`<td class="number${isEmpty ? ' empty' : ''}" data-name="${say[count]}">${isEmpty ? '' : one[count]}</td>`
    })
    return html`<tr><td><a href="${base}/${kind}/${id}">${name}</a></td>
<td data-name="${say.number}">${number ?? (kind === 'person' ? say.person : '')}</td>${cells}</tr>\n`
  })
  return html`<div class="wide"><table class="stack"><thead><tr><th>${say.name}</th><th>${say.number}</th>${counts.map(count => html`<th class="number">${say[count]}</th>`)}</tr></thead>
<tbody>${rows}</tbody></table></div>`
}

function pager({ language, sought, page, hits }: ListView, base: string): Html {
  const say = words[language]
  const pages = Math.ceil(hits.total / hitsPerPage)
  if (pages <= 1) return nothing
  const to = (wanted: number, text: string) =>
    html`<a href="${base}?${new URLSearchParams({ ...(sought === '' ? {} : { q: sought }), page: `${wanted}` }).toString()}">${text}</a>`
  return html`<p class="buttons">${page > 1 ? to(page - 1, say.before) : nothing}<span class="quiet">${say.page(page, pages)}</span>${page < pages ? to(page + 1, say.after) : nothing}</p>`
}
