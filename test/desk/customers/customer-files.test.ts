import { describe, expect, it } from 'vitest'
import { mostBytes } from '../../../src/desk/customers/csv-table.ts'
import type { FileKind } from '../../../src/desk/customers/customer-columns.ts'
import { kindOfFile, readCustomerFiles } from '../../../src/desk/customers/customer-files.ts'

const context = { country: 'DE', contracts: { gold: { name: { de: 'Wartung Gold', en: 'Gold' } } } } as const

function read(kind: FileKind, text: string | Uint8Array) {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text
  const { files, faults } = readCustomerFiles({ [kind]: { name: `${kind}.csv`, bytes } }, context)
  return {
    rows: files[kind],
    faults: faults.map(({ line, column, problem }) => `${line} ${column}: ${problem}`),
  }
}

describe('a file of customers', () => {
  it.each([
    ['commas and English', 'number,name,language\nK-1,"Lang, Eva GmbH",de\n'],
    [
      'semicolons, German, a BOM and Windows line ends',
      '\ufeffKundennummer;Firma;Sprache\r\nK-1;"Lang, Eva GmbH";Deutsch\r\n',
    ],
    ['tabs and other columns order', 'Sprache\tUnternehmen\tKunden-Nr.\nde\tLang, Eva GmbH\tK-1\n'],
  ])('is read with %s', (_name, text) => {
    expect(read('companies', text)).toMatchObject({
      rows: [{ number: 'K-1', name: 'Lang, Eva GmbH', language: 'de', line: 2 }],
      faults: [],
    })
  })

  it('takes several addresses and numbers of a contact from one cell and from several columns', () => {
    const { rows, faults } = read(
      'contacts',
      'Kundennummer;Name;E-Mail;Telefon;Mobil\nK-1;Eva Lang;Eva@x.example info@x.example;040 66969900;0171 3920099\n',
    )
    expect(faults).toEqual([])
    expect(rows).toMatchObject([
      { addresses: ['eva@x.example', 'info@x.example'], phones: ['+494066969900', '+491713920099'] },
    ])
  })

  it('understands the days of three ways of writing, and contracts by key and name', () => {
    const { rows, faults } = read(
      'contracts',
      'number,company,kind,from,to\nA,K-1,gold,2026-01-01,2026-12-31\nB,K-1,wartung gold,1.2.2026,31/12/2026\n',
    )
    expect(faults).toEqual([])
    expect(rows).toMatchObject([
      { kind: 'gold', validTo: '2026-12-31' },
      { kind: 'gold', validFrom: '2026-02-01', validTo: '2026-12-31' },
    ])
  })

  it('tells all faults together, by line and column as the file calls them', () => {
    const { faults } = read(
      'contracts',
      'Vertragsnummer;Kundennummer;Art;von;bis\n;K-1;platin;31.2.2026;\nB;;gold;2026-05-01;2026-04-01\n',
    )
    expect(faults).toEqual([
      '2 Vertragsnummer: empty; it has to be filled in',
      '2 Art: "platin" is no kind of contract of the configuration (contracts: gold)',
      '2 von: "31.2.2026" is no day; write 2026-12-31, 31.12.2026 or 31/12/2026',
      '3 Kundennummer: empty; it has to be filled in',
      '3 bis: it ends before it begins; correct one of the days',
    ])
  })

  it.each<[string, FileKind, string | Uint8Array, RegExp]>([
    [
      'a column is missing',
      'companies',
      'name\nX\n',
      /^1 null: the column "number" is missing; it may also be called "customer number"/,
    ],
    [
      'a column is unknown',
      'companies',
      'number,name,colour\nK,X,red\n',
      /^1 colour: no such column is known; known are number, name, language/,
    ],
    ['a cell is missing', 'companies', 'number,name\nK\n', /^2 null: it has 1 cells, the first line has 2/],
    [
      'a quote is never closed',
      'companies',
      'number,name\nK,"X\nY,Z\n',
      /a quote is opened and never closed/,
    ],
    [
      'a quote ends within a cell',
      'companies',
      'number,name\nK,"X"Y\n',
      /double a quote that is meant as such/,
    ],
    [
      'a cell is too long',
      'companies',
      `number,name\nK,${'x'.repeat(501)}\n`,
      /^2 name: more than 500 characters/,
    ],
    ['it is not UTF-8', 'companies', new Uint8Array([0x6e, 0xfc, 0x0a]), /it is not UTF-8/],
    ['it is empty', 'companies', '\n', /it is empty/],
    ['it is too large', 'companies', new Uint8Array(mostBytes + 1), /it is larger than 32 MB/],
    [
      'an address is none',
      'contacts',
      'name,email\nEva,eva(at)x\n',
      /^2 email: "eva\(at\)x" is no e-mail address/,
    ],
    [
      'a number has no area code',
      'contacts',
      'name,phone\nEva,66969900\n',
      /^2 phone: "66969900" is no telephone number/,
    ],
    [
      'nothing reaches a contact',
      'contacts',
      'name,email\nEva,\n',
      /^2 email: neither an address nor a number/,
    ],
    [
      'a language is strange',
      'companies',
      'number,name,language\nK,X,fr\n',
      /^2 language: "fr" is no language that we write/,
    ],
    [
      'a serial number is only signs',
      'devices',
      'serial,product\n---,X\n',
      /^2 serial: no letter or digit in it/,
    ],
  ])('is refused where %s', (_name, kind, text, problem) => {
    expect(read(kind, text).faults.join('\n')).toMatch(problem)
  })

  it('cannot bring control characters along', () => {
    const { rows } = read('companies', 'number,name\nK,X\u001b[31m\u202eY\n')
    expect(rows).toMatchObject([{ name: 'X[31mY' }])
  })

  it('is known by its name in both languages', () => {
    expect(
      ['Companies.csv', 'Kontakte.csv', 'Verträge.csv', 'geraete.csv', 'notes.csv'].map(kindOfFile),
    ).toEqual(['companies', 'contacts', 'contracts', 'devices', undefined])
  })
})
