import { expect, it } from 'vitest'
import { arrived, everything, heard, keys, play } from './call-example.ts'

it('says that nobody is free only where somebody could have been rung', () => {
  const silence = keys('')
  const said = (accepts: boolean) =>
    heard(play([arrived, silence, keys('1')], { agents: [], can: { ...everything, accepts } }).answer)
  expect(said(true)).toContain('Leider ist im Moment niemand frei.')
  expect(said(false)).toContain('Wir können Sie unter dieser Nummer leider nicht direkt verbinden.')
  expect(said(false)).not.toContain('niemand frei')
})
