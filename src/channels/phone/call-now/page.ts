import { promiseWords } from '../../../desk/promise-words.ts'
import type { Language } from '../../../desk/ticket.ts'
import { type Html, html, nothing } from './html.ts'
import { style } from './style.ts'
import type { CallNowView } from './view-facts.ts'
import { type Told, words } from './words.ts'

/** The page behind a "call now" link, which works without JavaScript and from 320 pixels on. Pure. */

const refreshSeconds = 4

/** `told`: what became of the form that was sent last; undefined where none was. */
export function callNowPage(view: CallNowView, told: Told | undefined): string {
  const say = words[view.language]
  const title = say.title(view.ticketNumber)
  const body = html`<h1>${title}</h1>
${told === undefined ? nothing : notice([say.told[told]])}
${standingNotice(view)}
${factsOf(view)}
${formsFor(view)}`
  return document(view.language, title, body, view.stands.kind === 'running')
}

/** A page of some sentences, for links that open nothing (any more). In both languages where the reader's is unknown. */
export function plainPage(
  parts: readonly { readonly language: Language; readonly title: string; readonly text: string }[],
): string {
  const [first] = parts
  const body = parts.map(
    ({ language, title, text }) =>
      html`<section lang="${language}"><h1>${title}</h1><p>${text}</p></section>`,
  )
  return document(first?.language ?? 'en', first?.title ?? '', html`${body}`, false)
}

function document(language: Language, title: string, body: Html, refreshes: boolean): string {
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
${refreshes ? html`<meta http-equiv="refresh" content="${refreshSeconds}">\n` : nothing}<title>${title}</title>
<style>${{ html: style }}</style>
</head>
<body><main>
${body}
</main></body>
</html>
`.html
}

function notice(lines: readonly string[]): Html {
  return html`<div class="told" role="status">${lines.map(line => html`<p>${line}</p>`)}</div>`
}

function standingNotice({ stands, language, timeZone }: CallNowView): Html {
  const say = words[language]
  switch (stands.kind) {
    case 'running':
      if (!stands.mine) return notice([say.colleague(stands.by), say.colleagueMore])
      return notice(stands.customerRings ? [say.customerRings] : [say.ringing, say.ringingMore])
    case 'done': {
      const at = shortTime(stands.at, timeZone, language)
      return notice([say.done, stands.by === null ? say.doneAt(at) : say.doneBy(at, stands.by)])
    }
    case 'withdrawn':
      return notice([say.withdrawn, say.withdrawnMore(shortTime(stands.at, timeZone, language))])
    case 'unreached':
      return notice([say.unreached])
    case 'owed':
      return nothing
  }
}

function factsOf(view: CallNowView): Html {
  const { language, customer, shownNumber, tries, timeZone } = view
  const say = words[language]
  const lines = tries.map(({ at, by, outcome }) => {
    const how = outcome === null ? say.unknownOutcome : (say.outcomes[outcome] ?? say.unknownOutcome)
    return html`<li>${say.tried(shortTime(at, timeZone, language), by, how)}</li>`
  })
  return html`<dl>
<dt>${say.customer}</dt><dd>${customer === '' ? say.unnamed : customer}</dd>
<dt>${say.number}</dt><dd class="number">${shownNumber}</dd>
<dt>${say.due}</dt><dd>${dueWords(view)}</dd>
<dt>${say.tries}</dt><dd>${lines.length === 0 ? say.none : html`<ul>${lines}</ul>`}</dd>
</dl>`
}

/** How long is left only matters while it is hours: two nights away nobody counts minutes. */
function dueWords({ dueAt, now, timeZone, language, stands }: CallNowView): Html {
  const due = promiseWords(dueAt, now, timeZone, language)
  const over = stands.kind === 'done' || stands.kind === 'withdrawn'
  const left = Math.floor(now.until(dueAt).total('minutes'))
  if (over || left > 24 * 60) return html`${due}`
  if (left >= 0) return html`${due} (${words[language].left(spanWords(left, language))})`
  return html`${due}<br><span class="late">${words[language].late(spanWords(-left, language))}</span>`
}

function spanWords(minutes: number, language: Language): string {
  const say = words[language]
  return minutes <= 180 ? say.minutes(minutes) : say.hours(Math.floor(minutes / 60), minutes % 60)
}

/** "24.11., 13:05 Uhr", "24 November, 13:05". */
function shortTime(at: Temporal.Instant, timeZone: string, language: Language): string {
  const local = at.toZonedDateTimeISO(timeZone)
  const time = local.toPlainTime().toString({ smallestUnit: 'minute' })
  if (language === 'de') return `${local.day}.${local.month}., ${time} Uhr`
  return `${local.day} ${local.toLocaleString('en-GB', { month: 'long' })}, ${time}`
}

function formsFor(view: CallNowView): Html {
  const { stands, language } = view
  if (stands.kind !== 'owed' && stands.kind !== 'unreached') return nothing
  if (stands.refused !== null) return allowForm(stands.refused, language)
  const say = words[language]
  if (!stands.canRing) return html`<p>${say.byHandOnly}</p>\n${handForm(view)}`
  return html`<form method="post"><input type="hidden" name="do" value="call"><button>${say.call}</button></form>
<p>${say.callHint}</p>
<details><summary>${say.byHand}</summary>
${handForm(view)}</details>`
}

function handForm({ number, shownNumber, language, tries }: CallNowView): Html {
  const say = words[language]
  const choices = Object.entries(say.choices).map(
    ([value, label]) =>
      html`<label><input type="radio" name="outcome" value="${value}" required>${label}</label>`,
  )
  return html`<a class="dial" href="tel:${number}">${say.dial(shownNumber)}</a>
<form method="post"><input type="hidden" name="do" value="by-hand"><input type="hidden" name="seen" value="${tries.length}">
<fieldset><legend>${say.how}</legend>${choices}</fieldset>
<label>${say.remark}<textarea name="remark" rows="3" maxlength="2000"></textarea></label>
<button class="plain">${say.save}</button></form>`
}

/** What no reason opens; see intake/calls/allow-number.ts. */
const forGood: ReadonlySet<string> = new Set(['emergency', 'short', 'own', 'not-a-number'])

function allowForm(reason: string, language: Language): Html {
  const say = words[language]
  const why = notice([say.refused, say.reasons[reason] ?? say.otherReason(reason)])
  if (forGood.has(reason)) return html`${why}<p>${say.otherNumber}</p>`
  return html`${why}
<form method="post"><input type="hidden" name="do" value="allow">
<label>${say.allowWhy}<textarea name="reason" rows="3" maxlength="500" required></textarea></label>
<button class="plain">${say.allow}</button></form>`
}
