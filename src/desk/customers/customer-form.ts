import { columns, type FileKind } from './customer-columns.ts'
import { type CustomerFiles, type FileContext, readCustomerFiles } from './customer-files.ts'

/** One row of the books as a form sends it, checked exactly as a line of an import is. Pure. */

/** By field, as customer-columns.ts names them. */
export type FormCells = Readonly<Record<string, string>>

/** empty: has to be filled in; order: ends before it begins; long: more than a cell may hold; wrong: is no such thing. */
export type FormFaultCode = 'empty' | 'order' | 'long' | 'wrong'

export interface FormFault {
  readonly field: string
  readonly code: FormFaultCode
}

export interface ReadForm {
  /** With one row of the kind; none of it may be used while there are faults. */
  readonly files: CustomerFiles
  readonly faults: readonly FormFault[]
}

const longest = 500

export function readCustomerForm(kind: FileKind, cells: FormCells, context: FileContext): ReadForm {
  const fields = Object.entries(columns[kind]).map(([field, { names }]) => ({
    field,
    header: names[0] ?? field,
  }))
  const line = fields.map(({ field }) => quoted(cells[field] ?? '')).join(',')
  const text = `${fields.map(({ header }) => quoted(header)).join(',')}\n${line}\n`
  const { files, faults } = readCustomerFiles(
    { [kind]: { name: kind, bytes: new TextEncoder().encode(text) } },
    context,
  )
  // A line in which nothing stands is no line for an import.
  if (!files[kind]?.length && faults.length === 0)
    return { files, faults: [{ field: needed[kind], code: 'empty' }] }
  const found = faults.map(({ column, problem }): FormFault => {
    const field = fields.find(({ header }) => header === column)?.field ?? needed[kind]
    const value = (cells[field] ?? '').trim()
    if (value === '') return { field, code: 'empty' }
    if (value.length > longest) return { field, code: 'long' }
    return { field, code: problem.startsWith('it ends before') ? 'order' : 'wrong' }
  })
  return {
    files,
    faults: found.filter(({ field }, at) => found.findIndex(one => one.field === field) === at),
  }
}

const needed: Readonly<Record<FileKind, string>> = {
  companies: 'name',
  contacts: 'name',
  contracts: 'number',
  devices: 'serial',
}

const quoted = (cell: string) => `"${cell.toWellFormed().replaceAll('"', '""')}"`
