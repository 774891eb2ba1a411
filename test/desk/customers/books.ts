/** A small world of customers for tables. */
import { type CustomerBook, emptyBook } from '../../../src/desk/customers/customer-book.ts'

const contact = (
  id: string,
  name: string,
  companyId: string | null,
  addresses: string[],
  phones: string[],
) => ({
  ...{ id, name, companyId, addresses, phones },
  language: null,
})

export const mobile = '+491713920099'
export const switchboard = '+494066969900'

export const book: CustomerBook = {
  ...emptyBook,
  kept: true,
  companies: [
    { id: 'nord', number: 'K-1001', name: 'Nordlicht', language: 'de' },
    { id: 'weser', number: 'K-1002', name: 'Weserwerk', language: null },
  ],
  contacts: [
    contact('eva', 'Eva Lang', 'nord', ['eva@nord.example', 'info@nord.example'], [mobile, switchboard]),
    contact('jonas', 'Jonas Petersen', 'nord', ['jonas@nord.example', 'info@nord.example'], [switchboard]),
    contact(
      'martin',
      'Martin Osten',
      'weser',
      ['martin@weser.example', 'both@example.org'],
      ['+494219988700'],
    ),
    contact('ben', 'Ben Both', 'nord', ['both@example.org'], []),
    contact('lena', 'Lena Voss', null, ['lena@example.org'], []),
  ],
  contracts: [
    {
      id: 'c1',
      number: 'WV-1',
      companyId: 'nord',
      kind: 'gold',
      validFrom: '2026-01-01',
      validTo: '2026-12-31',
    },
  ],
  devices: [
    {
      id: 'd1',
      serial: 'AB-1000',
      serialKey: 'AB1000',
      product: 'X200',
      companyId: 'nord',
      contractId: 'c1',
      warrantyTo: null,
    },
    {
      id: 'd2',
      serial: 'WX-7',
      serialKey: 'WX7',
      product: 'X200',
      companyId: 'weser',
      contractId: null,
      warrantyTo: '2027-01-31',
    },
    {
      id: 'd3',
      serial: 'FREE-9',
      serialKey: 'FREE9',
      product: 'P80',
      companyId: null,
      contractId: null,
      warrantyTo: '2027-01-31',
    },
  ],
}
