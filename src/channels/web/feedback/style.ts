import { createHash } from 'node:crypto'
import { pageStyle } from '../ticket-page/style.ts'

/** That of the other pages, with five large numbers side by side. */
export const feedbackStyle = `${pageStyle}
.scores { display: flex; gap: .5rem }
.scores label { position: relative; flex: 1; padding: 0 }
.scores input { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; opacity: 0; cursor: pointer }
.scores span { flex: 1; padding: .7rem 0; border: 1px solid var(--line); border-radius: .5rem; font-size: 1.25rem; font-weight: 600; text-align: center }
.scores input:checked + span { background: var(--go); border-color: var(--go); color: #fff }
.scores input:focus-visible + span { outline: 3px solid #3b82f6; outline-offset: 2px }
form + form { margin-top: 2rem }
.ends { display: flex; justify-content: space-between; margin: .25rem 0 1rem }
.choices label { display: inline-flex; margin-right: 1.5rem }
label.box { display: flex; align-items: baseline; gap: .6rem; padding: .45rem 0; margin-bottom: .75rem }
input[type=checkbox] { flex: none; width: 1.15rem; height: 1.15rem; margin: 0; align-self: center }
`

/** What the policy allows besides nothing. */
export const feedbackStyleHash = `'sha256-${createHash('sha256').update(feedbackStyle).digest('base64')}'`
