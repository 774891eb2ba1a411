/** What the books say of the customers of the example letters. */
import type { InBooks } from '../../desk/customers/in-books.ts'
import type { Language } from '../../desk/ticket.ts'

export function booksExample(language: Language): InBooks {
  return {
    ...{
      de: { company: 'Schmidt Prüftechnik', contact: 'Anna Schmidt' },
      en: { company: 'Smith Testing', contact: 'Anna Smith' },
    }[language],
    companyNumber: 'K-2041',
    device: { product: 'MV-400', serial: '4711-0815', warrantyTo: '2027-03-31' },
    entitlement: {
      kind: 'contract',
      contract: { de: 'Wartungsvertrag Gold', en: 'Gold maintenance contract' }[language],
      ...{ number: 'WV-2041', validTo: '2027-12-31' },
    },
    conflicts: [],
  }
}

export const unknownExample: InBooks = {
  ...{ company: '', companyNumber: null, contact: '', device: null },
  entitlement: { kind: 'unknown-customer' },
  conflicts: [
    { kind: 'shared', value: '+49 40 66969900', names: ['Nordlicht Logistik GmbH', 'Weserwerk AG'] },
  ],
}
