import { describe, expect, it } from 'vitest'
import { entitlementOf } from '../../../src/desk/customers/entitlement.ts'
import { entitlementWords } from '../../../src/desk/customers/words.ts'
import type { Entitlement } from '../../../src/desk/promise/matter.ts'

const today = Temporal.PlainDate.from('2026-11-24')
const contract = (number: string, validFrom: string, validTo: string | null) => ({
  ...{ id: number, number, validFrom, validTo },
  kind: 'gold',
})
const device = (warrantyTo: string | null, contractId: string | null = null) => ({ warrantyTo, contractId })
const of = (number: string, validTo: string | null) => ({
  kind: 'contract',
  contract: 'gold',
  number,
  validTo,
})

describe('what entitles to support', () => {
  it.each([
    ['a contract that is valid', [contract('A', '2026-01-01', '2026-12-31')], null, of('A', '2026-12-31')],
    ['its first day', [contract('A', '2026-11-24', null)], null, of('A', null)],
    ['its last day', [contract('A', '2026-01-01', '2026-11-24')], null, of('A', '2026-11-24')],
    ['before a warranty', [contract('A', '2026-01-01', null)], device('2030-01-01'), of('A', null)],
    [
      "the device's own before another",
      [contract('A', '2026-01-01', null), contract('B', '2026-01-01', '2026-12-01')],
      device(null, 'B'),
      of('B', '2026-12-01'),
    ],
    [
      'of several the longest',
      [contract('A', '2026-01-01', '2026-12-01'), contract('B', '2026-01-01', '2027-12-01')],
      null,
      of('B', '2027-12-01'),
    ],
    ['a warranty', [], device('2026-11-24'), { kind: 'warranty', until: '2026-11-24' }],
    [
      'a warranty after a contract that is over',
      [contract('A', '2020-01-01', '2021-01-01')],
      device('2027-01-01'),
      { kind: 'warranty', until: '2027-01-01' },
    ],
    [
      'nothing that is over since yesterday',
      [contract('A', '2026-01-01', '2026-11-23')],
      null,
      { kind: 'expired', what: 'contract', since: '2026-11-23' },
    ],
    [
      'of two that are over the later',
      [contract('A', '2020-01-01', '2021-01-01')],
      device('2026-01-01'),
      { kind: 'expired', what: 'warranty', since: '2026-01-01' },
    ],
    ['nothing that has not begun', [contract('A', '2026-11-25', null)], null, { kind: 'none' }],
    ['nothing at all', [], device(null), { kind: 'none' }],
  ] as const)('is %s', (_name, contracts, itsDevice, expected) => {
    expect(entitlementOf({ contracts, device: itsDevice, known: true }, today)).toEqual(expected)
  })

  it('is not known of an unknown customer', () => {
    expect(entitlementOf({ contracts: [], device: null, known: false }, today)).toEqual({
      kind: 'unknown-customer',
    })
  })
})

describe('its words', () => {
  const names = { gold: { name: { de: 'Wartungsvertrag Gold', en: 'Gold maintenance contract' } } }
  it.each<[Entitlement, string, string]>([
    [
      { kind: 'contract', contract: 'gold', number: 'WV-1', validTo: '2026-12-31' },
      'Wartungsvertrag Gold bis 31.12.2026 (Nr. WV-1)',
      'Gold maintenance contract until 31 December 2026 (no. WV-1)',
    ],
    [
      { kind: 'contract', contract: 'old', number: 'WV-1', validTo: null },
      'old (Nr. WV-1)',
      'old (no. WV-1)',
    ],
    [
      { kind: 'warranty', until: '2027-03-01' },
      'Gewährleistung bis 01.03.2027',
      'warranty until 1 March 2027',
    ],
    [
      { kind: 'expired', what: 'contract', since: '2026-06-30' },
      'Vertrag abgelaufen am 30.06.2026',
      'contract ended on 30 June 2026',
    ],
    [{ kind: 'none' }, 'kein Vertrag bekannt', 'no contract known'],
    [{ kind: 'unknown-customer' }, 'unbekannter Kunde', 'unknown customer'],
  ])('%o', (entitlement, de, en) => {
    expect(entitlementWords(entitlement, 'de', names)).toBe(de)
    expect(entitlementWords(entitlement, 'en', names)).toBe(en)
  })
})
