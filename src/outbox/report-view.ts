/** What the templates of reports get to see. See letter-view.ts. */
import { internalMark } from '../desk/internal-text.ts'
import type { ReportData, ReportRow, ReportSection } from '../desk/reports/report-data.ts'
import type { View } from '../template-language.ts'
import { commonView, officeOf, type ViewSource } from './letter-view.ts'

const kinds = ['report-team', 'report-division', 'report-executive'] as const

export function isReport(template: string): boolean {
  return kinds.some(kind => kind === template)
}

export function reportView(source: ViewSource): View {
  const { name, period, every, about, numbers, sections, link, file } = source.data as ReportData
  return {
    ...commonView(source, officeOf(source.mailbox.office, source)),
    internalMark,
    ...{ name, period, every, link },
    about: about.join(', '),
    filename: file.filename,
    numbers,
    sections: sections.map(sectionView),
  }
}

function sectionView({ title, columns, rows, more }: ReportSection) {
  const bars = rows.some(({ bar }) => bar !== null)
  return { title, more, columns, bars, rows: rows.map(row => rowView(row, columns)) }
}

/** `rest` is what a bar leaves free: mail programs know widths of cells and little else. */
function rowView({ cells, bar }: ReportRow, columns: readonly string[]) {
  const [first = '', ...others] = cells
  const named = others.map((cell, at) => (others.length === 1 ? cell : `${columns[at + 1] ?? ''}: ${cell}`))
  return {
    first,
    line: `${first}: ${named.join('; ')}`,
    details: named.join(' · '),
    bar,
    rest: bar === null ? null : 100 - bar,
  }
}
