import { describe, expect, test } from 'vitest'
import type { CommandContext } from '../../src/desk/command-arguments.ts'
import { parseCommands } from '../../src/desk/commands.ts'
import { choicesAfter, routingNamesOf } from '../../src/desk/routing-names.ts'

const catalogue = {
  groups: {
    support: { name: 'Support', agents: ['anna'] },
    accounting: { name: 'Buchhaltung', agents: ['anna'] },
    tech: { name: 'Technischer Dienst', agents: ['anna'] },
    'tech-night': { name: 'Technischer Dienst Nacht', agents: ['anna'] },
    muenchen: { name: 'Büro München', agents: ['anna'] },
  },
  areas: { delivery: { name: { de: 'Lieferung und Logistik', en: 'Delivery and logistics' }, words: [] } },
  products: {
    b2s: { name: 'Blog2Social', area: 'delivery', words: ['B2S'] },
    bed: { name: 'Pflegebett MV-300', words: [] },
  },
}
const context: CommandContext = {
  now: Temporal.Instant.from('2026-11-24T11:00:00Z'),
  timeZone: 'Europe/Berlin',
  country: 'DE',
  agents: [],
  ticketNumber: '1000015',
  level: 1,
  routing: routingNamesOf(catalogue, 'support'),
}
const parse = (line: string) => parseCommands([line], context)

describe('a department is named as people name it', () => {
  test.each([
    ['#weiter accounting fragt nach der Rechnung', 'accounting', 'fragt nach der Rechnung'],
    ['#weiter Buchhaltung: fragt nach der Rechnung', 'accounting', 'fragt nach der Rechnung'],
    ['#pass BUCHHALTUNG - wants an invoice', 'accounting', 'wants an invoice'],
    ['#weitergeben Technischer Dienst Bett fährt nicht hoch', 'tech', 'Bett fährt nicht hoch'],
    ['#weiter technischer dienst nacht, Bett fährt nicht', 'tech-night', 'Bett fährt nicht'],
    ['#weiter tech-night Bett fährt nicht', 'tech-night', 'Bett fährt nicht'],
    ['#weiter Buero Muenchen Termin vor Ort', 'muenchen', 'Termin vor Ort'],
  ])('%s', (line, group, reason) =>
    expect(parse(line)).toMatchObject({ commands: [{ name: 'pass', group, reason }], mistakes: [] }),
  )

  test.each([
    ['#weiter', 'needs-argument'],
    ['#weiter Vertrieb will ein Angebot', 'no-such-group'],
    ['#weiter Technischer will es', 'no-such-group'],
    ['#weiter Buchhaltung', 'no-reason'],
    ['#weiter Buchhaltung -', 'no-reason'],
    ['#weiter Support ist unseres', 'same-group'],
    ['#bereich Montage', 'no-such-area'],
    ['#produkt Blog', 'no-such-product'],
  ])('%s is returned: %s', (line, code) =>
    expect(parse(line)).toMatchObject({ commands: [], mistakes: [{ code }] }),
  )

  test('a ticket is not passed on and given to a colleague in one mail', () => {
    const { mistakes } = parseCommands(['#take', '#weiter Buchhaltung wegen der Rechnung'], context)
    expect(mistakes).toMatchObject([{ code: 'contradicts' }])
  })
})

test.each([
  ['#bereich lieferung und logistik', { name: 'area', area: 'delivery' }],
  ['#area Delivery and Logistics', { name: 'area', area: 'delivery' }],
  ['#area delivery', { name: 'area', area: 'delivery' }],
  ['#produkt b2s', { name: 'product', product: 'b2s', area: 'delivery' }],
  ['#produkt Pflegebett MV-300', { name: 'product', product: 'bed', area: null }],
])('%s', (line, command) => expect(parse(line).commands).toEqual([command]))

test('whoever names a group that does not exist reads which ones do', () => {
  expect(choicesAfter('no-such-group', catalogue, 'de')).toBe(
    'Support, Buchhaltung (accounting), Technischer Dienst (tech), Technischer Dienst Nacht (tech-night), Büro München (muenchen)',
  )
  expect(choicesAfter('no-such-area', catalogue, 'en')).toBe('Delivery and logistics (delivery)')
  expect(choicesAfter('no-reason', catalogue, 'en')).toBe('')
})
