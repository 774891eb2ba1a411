/** The printed dossier's looks: on paper A4 with page numbers, on a screen a sheet of the same width. */
export const dossierStyle = `
:root { --ink: #1b1f24; --faint: #5a6370; --line: #c9ced6; --soft: #f3f5f8; }
* { box-sizing: border-box; }
body { margin: 0; color: var(--ink); background: #fff; font: 10pt/1.45 "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
header, main { max-width: 182mm; margin: 0 auto; padding: 0 6mm; }
main { padding-top: 0.1pt; }
h3 .faint { font-weight: 400; }
header { padding-top: 10mm; border-bottom: 1.2pt solid var(--ink); }
h1 { margin: 1mm 0 2mm; font-size: 16pt; line-height: 1.25; overflow-wrap: anywhere; }
.number { white-space: nowrap; }
.above { margin: 0 0 2mm; color: var(--faint); font-size: 9pt; }
section { margin: 6mm 0 0; }
h2 { margin: 0 0 2mm; padding-bottom: 0.8mm; font-size: 11.5pt; border-bottom: 0.6pt solid var(--line); break-after: avoid; }
h3 { margin: 3mm 0 1mm; font-size: 10pt; break-after: avoid; overflow-wrap: anywhere; }
p { margin: 0 0 1.5mm; }
.faint, .none { color: var(--faint); }
dl { display: grid; grid-template-columns: 1fr 1fr; gap: 0 8mm; margin: 0; }
dl > div { display: grid; grid-template-columns: 36mm 1fr; padding: 0.6mm 0; break-inside: avoid; }
dt { color: var(--faint); }
dd { margin: 0; overflow-wrap: anywhere; }
.wide { grid-column: 1 / -1; }
table { width: 100%; border-collapse: collapse; }
th { text-align: left; font-weight: 600; color: var(--faint); font-size: 9pt; }
th, td { padding: 1mm 2mm 1mm 0; vertical-align: top; border-bottom: 0.4pt solid var(--line); overflow-wrap: anywhere; }
td.when, th.when { width: 44mm; }
tr { break-inside: avoid; }
thead { display: table-header-group; }
ul { margin: 1mm 0 0; padding-left: 4.5mm; }
.text { margin: 1mm 0 3mm; padding: 2mm 3mm; background: var(--soft); border-left: 1.2pt solid var(--line); white-space: pre-wrap; overflow-wrap: anywhere; }
.bad { font-weight: 600; }
@media screen { body { background: #e8ebf0; } header, main { background: #fff; } main { padding-bottom: 14mm; } }
@media screen and (max-width: 640px) { dl { grid-template-columns: 1fr; } table, tbody, tr, td { display: block; width: auto; } td.when { width: auto; } thead { display: none; } td { border: 0; padding: 0; } tr { border-bottom: 0.4pt solid var(--line); padding: 1mm 0; } }
@page { size: A4; margin: 16mm 14mm 18mm; @bottom-right { content: counter(page) " / " counter(pages); font: 8pt Arial, sans-serif; color: #5a6370; } }
@media print { header, main { max-width: none; padding: 0; } .text, th { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
`
