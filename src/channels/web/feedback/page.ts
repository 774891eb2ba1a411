import { longestWords } from '../../../desk/feedback/vote.ts'
import { promiseWords } from '../../../desk/promise-words.ts'
import type { Language } from '../../../desk/ticket.ts'
import { type Html, html, nothing } from '../../phone/call-now/html.ts'
import { feedbackStyle } from './style.ts'
import type { FeedbackView, ShownSurvey } from './view-facts.ts'
import { type Told, words } from './words.ts'

/** The page behind the link of a closing letter, which works without JavaScript and from 320 pixels on. Pure. */

export interface Chosen {
  /** What became of the form that was sent last; undefined where none was. */
  readonly told: Told | undefined
  /** The number that the mail's link has chosen; it is not a vote before the form is sent. */
  readonly score: number | null
}

export function feedbackPage(view: FeedbackView, { told, score }: Chosen): string {
  const say = words[view.language]
  const title = view.survey ? say.title : say.managerTitle
  return html`<!doctype html>
<html lang="${view.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>${title}</title>
<style>${{ html: feedbackStyle }}</style>
</head>
<body><main>
<h1>${title}</h1>
${noticeOf(view, told)}
${factsOf(view)}
${view.survey ? surveyOf(view, view.survey, told, score) : nothing}
${managerOf(view)}
</main></body>
</html>
`.html
}

function noticeOf(
  { language, survey, managerDueAt, now, timeZone }: FeedbackView,
  told: Told | undefined,
): Html {
  const say = words[language]
  const over =
    survey?.may === 'over' ? (survey.score === null && survey.solved === null ? say.over : say.overVoted) : ''
  const lines = [
    ...(told === undefined ? [] : [say.told[told]]),
    ...(over === '' ? [] : [over]),
    ...(managerDueAt ? [say.managerDue(promiseWords(managerDueAt, now, timeZone, language))] : []),
  ]
  return lines.length === 0
    ? nothing
    : html`<div class="told" role="status">${lines.map(line => html`<p>${line}</p>`)}</div>`
}

function factsOf({ language, ticketNumber, subject, survey }: FeedbackView): Html {
  const say = words[language]
  return html`<dl>
<dt>${say.number}</dt><dd>${ticketNumber}</dd>
${subject === '' ? nothing : html`<dt>${say.subject}</dt><dd>${subject}</dd>`}
${survey?.result ? html`<dt>${say.result}</dt><dd>${survey.result}</dd>` : nothing}
</dl>`
}

function surveyOf(
  view: FeedbackView,
  survey: ShownSurvey,
  told: Told | undefined,
  score: number | null,
): Html {
  const { language, isOpen } = view
  const say = words[language]
  const hasVoted = survey.may === 'change' && told !== 'incomplete'
  return html`${survey.solved === false && !isOpen ? reopenForm(language) : nothing}
${survey.solved === false && isOpen ? html`<p>${say.isOpen}</p>` : nothing}
${survey.may === 'over' ? nothing : voteForm(view, survey, hasVoted ? survey.score : (score ?? survey.score))}`
}

function reopenForm(language: Language): Html {
  const say = words[language]
  return html`<form method="post"><p>${say.askReopen}</p>
<button name="do" value="reopen">${say.reopenSend}</button></form>`
}

function voteForm(
  { language, timeZone, isOpen }: FeedbackView,
  survey: ShownSurvey,
  score: number | null,
): Html {
  const say = words[language]
  const { may, until, solved, wantsManager } = survey
  const day = dayWords(until, timeZone, language)
  const marked = (is: boolean): Html => (is ? { html: ' checked' } : nothing)
  return html`<form method="post">
<fieldset><legend>${say.score}</legend>
<div class="scores">${[1, 2, 3, 4, 5].map(
    one =>
      html`<label><input type="radio" name="score" value="${one}" aria-label="${say.scoreOf(one)}"${marked(one === score)}><span>${one}</span></label>`,
  )}</div>
<p class="ends quiet"><span>${say.worst}</span><span>${say.best}</span></p></fieldset>
<fieldset class="choices"><legend>${say.solved}</legend>
<label><input type="radio" name="solved" value="yes"${marked(solved === true)}>${say.yes}</label>
<label><input type="radio" name="solved" value="no"${marked(solved === false)}>${say.no}</label></fieldset>
<label>${say.words}<textarea name="words" rows="4" maxlength="${longestWords}">${survey.words}</textarea></label>
<label>${say.suggestion}<textarea name="suggestion" rows="3" maxlength="${longestWords}">${survey.suggestion}</textarea></label>
<label class="box"><input type="checkbox" name="manager" value="yes"${marked(wantsManager)}>${say.manager}</label>
${isOpen ? nothing : html`<label class="box"><input type="checkbox" name="reopen" value="yes">${say.reopen}</label>`}
<button name="do" value="vote">${may === 'change' ? say.change : say.send}</button>
<p class="quiet">${may === 'change' ? say.changeUntil(day) : say.until(day)}</p>
</form>`
}

/** While votes are taken the form above has a box for it; the way is open before and after as well. */
function managerOf({ language, survey, managerDueAt }: FeedbackView): Html {
  if (managerDueAt || (survey && survey.may !== 'over')) return nothing
  const say = words[language]
  return html`<form method="post"><p>${say.managerIntro}</p>
<label>${say.managerWords}<textarea name="words" rows="4" maxlength="${longestWords}"></textarea></label>
<button name="do" value="manager">${say.managerSend}</button></form>`
}

function dayWords(at: Temporal.Instant, timeZone: string, language: Language): string {
  const locale = { de: 'de-DE', en: 'en-GB' }[language]
  return at
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .toLocaleString(locale, { day: 'numeric', month: 'long', year: 'numeric' })
}
