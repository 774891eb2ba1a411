import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { callEntryWords } from '../../src/console/call-words.ts'
import { procedureEntryKinds } from '../../src/console/procedure-words.ts'

const naming = { agent: (key: string) => `Agent ${key}`, when: (instant: string) => instant }
const said = (kind: string, detail: unknown) => callEntryWords({ kind, detail }, naming)

it('has words for every line that procedures and known problems write', () => {
  const folder = join(import.meta.dirname, '../../src/intake/procedures')
  const written = readdirSync(folder).flatMap(name => [
    ...readFileSync(join(folder, name), 'utf8').matchAll(/kind: '((?:procedure|step|known|urgent)[a-z-]*)'/g),
  ])
  const kinds = new Set(
    written
      .map(([, kind = '']) => kind)
      .filter(kind => /-|urgent/.test(kind) && !/-(?:task|letter)$/.test(kind)),
  )
  expect([...procedureEntryKinds]).toEqual(expect.arrayContaining([...kinds]))
  expect(kinds.size).toBeGreaterThan(5)
})

it('says something of every line, also of one whose details another version wrote', () => {
  for (const kind of procedureEntryKinds)
    for (const detail of [{}, null, 'text', { agents: 7, missing: null }])
      expect(said(kind, detail), kind).toMatch(/^\S.{8,}$/)
})

it.each([
  ['step-begun', { step: 'pay', agents: ['clara'] }, 'Step "pay" waits for Agent clara'],
  [
    'step-begun',
    { step: 'why', letter: 'deletion-reason' },
    'Step "why" waits for the customer\'s answer to deletion-reason',
  ],
  ['known-problem', { key: 'e42', title: 'Fault E42' }, 'It is a case of the known problem e42: Fault E42'],
  [
    'known-problem-solved',
    { key: 'e42', closed: false, missing: ['cause'] },
    'The known problem e42 is solved; not closed yet, as this is missing: cause',
  ],
])('%s', (kind, detail, words) => expect(said(kind, detail)).toBe(words))
