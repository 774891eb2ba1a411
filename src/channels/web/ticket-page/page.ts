import type { Severity } from '../../../desk/command-arguments.ts'
import type { Impact } from '../../../desk/promise/matter.ts'
import type { Measure, MeasureKind } from '../../../desk/promise/measure.ts'
import { promiseWords } from '../../../desk/promise-words.ts'
import type { Language } from '../../../desk/ticket.ts'
import { type Html, html, nothing } from '../../phone/call-now/html.ts'
import { formsOf } from './forms.ts'
import { pageStyle } from './style.ts'
import { type Told, words } from './words.ts'

/** The page of a ticket, which works without JavaScript and from 320 pixels on. Pure. */

export interface TicketPageView {
  readonly language: Language
  readonly now: Temporal.Instant
  /** Of whoever reads it. */
  readonly timeZone: string
  readonly ticketNumber: string
  readonly subject: string
  readonly customer: string
  /** In words; '' where no books are kept. */
  readonly entitlement: string
  readonly severity: Severity | null
  readonly customerSeverity: Severity | null
  readonly impact: Impact | null
  readonly level: number
  readonly levelName: string
  readonly group: string
  /** Name of the agent who has it; '' for nobody. */
  readonly assignee: string
  readonly escalation: ShownEscalation | null
  readonly promises: readonly ShownPromise[]
  readonly measures: readonly Measure[]
  /** What is missing for closing. */
  readonly missing: readonly MeasureKind[]
  /** Numbers of the cases at manufacturers without which it could be closed. */
  readonly openCases: readonly string[]
  readonly isClosed: boolean
  /** Number of the ticket in which it goes on; '' for none. */
  readonly mergedInto: string
}

export type ShownEscalation =
  | { readonly stands: 'waiting'; readonly level: number; readonly by: Temporal.Instant | null }
  | { readonly stands: 'taken'; readonly level: number; readonly name: string }

export interface ShownPromise {
  readonly kind: string
  readonly dueAt: Temporal.Instant
  /** Of office time; none left: overdue. */
  readonly leftMinutes: number
  readonly isPaused: boolean
  /** In one sentence. */
  readonly derivation: string
}

/** `told`: what became of the form that was sent last; undefined where none was. */
export function ticketPage(view: TicketPageView, told: Told | undefined): string {
  const say = words[view.language]
  const title = say.title(view.ticketNumber)
  return html`<!doctype html>
<html lang="${view.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>${title}</title>
<style>${{ html: pageStyle }}</style>
</head>
<body><main>
<h1>${title}</h1>
${told === undefined ? nothing : notice([say.told[told]])}
${view.isClosed ? closedNotice(view) : nothing}
${factsOf(view)}
${view.isClosed ? nothing : promisesOf(view)}
${measuresOf(view)}
${view.isClosed ? nothing : formsOf(view)}
</main></body>
</html>
`.html
}

function notice(lines: readonly string[]): Html {
  return html`<div class="told" role="status">${lines.map(line => html`<p>${line}</p>`)}</div>`
}

function closedNotice({ language, mergedInto }: TicketPageView): Html {
  const say = words[language]
  return notice([say.isClosed, ...(mergedInto === '' ? [] : [say.isMerged(mergedInto)])])
}

function factsOf(view: TicketPageView): Html {
  const { language, severity, customerSeverity, impact, level, levelName, assignee, group } = view
  const say = words[language]
  const rows: readonly (readonly [string, string])[] = [
    [say.subject, view.subject],
    [say.customer, view.customer === '' ? say.unnamed : view.customer],
    [say.entitlement, view.entitlement],
    [say.severity, severity === null ? say.unsaid : say.severities[severity]],
    [say.customerSeverity, customerSeverity === null ? say.unsaid : say.severities[customerSeverity]],
    [say.impact, impact === null ? say.unsaid : say.impacts[impact]],
    [say.level, levelName === '' ? `${level}` : `${level}, ${levelName}`],
    [say.responsible, assignee === '' ? say.group(group) : `${assignee}, ${group}`],
    [say.escalation, escalationWords(view)],
  ]
  const shown = rows.filter(([, value]) => value !== '')
  return html`<dl>
${shown.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>\n`)}</dl>`
}

function escalationWords({ escalation, language, now, timeZone }: TicketPageView): string {
  if (escalation === null) return ''
  const say = words[language]
  if (escalation.stands === 'taken') return say.taken(escalation.level, escalation.name)
  const by = escalation.by === null ? '' : promiseWords(escalation.by, now, timeZone, language)
  return say.waiting(escalation.level, by)
}

function promisesOf(view: TicketPageView): Html {
  const { language, promises, now, timeZone } = view
  const say = words[language]
  const lines = promises.map(({ kind, dueAt, leftMinutes, isPaused, derivation }) => {
    const due = promiseWords(dueAt, now, timeZone, language)
    const left = isPaused ? say.paused : leftMinutes > 0 ? say.left(leftMinutes) : say.late
    const isLate = !isPaused && leftMinutes <= 0
    return html`<li><strong>${say.kinds[kind] ?? kind}</strong> ${due} (${isLate ? html`<span class="late">${left}</span>` : left})<br><span class="quiet">${derivation}</span></li>\n`
  })
  return html`<section><h2>${say.promises}</h2>
${lines.length === 0 ? html`<p>${say.noPromises}</p>` : html`<ul class="lines">${lines}</ul>`}</section>`
}

function measuresOf(view: TicketPageView): Html {
  const { language, measures, missing, openCases, isClosed, timeZone } = view
  const say = words[language]
  const lines = measures.map(
    ({ of, text, at, author }) =>
      html`<li><strong>${say.measureKinds[of]}</strong> <span class="quiet">${shortTime(at, timeZone, language)}, ${author}</span><br>${brokenLines(text)}</li>\n`,
  )
  const needs = missing.map(kind => say.measureKinds[kind]).join(', ')
  const hindered = [
    ...(missing.length === 0 ? [] : [say.missing(needs)]),
    ...(openCases.length === 0 ? [] : [say.openCases(openCases)]),
  ]
  const closing = hindered.length === 0 ? say.mayClose : hindered.join(' ')
  return html`<section><h2>${say.measures}</h2>
${lines.length === 0 ? html`<p>${say.noMeasures}</p>` : html`<ul class="lines">${lines}</ul>`}
${isClosed ? nothing : html`<p><strong>${closing}</strong></p>`}</section>`
}

const brokenLines = (text: string): readonly Html[] =>
  text.split('\n').map((line, at) => (at === 0 ? html`${line}` : html`<br>${line}`))

/** "24.11., 13:05 Uhr", "24 November, 13:05". */
function shortTime(at: Temporal.Instant, timeZone: string, language: Language): string {
  const local = at.toZonedDateTimeISO(timeZone)
  const time = `${local.hour}:${String(local.minute).padStart(2, '0')}`
  if (language === 'de') return `${local.day}.${local.month}., ${time} Uhr`
  return `${local.day} ${local.toLocaleString('en-GB', { month: 'long' })}, ${time}`
}
