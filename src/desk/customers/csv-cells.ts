import { readDialled } from '../phone/numbers.ts'
import type { Language } from '../ticket.ts'
import type { CsvFault, CsvRow } from './csv-table.ts'

/** Kinds of contract by key, as the configuration has them. */
export type ContractKinds = Readonly<Record<string, { readonly name: Readonly<Record<Language, string>> }>>

/** The cells of a row, each read as what it has to be; what it is not is added to the faults. */
export class Cells<Field extends string> {
  readonly #file: string
  readonly #row: CsvRow<Field>
  readonly #faults: CsvFault[]

  constructor(file: string, row: CsvRow<Field>, faults: CsvFault[]) {
    this.#file = file
    this.#row = row
    this.#faults = faults
  }

  fault(field: Field, problem: string): void {
    const column = this.#row.headers[field] || null
    this.#faults.push({ file: this.#file, line: this.#row.line, column, problem })
  }

  text(field: Field): string {
    return this.#row.cells[field]
  }

  maybe(field: Field): string | null {
    return this.text(field) === '' ? null : this.text(field)
  }

  needed(field: Field): string {
    const text = this.text(field)
    if (text === '') this.fault(field, 'empty; it has to be filled in')
    return text
  }

  language(field: Field): Language | null {
    const text = this.text(field).toLowerCase()
    if (text === '') return null
    if (['de', 'deutsch', 'german'].includes(text)) return 'de'
    if (['en', 'englisch', 'english'].includes(text)) return 'en'
    this.fault(field, `"${text.slice(0, 40)}" is no language that we write; use de or en, or leave it empty`)
    return null
  }

  addresses(field: Field): readonly string[] {
    const parts = this.text(field)
      .toLowerCase()
      .split(/[;,|\s]+/)
      .filter(Boolean)
    const wrong = parts.find(one => one.length > 254 || !/^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>".]{2,}$/.test(one))
    if (wrong !== undefined)
      this.fault(field, `"${wrong.slice(0, 60)}" is no e-mail address; separate several by a space`)
    return [...new Set(parts)]
  }

  phones(field: Field, country: 'DE' | 'GB'): readonly string[] {
    const parts = this.text(field)
      .split(/[;,|]/)
      .map(one => one.trim())
      .filter(Boolean)
    return [
      ...new Set(
        parts.flatMap(part => {
          const read = readDialled(part, country)
          if (read?.valid) return [read.number]
          const problem = `"${part.slice(0, 40)}" is no telephone number; write it with its area code, or with + and the country's code`
          this.fault(field, problem)
          return []
        }),
      ),
    ]
  }

  /** The key of a kind of contract, which may be written by its name. */
  kind(field: Field, kinds: ContractKinds): string {
    const text = this.needed(field).toLowerCase()
    const found = Object.entries(kinds).find(([key, { name }]) =>
      [key, name.de, name.en].some(one => one.toLowerCase() === text),
    )
    if (found) return found[0]
    if (text !== '') {
      const known = Object.keys(kinds).join(', ') || 'none so far'
      this.fault(
        field,
        `"${text.slice(0, 60)}" is no kind of contract of the configuration (contracts: ${known})`,
      )
    }
    return ''
  }

  /** 2026-12-31, 31.12.2026 or 31/12/2026. */
  day(field: Field): string | null {
    const text = this.text(field)
    if (text === '') return null
    const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text)
    const usual = /^(\d{1,2})[./](\d{1,2})[./](\d{4})$/.exec(text)
    const [year, month, day] = iso
      ? iso.slice(1).map(Number)
      : (usual?.slice(1).map(Number).toReversed() ?? [])
    if (year !== undefined && month !== undefined && day !== undefined && isDay(year, month, day))
      return Temporal.PlainDate.from({ year, month, day }).toString()
    this.fault(field, `"${text.slice(0, 40)}" is no day; write 2026-12-31, 31.12.2026 or 31/12/2026`)
    return null
  }
}

function isDay(year: number, month: number, day: number): boolean {
  if (year < 1900 || year > 9999 || month < 1 || month > 12 || day < 1) return false
  return day <= Temporal.PlainYearMonth.from({ year, month }).daysInMonth
}
