import { describe, expect, test } from 'vitest'
import { configSchema } from '../../src/config/schema.ts'
import { recogniseMatter } from '../../src/desk/recognise-area.ts'
import { deskConfig } from '../intake/desk.ts'

const label = (name: string) => ({ de: name, en: name })
const { areas, products, requestTypes } = configSchema.parse({
  ...deskConfig,
  areas: {
    products: { name: label('Produkte'), words: [] },
    delivery: { name: label('Lieferung'), words: ['Lieferung', 'Spedition', 'nicht geliefert'] },
    assembly: { name: label('Montage'), words: ['Montage', 'Aufbau'] },
    legal: { name: label('Recht'), words: ['Anwalt'] },
  },
  products: {
    bed: { name: 'Pflegebett', area: 'products', words: ['Bett MV-300'] },
    'bed-plus': { name: 'Pflegebett Plus', area: 'products', words: [] },
    b2s: { name: 'Blog2Social', words: ['B2S'] },
    grill: { name: 'Küchengrill', words: [] },
  },
  requestTypes: {
    malfunction: {
      name: label('Störung'),
      fields: { model: { kind: 'product', label: label('Modell') } },
      words: ['defekt', 'kaputt'],
    },
    deletion: {
      name: label('Löschung'),
      fields: {},
      area: 'legal',
      words: ['Löschung', 'delete my article'],
    },
  },
})
const vocabulary = { areas, products, requestTypes }
const see = (subject: string, text = '', model = '') => {
  const known = model === '' ? {} : { model: { value: model, where: 'text' as const } }
  const { area, product, requestType } = recogniseMatter({ subject, text, known }, vocabulary)
  return [area, product, requestType]
}

describe('a mail is recognised by the words of the configuration', () => {
  test.each([
    ['whole words only', see('Bettwäsche und Montagetermin'), [null, null, null]],
    ['case does not count', see('AUFBAU am Montag'), ['assembly', null, null]],
    ['umlauts may be written out', see('Kuechengrill'), [null, 'grill', null]],
    ['hyphens do not count', see('Bett MV 300 quietscht'), ['products', 'bed', null]],
    ['a name in the text counts', see('Frage', 'Mein B2S postet nicht'), [null, 'b2s', null]],
    ['the longest name is meant', see('Pflegebett Plus'), ['products', 'bed-plus', null]],
    ['a longer word later wins', see('Pflegebett, genauer Pflegebett Plus'), ['products', 'bed-plus', null]],
    ['several words stand in a row', see('geliefert, aber nicht das Bett'), [null, null, null]],
    ['a product tells its area', see('Pflegebett'), ['products', 'bed', null]],
    [
      "a product outweighs the text's words",
      see('Pflegebett', 'Gruß, Spedition Ohm'),
      ['products', 'bed', null],
    ],
    ["the subject's words outweigh the product", see('Lieferung Pflegebett'), ['delivery', 'bed', null]],
    ['words of the text count last', see('Frage', 'Wann kommt die Spedition?'), ['delivery', null, null]],
    ['the checklist outweighs the subject', see('B2S', '', 'Pflegebett'), ['products', 'bed', null]],
    ['a kind of request by its subject', see('Bitte um Löschung'), ['legal', null, 'deletion']],
    ['and by the first lines', see('Hallo', 'Hi,\n\nplease delete my article'), ['legal', null, 'deletion']],
    ['not by what follows later', see('x', `${'Zeile\n'.repeat(5)}kaputt`), [null, null, null]],
    ['its area outweighs the product', see('Löschung', 'Blog2Social'), ['legal', 'b2s', 'deletion']],
    ['nothing is guessed', see('Hallo', 'Wie geht es Ihnen?'), [null, null, null]],
    ['nor out of nothing', see('', ''), [null, null, null]],
  ])('%s', (_, seen, expected) => expect(seen).toEqual(expected))

  test('and the trail says which word did it', () => {
    const { trail } = recogniseMatter({ subject: 'Lieferung Pflegebett', text: '', known: {} }, vocabulary)
    expect(trail).toEqual([
      { rule: 'request-type', hit: false, because: 'none of its words was found' },
      { rule: 'product', hit: true, because: 'bed: "pflegebett" in the subject' },
      { rule: 'area', hit: true, because: 'delivery: "lieferung" in the subject' },
    ])
  })

  test('a configuration without any words recognises nothing', () => {
    const nothing = { areas: {}, products: {}, requestTypes: {} }
    expect(recogniseMatter({ subject: 'Pflegebett', text: 'Lieferung', known: {} }, nothing)).toMatchObject({
      area: null,
      product: null,
      requestType: null,
    })
  })
})
