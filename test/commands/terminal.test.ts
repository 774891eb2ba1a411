import { expect, it } from 'vitest'
import { columns, oneLine, safeJson, safeText, wallTime } from '../../src/commands/terminal.ts'

it.each([
  ['plain, Grüße, 日本語, 🙂', 'plain, Grüße, 日本語, 🙂'],
  ['a\u001b[31mred\u001b[0m', 'a\ufffd[31mred\ufffd[0m'],
  ['\u001b]0;title\u0007', '\ufffd]0;title\ufffd'],
  ['\u009b31m', '\ufffd31m'],
  ['over\rwritten', 'over\ufffdwritten'],
  ['two\r\nlines\n\ttab', 'two\nlines\n\ttab'],
  ['invoice\u202efdp.exe', 'invoice\ufffdfdp.exe'],
  ['half \ud83d pair', 'half \ufffd pair'],
])('%j is shown harmlessly', (hostile, shown) => {
  expect(safeText(hostile)).toBe(shown)
})

it('writes JSON that is harmless and still the same', () => {
  const value = { subject: 'a\u001b[31m \u202e \u0085', id: '17' }
  const json = safeJson(value)
  expect(safeText(json)).toBe(json)
  expect(JSON.parse(json)).toEqual(value)
  expect(JSON.parse(safeJson({ id: 17n }))).toEqual({ id: '17' })
})

it('makes one line of many', () => {
  expect(oneLine(' a\n  b\tc ')).toBe('a b c')
  expect(oneLine('abcdef', 4)).toBe('abc…')
})

it('keeps values of several lines in their column', () => {
  expect(
    columns([
      ['a', '1\n2'],
      ['long', '3'],
    ]),
  ).toBe('  a     1\n        2\n  long  3')
})

it('tells times as the office does, in summer and winter', () => {
  expect(wallTime('2026-11-20T12:00:00.500Z', 'Europe/Berlin')).toBe('2026-11-20 13:00:00')
  expect(wallTime('2026-07-20T12:00:00Z', 'Europe/London')).toBe('2026-07-20 13:00:00')
})
