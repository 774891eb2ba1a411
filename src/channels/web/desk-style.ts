import { createHash } from 'node:crypto'
import { chartStyle } from './charts/chart-style.ts'
import { reportStyle } from './reports/report-style.ts'

/** The only style of the agents' pages. It stands in the page itself: one request, and nothing else may be loaded. */
export const deskStyle = `
:root { color-scheme: light dark; --ink: #1c2430; --quiet: #566274; --line: #d5dbe3; --ground: #f4f6f9; --card: #fff; --go: #0b5cad; --onGo: #fff; --late: #a31621; --warn: #fff4dd; --good: #e4f4ea }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8ecf2; --quiet: #a3adbb; --line: #3a4350; --ground: #14181e; --card: #1d232b; --go: #7db8f0; --onGo: #10161d; --late: #ff8d8d; --warn: #3b3117; --good: #16321f }
}
* { box-sizing: border-box }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere }
a { color: var(--go) }
.skip { position: absolute; left: -999rem }
.skip:focus { left: .5rem; top: .5rem; padding: .5rem 1rem; background: var(--card) }
header.top { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem 1.5rem; padding: .6rem 1rem; background: var(--card); border-bottom: 1px solid var(--line) }
header.top .brand { font-weight: 600 }
header.top nav { display: flex; flex-wrap: wrap; gap: .25rem 1rem; flex: 1 }
header.top nav a { padding: .35rem 0; text-decoration: none }
header.top nav a[aria-current] { color: var(--ink); border-bottom: 3px solid var(--go) }
header.top form { display: flex; align-items: center; gap: .75rem; color: var(--quiet) }
@media (max-width: 44rem) {
  header.top { gap: 0 1rem; padding: .35rem 1rem }
  header.top:has(nav) { padding-bottom: 0 }
  header.top .brand { flex: 1; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
  header.top nav { order: 1; flex: 0 0 calc(100% + 2rem); flex-wrap: nowrap; gap: 0 1.25rem; margin: 0 -1rem; padding: 0 1rem; overflow-x: auto; white-space: nowrap; scrollbar-width: none }
  header.top nav a { padding: .45rem 0 }
  header.top form { flex: none }
  header.top form span { display: none }
}
main { max-width: 72rem; margin: 0 auto; padding: 1rem }
main.narrow { max-width: 34rem }
h1 { margin: .25rem 0 .75rem; font-size: 1.4rem; line-height: 1.25 }
h2 { margin: 0; font-size: 1.1rem }
p { margin: 0 0 .75rem }
section.card { margin: 0 0 1rem; padding: 1rem; background: var(--card); border: 1px solid var(--line); border-radius: .75rem }
form > section.card { max-width: 46rem }
.head { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: .25rem 1rem; margin: 0 0 .5rem }
.quiet { color: var(--quiet); font-size: .9rem }
.told { margin: 0 0 1rem; padding: .75rem 1rem; background: var(--good); border-radius: .5rem }
.told.bad { background: var(--warn) }
.fault { display: block; margin: .15rem 0 0; color: var(--late); font-weight: 600 }
dl { display: grid; grid-template-columns: minmax(8rem, auto) 1fr; gap: .3rem 1rem; margin: 0 }
dt { color: var(--quiet) }
dd { margin: 0 }
.wide { overflow-x: auto }
table { width: 100%; border-collapse: collapse }
th, td { padding: .45rem .75rem .45rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top }
tbody tr:last-child td { border-bottom: 0 }
th { color: var(--quiet); font-size: .9rem; font-weight: 600 }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums }
td.acts { white-space: nowrap; text-align: right }
td.acts a + a { margin-left: .75rem }
@media (max-width: 44rem) {
  dl { grid-template-columns: 1fr; gap: 0 }
  dd { margin-bottom: .5rem }
  table.stack thead { position: absolute; left: -999rem }
  table.stack tr { display: block; padding: .5rem 0; border-bottom: 1px solid var(--line) }
  table.stack tr:last-child { border-bottom: 0 }
  table.stack td { display: flex; gap: .75rem; padding: .1rem 0; border: 0; text-align: left; white-space: normal }
  table.stack td[data-name]::before { content: attr(data-name); flex: 0 0 9.25rem; color: var(--quiet) }
  table.stack td.empty { display: none }
}
label { display: block; margin: 0 0 .9rem }
label .quiet { display: block }
input:not([type=hidden]), select, textarea { display: block; width: 100%; margin: .2rem 0 0; padding: .6rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--ground); color: inherit; font: inherit }
input[aria-invalid=true], select[aria-invalid=true] { border-color: var(--late) }
form.search { display: flex; flex-wrap: wrap; gap: .5rem; margin: 0 0 1rem }
form.search input { flex: 1 1 14rem; width: auto; margin: 0; background: var(--card) }
button, a.button { display: inline-block; padding: .6rem 1.2rem; border: 1px solid transparent; border-radius: .5rem; background: var(--go); color: var(--onGo); font: inherit; font-weight: 600; text-decoration: none; cursor: pointer }
button.plain, a.plain { padding: .35rem .8rem; border-color: var(--line); background: transparent; color: var(--ink); font-weight: 400 }
.buttons { display: flex; flex-wrap: wrap; gap: .75rem; align-items: center }
:focus-visible { outline: 3px solid #3b82f6; outline-offset: 2px }
${chartStyle}${reportStyle}`

/** What the policy allows besides nothing. */
export const deskStyleHash = `'sha256-${createHash('sha256').update(deskStyle).digest('base64')}'`
