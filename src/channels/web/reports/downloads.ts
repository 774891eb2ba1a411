import type { Response } from 'express'
import type { Language } from '../../../desk/ticket.ts'
import type { FigureResult } from '../../../figures/figure.ts'
import { byteOrderMark, figureCsv } from '../../../figures/figure-csv.ts'
import { figureJson } from '../../../figures/figure-schema.ts'

/** The same figures as files: CSV for spreadsheets, JSON as the API gives it. */
export function sendFigures(
  response: Response,
  results: readonly FigureResult[],
  {
    name,
    format,
    language,
  }: { readonly name: string; readonly format: 'csv' | 'json'; readonly language: Language },
): void {
  const [first] = results
  const period = first ? `-${first.period.from}-${first.period.to}` : ''
  response.attachment(`${name}${period}.${format}`)
  if (format === 'csv')
    response.type('text/csv; charset=utf-8').send(byteOrderMark + figureCsv(results, language))
  else response.type('application/json').send(JSON.stringify(results.map(figureJson), null, 2))
}
