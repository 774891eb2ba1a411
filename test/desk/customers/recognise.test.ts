import { describe, expect, it } from 'vitest'
import { recognise, type Sought } from '../../../src/desk/customers/recognise.ts'
import { serialKey, serialReadings } from '../../../src/desk/customers/serial-key.ts'
import { book, mobile, switchboard } from './books.ts'

const nothing: Sought = { addresses: [], phones: [], serials: [] }

function told(sought: Partial<Sought>) {
  const { contact, sure, company, device, conflicts } = recognise({ ...nothing, ...sought }, book)
  return [contact?.id, sure, company?.id, device?.id, conflicts.map(({ kind }) => kind).join()]
}

describe('a customer', () => {
  it.each<[string, Partial<Sought>, ReturnType<typeof told>]>([
    [
      'is a contact by the address, however it is written',
      { addresses: ['Eva@Nord.example'] },
      ['eva', true, 'nord', undefined, ''],
    ],
    [
      'is nobody by the domain alone',
      { addresses: ['new@nord.example'] },
      [undefined, false, undefined, undefined, ''],
    ],
    [
      'is a contact without a company',
      { addresses: ['lena@example.org'] },
      ['lena', true, undefined, undefined, ''],
    ],
    [
      'is the company behind an address that colleagues share',
      { addresses: ['info@nord.example'] },
      [undefined, false, 'nord', undefined, ''],
    ],
    [
      'is not guessed where two companies share an address',
      { addresses: ['both@example.org'] },
      [undefined, false, undefined, undefined, 'shared'],
    ],
    ['is surely who has the mobile telephone', { phones: [mobile] }, ['eva', true, 'nord', undefined, '']],
    [
      'is probably who has the fixed line',
      { phones: ['+494219988700'] },
      ['martin', false, 'weser', undefined, ''],
    ],
    [
      'is the company behind a switchboard',
      { phones: [switchboard] },
      [undefined, false, 'nord', undefined, ''],
    ],
    [
      'is told from colleagues by address and number together',
      { addresses: ['info@nord.example'], phones: [mobile] },
      ['eva', true, 'nord', undefined, ''],
    ],
    ['is the company that a device belongs to', { serials: ['wx 7'] }, [undefined, false, 'weser', 'd2', '']],
    [
      'has a device of which no owner is known',
      { addresses: ['eva@nord.example'], serials: ['FREE-9'] },
      ['eva', true, 'nord', 'd3', ''],
    ],
    ['is found although O was read for 0', { serials: ['AB-1OO0'] }, [undefined, false, 'nord', 'd1', '']],
    [
      'is the company of a customer number',
      { customerNumber: 'k 1002' },
      [undefined, false, 'weser', undefined, ''],
    ],
    [
      "is not given another company's device",
      { addresses: ['eva@nord.example'], serials: ['WX-7'] },
      ['eva', true, 'nord', undefined, 'elsewhere'],
    ],
    [
      'is nobody where number and device contradict each other',
      { customerNumber: 'K-1001', serials: ['WX-7'] },
      [undefined, false, undefined, undefined, 'elsewhere'],
    ],
    [
      'has none of two devices',
      { serials: ['AB-1000', 'FREE-9'] },
      [undefined, false, 'nord', undefined, 'several-devices'],
    ],
    [
      'stays who the ticket belongs to',
      {
        linked: { contactId: 'martin', companyId: 'weser', deviceId: null },
        addresses: ['eva@nord.example'],
      },
      ['martin', false, 'weser', undefined, ''],
    ],
  ])('%s', (_name, sought, expected) => {
    expect(told(sought)).toEqual(expected)
  })
})

describe('a serial number', () => {
  it('is found without regard to case and signs', () => {
    expect(serialKey(' wx-4711/a ')).toBe('WX4711A')
    expect(serialKey('–')).toBe('')
  })

  it('keeps O and 0 apart in the books, and is looked for both ways', () => {
    expect(serialKey('AO')).not.toBe(serialKey('A0'))
    expect(serialReadings('O1')).toEqual(['O1', '01', 'OI', '0I'])
  })

  it('with many letters in doubt is looked for as written', () => {
    expect(serialReadings('O0O0O0O0')).toEqual(['O0O0O0O0'])
  })
})
