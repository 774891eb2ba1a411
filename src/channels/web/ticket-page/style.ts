import { createHash } from 'node:crypto'
import { style } from '../../phone/call-now/style.ts'

/** That of the other pages, with what forms of several fields and lists need. */
export const pageStyle = `${style}
main > section { margin-top: 1.5rem; border-top: 1px solid var(--line); padding-top: .25rem }
ul.lines { margin: 0; padding: 0; list-style: none }
ul.lines li { padding: .4rem 0; overflow-wrap: anywhere }
ul.lines li + li { border-top: 1px solid var(--line) }
.quiet { color: var(--quiet); font-size: .875rem }
label { display: block }
select { display: block; width: 100%; margin: .25rem 0 .75rem; padding: .6rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--card); color: inherit; font: inherit }
select:focus-visible { outline: 3px solid #3b82f6; outline-offset: 2px }
`

/** What the policy allows besides nothing. */
export const pageStyleHash = `'sha256-${createHash('sha256').update(pageStyle).digest('base64')}'`
