import { CsvError, parse } from 'csv-parse/sync'
import { oneLine } from '../plain-text.ts'

/** A file of comma-separated values as people export it, read into rows; whatever is wrong with it is told by line. */

export interface CsvFault {
  readonly file: string
  /** Null where it concerns the whole file. */
  readonly line: number | null
  /** As the file's header has it; null where it concerns the whole line. */
  readonly column: string | null
  /** What is wrong, and what to do. */
  readonly problem: string
}

/** Names under which a column is accepted, without case and punctuation; of several that fit, all values are taken. */
export type CsvColumns<Field extends string> = Readonly<
  Record<Field, { readonly names: readonly string[]; readonly required: boolean }>
>

export interface CsvRow<Field extends string> {
  readonly line: number
  /** '' where the cell is empty or there is no such column. */
  readonly cells: Readonly<Record<Field, string>>
  /** The header of a field's column, for telling faults. */
  readonly headers: Readonly<Record<Field, string>>
}

export interface CsvTable<Field extends string> {
  readonly rows: readonly CsvRow<Field>[]
  readonly faults: readonly CsvFault[]
}

export const mostBytes = 32 * 1024 * 1024
export const mostRows = 200_000
const longestCell = 500
/** More are no help: whoever has a thousand faults has made one. */
const mostFaults = 100

interface Parsed {
  readonly record: readonly string[]
  readonly info: { readonly lines: number }
}

/** Never throws because of the file. Cells come trimmed and on one line, control characters taken out. */
export function readCsv<Field extends string>(
  file: string,
  bytes: Uint8Array,
  columns: CsvColumns<Field>,
): CsvTable<Field> {
  const failed = (problem: string, line: number | null = null): CsvTable<Field> => ({
    rows: [],
    faults: [{ file, line, column: null, problem }],
  })
  if (bytes.length > mostBytes) return failed(`it is larger than ${mostBytes / 1024 / 1024} MB; split it`)
  const text = textOf(bytes)
  if (text === undefined) return failed('it is not UTF-8; save it as "CSV UTF-8"')
  if (text.trim() === '') return failed('it is empty; the first line has to name the columns')
  const parsed = parseText(text)
  if ('problem' in parsed) return failed(parsed.problem, parsed.line)
  const [head, ...body] = parsed
  if (!head) return failed('it is empty; the first line has to name the columns')
  if (body.length > mostRows) return failed(`it has more than ${mostRows} rows; split it`)
  const places = placesOf(head.record, columns)
  const faults = headFaults(file, head.record, columns, places)
  if (faults.length > 0) return { rows: [], faults }
  const rows: CsvRow<Field>[] = []
  for (const { record, info } of body) {
    const line = info.lines
    if (record.length !== head.record.length) {
      const problem = `it has ${record.length} cells, the first line has ${head.record.length}; cells that contain the separator need quotes`
      faults.push({ file, line, column: null, problem })
      continue
    }
    const long = record.findIndex(cell => cell.length > longestCell)
    if (long >= 0) {
      const problem = `more than ${longestCell} characters; shorten it`
      faults.push({ file, line, column: head.record[long] ?? '', problem })
      continue
    }
    rows.push({ line, ...cellsOf(record, head.record, places) })
  }
  return { rows, faults: faults.slice(0, mostFaults) }
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function parseText(text: string): readonly Parsed[] | { readonly problem: string; readonly line: number } {
  try {
    return parse(text, {
      delimiter: separatorOf(text),
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      trim: true,
      max_record_size: 100_000,
    }) as unknown as readonly Parsed[]
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const lines: unknown = error.lines
    const line = typeof lines === 'number' ? lines : 1
    return { problem: quoteProblems[error.code] ?? 'it cannot be read; save the file as CSV once more', line }
  }
}

const quoteProblems: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED:
    'a quote is opened and never closed; close it, or double a quote that is meant as such',
  CSV_INVALID_CLOSING_QUOTE: 'a quote ends in the middle of a cell; double a quote that is meant as such',
  CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE:
    'a quote ends in the middle of a cell; double a quote that is meant as such',
  INVALID_OPENING_QUOTE:
    'a quote begins in the middle of a cell; put the whole cell into quotes and double it',
  CSV_MAX_RECORD_SIZE: 'the line has more than 100,000 characters; a quote may be missing',
}

/** Whichever the first line has more of. */
function separatorOf(text: string): string {
  const head =
    text
      .slice(0, 10_000)
      .split(/\r?\n/, 1)[0]
      ?.replaceAll(/"[^"]*"/g, '') ?? ''
  const counts = [';', ',', '\t'].map(sign => [sign, head.split(sign).length] as const)
  return counts.toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? ','
}

const bare = (name: string) => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')

type Places<Field extends string> = Readonly<Record<Field, readonly number[]>>

function fieldsOf<Field extends string>(columns: CsvColumns<Field>): readonly Field[] {
  return Object.keys(columns) as Field[]
}

function placesOf<Field extends string>(head: readonly string[], columns: CsvColumns<Field>): Places<Field> {
  const pairs = fieldsOf(columns).map(field => {
    const names = columns[field].names.map(bare)
    return [field, head.flatMap((name, at) => (names.includes(bare(name)) ? [at] : []))]
  })
  return Object.fromEntries(pairs) as Places<Field>
}

function headFaults<Field extends string>(
  file: string,
  head: readonly string[],
  columns: CsvColumns<Field>,
  places: Places<Field>,
): CsvFault[] {
  const fields = fieldsOf(columns)
  const known = new Set(fields.flatMap(field => places[field]))
  const allowed = fields.map(field => columns[field].names[0]).join(', ')
  const missing = fields
    .filter(field => columns[field].required && places[field].length === 0)
    .map(field => ({
      ...{ file, line: 1, column: null },
      problem: `the column "${columns[field].names[0]}" is missing; it may also be called ${columns[
        field
      ].names
        .slice(1)
        .map(name => `"${name}"`)
        .join(', ')}`,
    }))
  // A misspelt column would otherwise be left out without a word.
  const strange = head.flatMap((name, at) =>
    known.has(at) || name === ''
      ? []
      : [{ file, line: 1, column: oneLine(name), problem: `no such column is known; known are ${allowed}` }],
  )
  return [...missing, ...strange]
}

function cellsOf<Field extends string>(
  record: readonly string[],
  head: readonly string[],
  places: Places<Field>,
) {
  const fields = Object.keys(places) as Field[]
  const cells = fields.map(field => [
    field,
    places[field]
      .map(at => oneLine(record[at] ?? ''))
      .filter(Boolean)
      .join('; '),
  ])
  const headers = fields.map(field => [field, places[field].map(at => oneLine(head[at] ?? '')).join(', ')])
  return {
    cells: Object.fromEntries(cells) as Record<Field, string>,
    headers: Object.fromEntries(headers) as Record<Field, string>,
  }
}
