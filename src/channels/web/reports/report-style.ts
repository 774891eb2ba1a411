/** What report pages have beside the other pages for agents, on screens and on paper. */
export const reportStyle = `
.tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 20rem), 1fr)); gap: 1rem; margin: 0 0 1rem }
.tiles section.card { display: flex; flex-direction: column; margin: 0 }
.tiles dl { grid-template-columns: minmax(45%, 1fr) minmax(0, auto); font-size: .9rem }
.tiles dd { margin: 0; text-align: right }
.tiles .main { margin: .25rem 0 0 }
.tiles .main strong { font-size: 1.8rem; line-height: 1.2; font-variant-numeric: tabular-nums }
.tiles svg.chart { margin: .25rem 0 .75rem }
.change { margin: 0; font-size: .9rem }
.change.better { color: var(--better) } .change.worse { color: var(--late) }
:root { --better: #17683a }
@media (prefers-color-scheme: dark) { :root { --better: #6fd19a } }
.filter summary { cursor: pointer }
.filter summary h2 { display: inline }
.filter form { margin: .75rem 0 0 }
.fields { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 13rem), 1fr)); gap: 0 1rem }
.presets { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: .6rem 0 0 }
.presets a[aria-current] { color: var(--ink); font-weight: 600; text-decoration: none }
.formula { margin: .75rem 0 0 }
details.numbers summary { margin: .25rem 0; color: var(--quiet); cursor: pointer }
h2 .quiet { font-weight: 400 }
tbody tr:last-child th { border-bottom: 0 }
tbody th { color: var(--ink); font-size: 1rem; font-weight: 400; overflow-wrap: break-word }
@media (max-width: 44rem) { table.stack tbody th { display: block; padding: .1rem 0; border: 0; font-weight: 600 } }
@media print {
  :root { color-scheme: light; --ground: #fff; --card: #fff; --ink: #000; --quiet: #444; --line: #999 }
  header.top nav, header.top form, .skip, .noprint, .presets, .filter form { display: none }
  main { max-width: none; padding: 0 }
  section.card { break-inside: avoid; border-color: #999; border-radius: 0 }
  svg, .fill, .stroke { print-color-adjust: exact; -webkit-print-color-adjust: exact }
  details.numbers::details-content { content-visibility: visible; block-size: auto }
  a { color: inherit; text-decoration: none }
}
`
