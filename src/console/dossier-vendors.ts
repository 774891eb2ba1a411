/** The part of the printed dossier about cases at manufacturers: how each stands and how it ended, never a word of its thread. */
import type { Config } from '../config/schema.ts'
import type { TicketDossier } from './dossier.ts'
import { section } from './dossier-matter.ts'
import type { Teller } from './dossier-page.ts'
import { html, type Markup, type Piece } from './html.ts'
import type { CaseLine } from './vendor-cases.ts'
import { caseWords } from './vendor-words.ts'

/** Left out at tickets that never had one: most desks have no manufacturers behind them. */
export function vendorSection(
  { vendorCases }: TicketDossier,
  config: Config | undefined,
  tell: Teller,
): Piece {
  if (vendorCases.length === 0) return null
  const say = caseWords[tell.language]
  const heads = [say.opened, say.case, say.way, say.outcome]
  const rows = vendorCases.map(one => {
    const name = config?.vendors[one.vendor]?.name ?? one.vendor
    const level = one.level === 0 ? '' : (config?.vendors[one.vendor]?.levels[one.level - 1]?.name ?? '')
    const number = html`<b>${one.number}</b>, ${name}<br>${say.reference}: ${one.reference ?? say.noReference}<br><span class="faint">${tell.agent(one.agent)}</span>`
    const way = html`${say.level} ${one.level}${level && `: ${level}`}<br>${say.waited}: ${say.minutes(one.waitedMinutes)}`
    return html`<tr><td class="when">${tell.at(one.openedAt)}</td><td>${number}</td><td>${way}</td><td>${standing(one, tell)}</td></tr>`
  })
  const content = html`<table><thead><tr>${heads.map((head, i) => html`<th${i === 0 && html` class="when"`}>${head}</th>`)}</tr></thead><tbody>${rows}</tbody></table>`
  return section(say.title, content, '')
}

function standing(one: CaseLine, { language, at }: Teller): Markup {
  const say = caseWords[language]
  if (one.state !== 'open') {
    const result = one.outcome === null ? '' : (say.outcomes[one.outcome] ?? one.outcome)
    return html`<b>${result}</b>, ${say.rating(one.rating)}<br>${one.evaluation}<br><span class="faint">${one.closedAt && at(one.closedAt)}</span>`
  }
  const waits = one.waitsFor === 'vendor' ? say.waitsForVendor : say.waitsForUs
  const late = one.stage === 'overdue' && html`<br><span class="bad">${say.overdue}</span>`
  const due = one.dueAt !== null && html`<br><span class="faint">${say.due} ${at(one.dueAt)}</span>`
  return html`${waits}<br><span class="faint">${say.since} ${at(one.since)}</span>${due}${late}`
}
