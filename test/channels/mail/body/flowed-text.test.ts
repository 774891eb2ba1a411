import { describe, expect, it } from 'vitest'
import { unflow } from '../../../../src/channels/mail/body/flowed-text.ts'

const cases: readonly (readonly [name: string, text: string, delSp: boolean, expected: string])[] = [
  ['soft breaks', 'eins \nzwei\ndrei', false, 'eins zwei\ndrei'],
  ['soft breaks without their space', 'Donau \ndampf', true, 'Donaudampf'],
  ['quotes of one depth', '> a \n> b\n>> c', false, '> a b\n>> c'],
  ['a quote that ends softly', '> a \nb', false, '> a \nb'],
  ['stuffed lines', ' > kein Zitat\n From A', false, '> kein Zitat\nFrom A'],
  ['the signature mark', 'Gruß \n-- \nAnna', false, 'Gruß \n-- \nAnna'],
  ['empty lines', 'a\n\nb', false, 'a\n\nb'],
]

describe('format=flowed', () => {
  it.each(cases)('%s', (_, text, delSp, expected) => {
    expect(unflow(text, delSp)).toBe(expected)
  })
})
