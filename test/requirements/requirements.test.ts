import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { keys, readRequirements } from './requirement-list.ts'

const requirements = readRequirements()

describe('docs/requirements.md', () => {
  it('lists every requirement once, in order', () => {
    expect(requirements.map(({ key }) => key)).toEqual(keys)
  })

  it.each(requirements.map(one => [one.key, one] as const))('names a test for %s', (_, { proofs }) => {
    expect(proofs.length).toBeGreaterThan(0)
  })

  // Whether they pass is for the tests themselves to say, and for `npm run requirements`.
  it.each(requirements.flatMap(({ key, proofs }) => proofs.map(proof => [key, proof.file, proof.name])))(
    '%s: %s holds the words "%s"',
    (_, file = '', name = '') => {
      const titles = titlesIn(readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8'))
      expect(titles.some(title => name.includes(title) || title.includes(name))).toBe(true)
    },
  )
})

function titlesIn(source: string): readonly string[] {
  const titles = source.matchAll(/\b(?:it|test|describe)(?:\.each\([^)]*\)+)?\(\s*(['"`])(.*?)\1,/gs)
  return [...titles].map(([, , title = '']) => title.replaceAll("\\'", "'"))
}
