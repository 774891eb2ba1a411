/** The files that a played day becomes. Pure. */
import { html, type Markup } from '../../console/html.ts'
import type { Language } from '../../desk/ticket.ts'
import { byteOrderMark, figureCsv } from '../../figures/figure-csv.ts'
import { figureJson } from '../../figures/figure-schema.ts'
import {
  type DayEvent,
  letterNumber,
  type PlayedDay,
  type SentLetter,
  wallTime,
} from '../../simulation/desks/day-account.ts'
import { reportText } from '../report/report-text.ts'
import { safeJson } from '../terminal.ts'

export interface DayFile {
  readonly path: string
  readonly content: string
}

/** day.md, calls.md, report.{md,csv,json}, and each letter as its reader has it, as text and as a page. */
export function dayFiles(day: PlayedDay): readonly DayFile[] {
  const { figures, needs, language, letters } = day
  return [
    { path: 'day.md', content: account(day) },
    { path: 'calls.md', content: `${fenced(day.calls.join('\n\n'))}\n` },
    { path: 'report.md', content: `${fenced(reportText(figures, needs, language))}\n` },
    { path: 'report.csv', content: `${byteOrderMark}${figureCsv(figures, language)}` },
    { path: 'report.json', content: safeJson(figures.map(figureJson)) },
    { path: 'letters/index.html', content: letterIndex(day) },
    ...letters.flatMap((letter, index) => {
      const path = `letters/${letterPath(letter, index)}`
      return [
        { path: `${path}.txt`, content: letterText(letter, day.timeZone) },
        { path: `${path}.html`, content: letter.html },
      ]
    }),
  ]
}

function letterPath({ kind, recipient }: SentLetter, index: number): string {
  return `${letterNumber(index)}-${kind}-${recipient.replace(/[^\w.@-]/g, '_')}`
}

function account({ desk, date, timeZone, events, tickets }: PlayedDay): string {
  const days = Map.groupBy(events, ({ at }) => at.toZonedDateTimeISO(timeZone).toPlainDate().toString())
  const named = Object.entries(tickets).map(([name, number]) => `- ${number}: ${name}`)
  return [
    `# A day at ${desk}: ${date}`,
    `Times are those of ${timeZone}. What people did stands in bold, with their words; below it what the gateway did.`,
    `Tickets:\n\n${named.join('\n')}`,
    // A story may go on for days, and a time alone would be that of the first.
    ...[...days].flatMap(([day, told]) => [
      ...(days.size > 1 ? [`## ${weekdayOf(day)}, ${day}`] : []),
      ...told.map(event => eventText(event, timeZone)),
    ]),
    '',
  ].join('\n\n')
}

const weekdayOf = (day: string) => Temporal.PlainDate.from(day).toLocaleString('en-GB', { weekday: 'long' })

function eventText({ at, by, what }: DayEvent, timeZone: string): string {
  const [first = '', ...words] = what.split('\n')
  const time = wallTime(at, timeZone)
  if (by !== 'deed') return `${time} ${by === 'letter' ? '✉' : '·'} ${first}`
  const said = words.map(line => `> ${line}`.trimEnd()).join('\n')
  return [`**${time} ${first}**`, ...(said === '' ? [] : [said])].join('\n\n')
}

function letterText({ at, recipient, subject, text }: SentLetter, timeZone: string): string {
  const day = at.toZonedDateTimeISO(timeZone).toPlainDate()
  return `${day} ${wallTime(at, timeZone)}\nTo: ${recipient}\nSubject: ${subject}\n\n${text}`
}

const fenced = (text: string) => `\`\`\`text\n${text}\n\`\`\``

export interface DayLine {
  readonly desk: string
  readonly language: Language
  readonly letters: number
  readonly calls: number
}

export const indexTitle = 'Days at the example desks'

export function indexPage(days: readonly DayLine[]): string {
  const rows = days.map(({ desk, language, letters, calls }) => {
    const link = (file: string, words: string) =>
      html`<a href="${`${desk}/${language}/${file}`}">${words}</a>`
    const files = [
      link('day.md', 'the day'),
      link('letters/index.html', `${letters} letters`),
      link('calls.md', `${calls} calls and texts`),
      link('report.md', 'figures'),
      link('report.csv', 'CSV'),
      link('report.json', 'JSON'),
    ]
    const spoken = language === 'de' ? 'German' : 'English'
    return html`<tr><th scope="row">${desk}</th><td>${spoken}</td>${files.map(file => html`<td>${file}</td>`)}</tr>
`
  })
  return page(indexTitle, html`<table>${rows}</table>`)
}

function letterIndex({ letters, timeZone, desk }: PlayedDay): string {
  const rows = letters.map((letter, index) => {
    const path = letterPath(letter, index)
    return html`<tr><td>${wallTime(letter.at, timeZone)}</td><td>${letter.kind}</td><td>${letter.recipient}</td>
<td><a href="${`${path}.html`}">${letter.subject}</a> (<a href="${`${path}.txt`}">text</a>)</td></tr>
`
  })
  return page(`Letters of a day at ${desk}`, html`<table>${rows}</table>`)
}

function page(title: string, content: Markup): string {
  const whole = html`<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title>
<style>:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}
th,td{text-align:left;padding:.3rem 1rem .3rem 0;vertical-align:top;overflow-wrap:anywhere}
@media(max-width:44rem){tr{display:flex;flex-wrap:wrap;margin-bottom:.8rem}td,th{padding:.1rem .8rem .1rem 0}}</style></head>
<body><h1>${title}</h1>${content}</body>
</html>
`
  return `<!doctype html>\n${whole.markup}`
}
