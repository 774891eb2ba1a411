import { describe, expect, test } from 'vitest'
import {
  bareSubject,
  oneLine,
  printable,
  quoted,
  shortened,
  withoutLinks,
  wrapped,
} from '../../src/desk/plain-text.ts'

test('control characters, direction marks and invisible characters are taken out', () => {
  expect(printable('a\u0000b\u001B[31mc\u007F\u009Bd')).toBe('ab[31mcd')
  expect(printable('invoice\u202Efdp.exe\u2066!\u200B\uFEFF')).toBe('invoicefdp.exe!')
  expect(printable('one\r\ntwo\rthree\u2028four\u0085five')).toBe('one\ntwo\nthree\nfour\nfive')
  expect(printable('half \uD83D')).toBe('half \uFFFD')
  expect(printable('tab\tä 👩‍🔧 ½')).toBe('tab\tä 👩‍🔧 ½')
})

test('a line has no second one hidden in it', () => {
  expect(oneLine(' Hello\r\nBcc: victim@example.com\t now ')).toBe('Hello Bcc: victim@example.com now')
})

test.each([
  ['abcdef', 6, 'abcdef'],
  ['abcdefg', 6, 'abcde…'],
  ['abcd efg', 6, 'abcd…'],
  ['abcd😀fg', 6, 'abcd…'],
])('%s in %d characters', (text, length, short) => {
  expect(shortened(text, length)).toBe(short)
})

test.each([
  ['Re: AW: WG: Fwd: Frage', 'Frage'],
  ['RE[2]: Aw : Antwort(3):Frage', 'Frage'],
  ['Re^4:   ', ''],
  ['Reparatur: dringend', 'Reparatur: dringend'],
  ['Frage zu Re: und AW:', 'Frage zu Re: und AW:'],
])('subject %s', (subject, bare) => {
  expect(bareSubject(subject)).toBe(bare)
})

test.each([
  ['see https://evil.example/a?b=c now', 'see [link] now'],
  ['HTTP://EVIL.example', '[link]'],
  ['www.evil.example, thanks', '[link] thanks'],
  ['evil.example/win', '[link]'],
  ['javascript://x', '[link]'],
  ['24/7, km/h, E 17.5, e.g. this/that', '24/7, km/h, E 17.5, e.g. this/that'],
])('links: %s', (text, shown) => {
  expect(withoutLinks(text, 'link')).toBe(shown)
})

describe('wrapping', () => {
  test('breaks at spaces only and carries quote marks and indents on', () => {
    expect(wrapped('aaaa bbbb cccc', 9)).toBe('aaaa bbbb\ncccc')
    expect(wrapped('> aaaa bbbb', 8)).toBe('> aaaa\n> bbbb')
    expect(wrapped('- aaaa bbbb', 8)).toBe('- aaaa\n  bbbb')
    expect(wrapped('Key:  aaaa bbbb', 12)).toBe('Key:  aaaa\n      bbbb')
    expect(wrapped('https://example.com/a-long-address x', 9)).toBe('https://example.com/a-long-address\nx')
    expect(wrapped('  \n\nshort ', 9)).toBe('\n\nshort')
  })

  test('breaks what no mail may carry on one line', () => {
    const lines = quoted('x'.repeat(5000)).split('\n')
    expect(lines.every(line => line.length <= 72 && line.startsWith('> x'))).toBe(true)
    expect(lines.join('').replaceAll('> ', '')).toBe('x'.repeat(5000))
  })

  test('quotes a text with its paragraphs', () => {
    expect(quoted('\nfirst\n\n \n\nsecond\n> third\n')).toBe('> first\n>\n> second\n> > third')
  })
})
