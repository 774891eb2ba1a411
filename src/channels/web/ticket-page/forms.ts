import { measureKinds } from '../../../desk/promise/measure.ts'
import { type Html, html, nothing } from '../../phone/call-now/html.ts'
import { longest } from './form-fields.ts'
import type { TicketPageView } from './page.ts'
import { words } from './words.ts'

/** What can be done on the page of an open ticket. Pure. */
export function formsOf(view: TicketPageView): Html {
  return html`${measureForm(view)}\n${updateForm(view)}\n${classifyForm(view)}`
}

function measureForm(view: TicketPageView): Html {
  const say = words[view.language]
  const choices = measureKinds.map(kind => option(kind, say.measureKinds[kind], false))
  return html`<section><h2>${say.record}</h2>
<form method="post">${hidden(view, 'measure')}
<label>${say.what}<select name="of" required><option value=""></option>${choices}</select></label>
<label>${say.text}<textarea name="text" rows="4" maxlength="${longest.measure}" required></textarea></label>
<p class="quiet">${say.textHint}</p>
<button>${say.save}</button></form></section>`
}

function updateForm(view: TicketPageView): Html {
  const say = words[view.language]
  return html`<section><h2>${say.update}</h2>
<form method="post">${hidden(view, 'status')}
<label>${say.done}<textarea name="done" rows="4" maxlength="${longest.done}" required></textarea></label>
<label>${say.next}<textarea name="next" rows="2" maxlength="${longest.next}"></textarea></label>
<button>${say.send}</button></form></section>`
}

function classifyForm(view: TicketPageView): Html {
  const say = words[view.language]
  const { severity, customerSeverity, impact } = view
  return html`<section><h2>${say.classify}</h2>
<form method="post">${hidden(view, 'classify')}
${choice(say.severity, 'severity', severity, say.severities, say.unsaid)}
${choice(say.customerSeverity, 'customerSeverity', customerSeverity, say.severities, say.unsaid)}
${choice(say.impact, 'impact', impact, say.impacts, say.unsaid)}
<p class="quiet">${say.classifyHint}</p>
<button class="plain">${say.change}</button></form></section>`
}

/** When the page was made goes with the form: sent twice, it is known as the same one. */
function hidden({ now }: TicketPageView, what: string): Html {
  return html`<input type="hidden" name="do" value="${what}"><input type="hidden" name="shown" value="${now.epochMilliseconds}">`
}

/** What was said once can be said otherwise, but not unsaid: there is no command for that either. */
function choice(
  label: string,
  name: string,
  chosen: string | null,
  choices: Readonly<Record<string, string>>,
  unsaid: string,
): Html {
  const options = Object.entries(choices).map(([value, text]) => option(value, text, value === chosen))
  return html`<input type="hidden" name="was-${name}" value="${chosen ?? ''}">
<label>${label}<select name="${name}">${chosen === null ? option('', unsaid, true) : nothing}${options}</select></label>`
}

function option(value: string, text: string, isChosen: boolean): Html {
  return html`<option value="${value}"${isChosen ? html` selected` : nothing}>${text}</option>`
}
