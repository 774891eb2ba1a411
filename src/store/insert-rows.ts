import type { Tx } from './database.ts'

/** A row by the field names of schema.prisma; every row of one call has the same fields. */
export type Row = Readonly<Record<string, unknown>>

/**
 * Inserts many rows with one statement and one parameter, however many there are. The ORM's own createMany costs this
 * process three times as much: it binds every value of every row by itself. PostgreSQL converts the values by the
 * table's own column types. `table` is a name of ours, never anything from outside. Throws TypeError, before anything is
 * written, where a row has other fields than the first.
 */
export async function insertRows(tx: Tx, table: string, rows: readonly Row[]): Promise<void> {
  const [first] = rows
  if (!first) return
  const fields = Object.keys(first)
  const other = rows.find(
    row => Object.keys(row).length !== fields.length || fields.some(field => !(field in row)),
  )
  // The statement names the first row's columns: what only another row has would be lost without a word.
  if (other)
    throw new TypeError(`rows for "${table}" differ in their fields: ${fields} and ${Object.keys(other)}`)
  const columns = fields.map(field => `"${columnOf(field)}"`)
  const list = columns.join(', ')
  const json = JSON.stringify(rows.map(row => Object.fromEntries(Object.entries(row).map(toJson))))
  await tx.$executeRawUnsafe(
    `insert into "${table}" (${list}) select ${list} from jsonb_populate_recordset(null::"${table}", $1::jsonb)`,
    json,
  )
}

function toJson([field, value]: [string, unknown]): [string, unknown] {
  return [columnOf(field), typeof value === 'bigint' ? value.toString() : value]
}

const columns = new Map<string, string>()

/** The column of a field: schema.prisma maps every field to its name with underscores. */
function columnOf(field: string): string {
  const known = columns.get(field)
  if (known !== undefined) return known
  const column = field.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)
  columns.set(field, column)
  return column
}
