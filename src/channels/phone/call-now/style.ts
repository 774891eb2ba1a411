import { createHash } from 'node:crypto'

/** The page's only style. It stands in the page itself, so that a link opens with one request on a poor connection. */
export const style = `
:root { color-scheme: light dark; --ink: #1c2430; --quiet: #5a6676; --line: #d5dbe3; --ground: #f4f6f9; --card: #fff; --go: #0b6b3a; --late: #a31621; --warn: #fff4dd }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8ecf2; --quiet: #a3adbb; --line: #3a4350; --ground: #14181e; --card: #1d232b; --go: #1f9d5c; --late: #ff8d8d; --warn: #3b3117 }
}
* { box-sizing: border-box }
body { margin: 0; padding: 1rem; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif }
main { max-width: 34rem; margin: 0 auto; padding: 1.25rem; background: var(--card); border: 1px solid var(--line); border-radius: .75rem }
h1 { margin: 0 0 .75rem; font-size: 1.3rem; line-height: 1.25; overflow-wrap: anywhere }
h2 { margin: 1.5rem 0 .5rem; font-size: 1.05rem }
dl { display: grid; grid-template-columns: auto 1fr; gap: .3rem 1rem; margin: 0 0 1.25rem }
dt { color: var(--quiet) }
dd { margin: 0; overflow-wrap: anywhere }
@media (max-width: 30rem) {
  dl { grid-template-columns: 1fr; gap: 0 }
  dt { font-size: .85rem }
  dd { margin-bottom: .5rem }
}
dd ul { margin: 0; padding: 0; list-style: none }
.number { font-variant-numeric: tabular-nums; font-weight: 600 }
.late { color: var(--late); font-weight: 600 }
.told { margin: 0 0 1rem; padding: .75rem 1rem; background: var(--warn); border-radius: .5rem }
.told p { margin: 0 }
.told p + p { margin-top: .5rem }
button, a.dial { display: block; width: 100%; margin: 0; padding: .85rem 1rem; border: 0; border-radius: .5rem; background: var(--go); color: #fff; font: inherit; font-size: 1.15rem; font-weight: 600; text-align: center; text-decoration: none; cursor: pointer }
button.plain { background: transparent; border: 1px solid var(--line); color: var(--ink); font-size: 1rem }
button:focus-visible, a:focus-visible, input:focus-visible, textarea:focus-visible, summary:focus-visible { outline: 3px solid #3b82f6; outline-offset: 2px }
details { margin-top: 1.25rem; border-top: 1px solid var(--line); padding-top: .9rem }
summary { cursor: pointer; color: var(--quiet) }
fieldset { margin: 0 0 .75rem; padding: 0; border: 0 }
legend { padding: 0; font-weight: 600 }
fieldset label { display: flex; align-items: baseline; padding: .45rem 0 }
input[type=radio] { flex: none; width: 1.15rem; height: 1.15rem; margin: 0 .6rem 0 0; align-self: center }
textarea { display: block; width: 100%; margin: .25rem 0 .75rem; padding: .6rem; border: 1px solid var(--line); border-radius: .5rem; background: transparent; color: inherit; font: inherit }
form + form, form + a, a.dial + form { margin-top: 1rem }
`

/** What the policy allows besides nothing. */
export const styleHash = `'sha256-${createHash('sha256').update(style).digest('base64')}'`
