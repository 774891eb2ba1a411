import { promiseWords } from '../../../desk/promise-words.ts'
import type { Language } from '../../../desk/ticket.ts'
import { type Html, html, nothing } from '../../phone/call-now/html.ts'
import { style } from '../../phone/call-now/style.ts'
import { words } from './words.ts'

/** The page behind the link of an escalation, which works without JavaScript and from 320 pixels on. Pure. */

export interface AckView {
  readonly language: Language
  readonly now: Temporal.Instant
  /** Of whoever reads it. */
  readonly timeZone: string
  readonly ticketNumber: string
  readonly customer: string
  readonly subject: string
  readonly reason: string
  readonly severity: string | null
  readonly level: number
  readonly levelName: string
  readonly acknowledgeBy: Temporal.Instant | null
  readonly stands:
    | { readonly kind: 'waiting' | 'mine' | 'withdrawn' | 'not-yours' }
    | { readonly kind: 'taken'; readonly by: string }
    | { readonly kind: 'passed-on'; readonly level: number }
}

export function acknowledgePage(view: AckView): string {
  const say = words[view.language]
  const title = say.title(view.ticketNumber)
  return html`<!doctype html>
<html lang="${view.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>${title}</title>
<style>${{ html: style }}</style>
</head>
<body><main>
<h1>${title}</h1>
${noticeOf(view)}
${factsOf(view)}
${view.stands.kind === 'waiting' ? form(view.language) : nothing}
</main></body>
</html>
`.html
}

function noticeOf({ stands, language }: AckView): Html {
  const say = words[language]
  switch (stands.kind) {
    case 'waiting':
      return nothing
    case 'mine':
      return notice(say.mine)
    case 'taken':
      return notice(say.taken(stands.by))
    case 'passed-on':
      return notice(say.passedOn(stands.level))
    case 'withdrawn':
      return notice(say.withdrawn)
    case 'not-yours':
      return notice(say.notYours)
  }
}

function notice(line: string): Html {
  return html`<div class="told" role="status"><p>${line}</p></div>`
}

function factsOf(view: AckView): Html {
  const { language, customer, subject, reason, severity, level, levelName, acknowledgeBy } = view
  const say = words[language]
  const due =
    acknowledgeBy && view.stands.kind === 'waiting'
      ? html`<dt>${say.by}</dt><dd>${promiseWords(acknowledgeBy, view.now, view.timeZone, language)}</dd>`
      : nothing
  return html`<dl>
<dt>${say.level}</dt><dd>${level}, ${levelName}</dd>
<dt>${say.customer}</dt><dd>${customer === '' ? say.unnamed : customer}</dd>
<dt>${say.subject}</dt><dd>${subject}</dd>
<dt>${say.reason}</dt><dd>${reason}</dd>
${severity === null ? nothing : html`<dt>${say.severity}</dt><dd>${say.severities[severity] ?? severity}</dd>`}
${due}</dl>`
}

function form(language: Language): Html {
  const say = words[language]
  return html`<form method="post"><button>${say.take}</button></form>
<p>${say.hint}</p>`
}
