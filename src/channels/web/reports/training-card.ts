import type { Language } from '../../../desk/ticket.ts'
import type { TrainingNeed } from '../../../figures/training.ts'
import { type Html, html } from '../../phone/call-now/html.ts'
import { words } from './words.ts'

/** Where training is needed, each with the signs by which it was found. Pure. */
export function trainingCard(needs: readonly TrainingNeed[], language: Language): Html {
  const say = words[language]
  if (needs.length === 0)
    return html`<section class="card"><h2>${say.needs}</h2><p class="quiet">${say.noNeeds}</p></section>`
  const rows = needs.map(
    ({ name, because }) =>
      html`<tr><th scope="row">${name[language]}</th><td data-name="${say.because}">${because[language].join('; ')}</td></tr>\n`,
  )
  return html`<section class="card"><h2>${say.needs}</h2><div class="wide"><table class="stack"><thead><tr><th>${say.area}</th><th>${say.because}</th></tr></thead>
<tbody>${rows}</tbody></table></div></section>`
}
