import { describe, expect, it } from 'vitest'
import type { Matter } from '../../../src/desk/promise/matter.ts'
import { levelFor } from '../../../src/desk/promise/policy-level.ts'
import { targetsFor } from '../../../src/desk/promise/policy-targets.ts'

const matter: Matter = {
  severity: 'hindered',
  customerSeverity: null,
  impact: null,
  entitlement: { kind: 'unknown-customer' },
  area: 'products',
  product: null,
  requestType: null,
  group: 'support',
  language: 'de',
  customer: null,
  level: 1,
  reopened: 0,
  broken: [],
  endangered: [],
}

const contract = { kind: 'contract', contract: 'gold', number: 'W-1', validTo: null } as const

describe('targets', () => {
  const rows = [
    { when: { severity: ['stopped'], contract: ['gold'] }, firstResponse: 30, resolution: 240 },
    { when: { severity: ['stopped'] }, firstResponse: 60, statusUpdate: 120 },
    { when: { area: ['delivery'] }, resolution: 2400 },
    { when: {}, firstResponse: 240, resolution: 4800 },
  ]
  const defaults = { 'first-response': 120, callback: 120 }

  it.each([
    [
      'no row names the callback: the usual time',
      matter,
      { 'first-response': 240, callback: 120, resolution: 4800 },
    ],
    [
      'a special row changes one time and leaves the others to the next that fits',
      { ...matter, severity: 'stopped', entitlement: contract },
      { 'first-response': 30, callback: 120, 'status-update': 120, resolution: 240 },
    ],
    [
      'a contract that is over is none',
      {
        ...matter,
        severity: 'stopped',
        entitlement: { kind: 'expired', what: 'contract', since: '2026-01-01' },
      },
      { 'first-response': 60, callback: 120, 'status-update': 120, resolution: 4800 },
    ],
    [
      'another area',
      { ...matter, area: 'delivery' },
      { 'first-response': 240, callback: 120, resolution: 2400 },
    ],
  ] as const)('%s', (_, given, expected) => {
    const targets = targetsFor(given, rows, defaults)
    expect(Object.fromEntries(Object.entries(targets).map(([kind, { minutes }]) => [kind, minutes]))).toEqual(
      expected,
    )
  })

  it('names the row that says so', () => {
    expect(targetsFor({ ...matter, severity: 'stopped' }, rows, defaults)).toMatchObject({
      'first-response': { row: 'policy.targets row 2' },
      callback: { row: 'usual time' },
      resolution: { row: 'policy.targets row 4' },
    })
  })
})

describe('levels', () => {
  const rows = [
    { when: { impact: ['financial-loss'] }, level: 3, because: 'a considerable financial loss is at stake' },
    { when: { severity: ['stopped'] }, level: 2, because: 'a business stands still' },
    { when: { broken: ['first-response', 'callback'] }, level: 'next', because: 'we broke a promise' },
    { when: { reopened: 2 }, level: 2, because: 'it came back twice' },
  ] as const

  it('takes the highest level of all rows that fit, and its words', () => {
    expect(levelFor({ ...matter, severity: 'stopped', impact: 'financial-loss' }, rows)).toMatchObject({
      level: 3,
      rises: true,
      because: 'a considerable financial loss is at stake',
      row: 'policy.levels row 1',
    })
  })

  it('never lowers a level', () => {
    expect(levelFor({ ...matter, severity: 'stopped', level: 4 }, rows)).toMatchObject({
      level: 4,
      rises: false,
    })
  })

  it('raises by one for a broken promise, and not above the fourth', () => {
    expect(levelFor({ ...matter, level: 2, broken: ['callback'] }, rows).level).toBe(3)
    expect(levelFor({ ...matter, level: 4, broken: ['callback'] }, rows).rises).toBe(false)
  })

  it('tells of every row why it fits or does not', () => {
    expect(levelFor(matter, rows).trail).toEqual([
      { row: 'policy.levels row 1', hit: false, because: 'impact is normal, not financial-loss' },
      { row: 'policy.levels row 2', hit: false, because: 'severity is hindered, not stopped' },
      { row: 'policy.levels row 3', hit: false, because: 'broken is none, not first-response or callback' },
      { row: 'policy.levels row 4', hit: false, because: 'reopened 0 times, not 2' },
    ])
  })
})
