import { describe, expect, test } from 'vitest'
import { explainRouting, type RoutingQuestion } from '../../../src/commands/routing/explain.ts'
import { configSchema } from '../../../src/config/schema.ts'
import { deskConfig } from '../../intake/desk.ts'

/** The four extensions of a company's number, and one product with an agent for each language. */
const extension = (name: string, group: string) => ({ name, group })
const config = configSchema.parse({
  ...deskConfig,
  groups: {
    support: { name: 'Support', agents: ['anna', 'bernd'] },
    accounting: { name: 'Buchhaltung', agents: ['bernd'] },
    sales: { name: 'Vertrieb', agents: ['bernd'] },
    switchboard: { name: 'Zentrale', agents: ['anna'] },
  },
  products: { b2s: { name: 'Blog2Social', words: ['B2S'] } },
  areas: { billing: { name: { de: 'Rechnungen', en: 'Billing' }, words: ['Rechnung'] } },
  phone: {
    publicUrl: 'https://gateway.example.com',
    providers: { pbx: { kind: 'cti', token: 'abcdefghijklmnopqrstuvwxyz' } },
    lines: {
      hotline: {
        ...{ provider: 'pbx', number: '+494066969', office: 'hamburg', mailbox: 'support' },
        group: 'switchboard',
        extensions: {
          195: extension('Accounting', 'accounting'),
          266: extension('Support', 'support'),
          277: extension('Sales', 'sales'),
          140: extension('Switchboard', 'switchboard'),
        },
      },
    },
  },
  routing: [
    { when: { product: 'b2s', language: 'de' }, group: 'support', agent: 'anna' },
    { when: { product: 'b2s', language: 'en' }, group: 'support', agent: 'bernd' },
    { when: { area: 'billing' }, group: 'accounting' },
  ],
})
const noon = Temporal.Instant.from('2026-11-24T11:00:00Z')
const ask = (question: Omit<RoutingQuestion, 'now'>) => explainRouting(config, { ...question, now: noon })

describe('it is told where a matter goes', () => {
  test.each([
    [{ subject: 'Blog2Social postet nicht' }, 'support', 'anna', 'routing row 1'],
    [{ subject: 'B2S does not post', language: 'en' }, 'support', 'bernd', 'routing row 2'],
    [{ text: 'Die Rechnung fehlt' }, 'accounting', 'bernd', 'routing row 3'],
    [{ area: 'billing', subject: 'Hallo' }, 'accounting', 'bernd', 'routing row 3'],
    [{ product: 'b2s', language: 'en' }, 'support', 'bernd', 'routing row 2'],
    [{ line: 'hotline/140', area: 'billing' }, 'accounting', null, 'routing row 3'],
    [{ mailbox: 'second', subject: 'Hallo' }, 'support', null, null],
    [{ line: 'hotline/195' }, 'accounting', null, null],
    [{ line: 'hotline/266' }, 'support', null, null],
    [{ line: 'hotline/277' }, 'sales', null, null],
    [{ line: 'hotline/140' }, 'switchboard', null, null],
    [{ line: 'hotline' }, 'switchboard', null, null],
  ])('%j', (question, group, agent, row) => expect(ask(question).data).toMatchObject({ group, agent, row }))

  test('with the row that hit, and why those before it did not', () => {
    const { text } = ask({ subject: 'B2S does not post', language: 'en' })
    expect(text).toContain('group support by routing row 2')
    expect(text).toContain('no  routing row 1: language is en, not de')
    expect(text).toContain('yes routing row 2: product is b2s, language is en')
    expect(text).toContain('yes product: b2s: "b2s" in the subject')
  })

  test('an area that is named stands above the words, and a product brings its own', () => {
    const { text } = ask({ area: 'billing', subject: 'B2S does not post' })
    expect(text).toContain('yes area: billing: named with --area')
    expect(text).toContain('yes product: b2s: "b2s" in the subject')
    const products = { b2s: { name: 'B2S', words: [], area: 'billing' } }
    const { data } = explainRouting({ ...config, products }, { product: 'b2s', now: noon })
    expect(data).toMatchObject({ facts: { area: 'billing', product: 'b2s' } })
  })

  test.each([
    [{ area: 'laser' }, '--area laser: allowed are billing.'],
    [{ product: 'laser' }, '--product laser: allowed are b2s.'],
    [{ mailbox: 'sales' }, '--mailbox sales: allowed are support, second.'],
    [{ line: 'hotline/1' }, 'allowed are hotline, hotline/140, hotline/195, hotline/266, hotline/277.'],
    [{ language: 'fr' }, '--language fr: allowed are de and en.'],
    [{ line: 'hotline', mailbox: 'support' }, 'name one of the two'],
  ])('%j is answered by what is allowed', (question, says) => expect(() => ask(question)).toThrow(says))
})
