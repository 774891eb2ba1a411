import { expect, it } from 'vitest'
import { enclosedLines } from '../../src/commands/ticket/enclosed-lines.ts'

const enclosed = {
  kind: 'winmail',
  subject: 'Verstärker\u001b[2J defekt',
  from: { address: 'anna@example.com', name: 'Anna' },
  text: Array.from({ length: 9 }, (_, i) => `line ${i}`).join('\n'),
  attachments: [{ filename: 'Foto.jpg' }, { filename: null }],
}

it('tells what a mail enclosed, shortened unless the whole is asked for', () => {
  const lines = enclosedLines({ enclosed: [enclosed] }, false)
  expect(lines[0]).toMatch(
    /^\[encloses winmail "Verstärker.* defekt" from anna@example\.com, with Foto\.jpg, unnamed\]$/,
  )
  expect(lines).toHaveLength(7)
  expect(enclosedLines({ enclosed: [enclosed] }, true)).toHaveLength(10)
})

it('leaves out what it does not understand', () => {
  expect(enclosedLines({ enclosed: [{ kind: 7 }, null] }, false)).toEqual([])
  expect(enclosedLines(null, false)).toEqual([])
})
