import type { CsvColumns } from './csv-table.ts'

/** The columns of the four files, under the names that exports in German and English give them. */

export type FileKind = 'companies' | 'contacts' | 'contracts' | 'devices'
export const fileKinds: readonly FileKind[] = ['companies', 'contacts', 'contracts', 'devices']

const company = {
  names: [
    'customer number',
    'company number',
    'company',
    'Kundennummer',
    'Kunden-Nr',
    'Kundennr',
    'Firmennummer',
  ],
}
export const columns = {
  companies: {
    number: {
      names: [
        'number',
        ...company.names.slice(0, 2),
        'Nummer',
        'Nr',
        'Kundennummer',
        'Kunden-Nr',
        'Kundennr',
      ],
      required: true,
    },
    name: {
      names: ['name', 'company', 'company name', 'Firma', 'Firmenname', 'Unternehmen'],
      required: true,
    },
    language: { names: ['language', 'Sprache'], required: false },
  },
  contacts: {
    company: { ...company, required: false },
    name: { names: ['name', 'contact', 'Ansprechpartner', 'Kontakt'], required: true },
    language: { names: ['language', 'Sprache'], required: false },
    addresses: {
      names: [
        'email',
        'e-mail',
        'mail',
        'e-mail addresses',
        'address',
        'addresses',
        'E-Mail-Adresse',
        'E-Mail-Adressen',
        'email 2',
        'E-Mail 2',
      ],
      required: false,
    },
    phones: {
      names: [
        'phone',
        'phones',
        'telephone',
        'mobile',
        'phone 2',
        'Telefon',
        'Telefonnummer',
        'Mobil',
        'Handy',
        'Telefon 2',
        'Durchwahl',
      ],
      required: false,
    },
  },
  contracts: {
    number: {
      names: ['number', 'contract number', 'contract', 'Vertragsnummer', 'Vertrag', 'Nummer'],
      required: true,
    },
    company: { ...company, required: true },
    kind: { names: ['kind', 'type', 'contract kind', 'Art', 'Vertragsart'], required: true },
    validFrom: {
      names: ['from', 'valid from', 'start', 'von', 'gültig ab', 'gültig von', 'Beginn', 'ab'],
      required: true,
    },
    validTo: { names: ['to', 'valid to', 'until', 'end', 'bis', 'gültig bis', 'Ende'], required: false },
  },
  devices: {
    serial: { names: ['serial number', 'serial', 'Seriennummer', 'Serien-Nr', 'Seriennr'], required: true },
    product: { names: ['product', 'model', 'device', 'Produkt', 'Modell', 'Gerät'], required: true },
    company: { ...company, required: false },
    contract: { names: ['contract number', 'contract', 'Vertragsnummer', 'Vertrag'], required: false },
    warrantyTo: {
      names: [
        'warranty to',
        'warranty until',
        'warranty',
        'Gewährleistung bis',
        'Garantie bis',
        'Garantieende',
      ],
      required: false,
    },
  },
} as const satisfies Readonly<Record<FileKind, CsvColumns<string>>>
