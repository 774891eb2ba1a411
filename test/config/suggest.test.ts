import { expect, it } from 'vitest'
import { nearest, suggestion } from '../../src/config/suggest.ts'

const keys = ['host', 'port', 'tls', 'user', 'password', 'pollSeconds', 'imap']

it.each([
  ['hots', 'host'],
  ['Port', 'port'],
  ['passwort', 'password'],
  ['poll-seconds', 'pollSeconds'],
  ['iamp', 'imap'],
  ['tsl', 'tls'],
  ['elephant', undefined],
  ['', undefined],
  ['x'.repeat(10_000), undefined],
])('%s: %s', (word, meant) => {
  expect(nearest(word, keys)).toBe(meant)
})

it('lists what there is where nothing is near', () => {
  expect(suggestion('elephant', ['host', 'port'])).toBe('; known here: host, port')
  expect(suggestion('elephant', [])).toBe('')
})
