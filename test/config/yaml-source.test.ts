import { describe, expect, it } from 'vitest'
import { changed, type FaultTable, faultsIn } from './faults-in.ts'
import { soundConfig } from './sound-config.ts'

describe('what is not YAML', () => {
  const table: FaultTable = [
    [
      'a key twice',
      changed('secret:', 'company: B\nsecret:'),
      'line 2, column 1: this key is in its section twice; keep one',
    ],
    [
      'a tab',
      changed('    name: Hamburg', '\tname: Hamburg'),
      'line 5, column 1: a tab is used for indentation; use spaces',
    ],
    [
      'an open quote',
      changed('password: geheim', 'password: "geheim'),
      'line 30, column 1: something is not closed or separated: a quote, a bracket, a comma or a colon is missing',
    ],
    [
      'a password that looks like an alias',
      changed('password: geheim', 'password: *geheim'),
      'an alias (*name) has no anchor (&name); put a value that begins with * in quotes',
    ],
    [
      'a password that looks like a tag',
      changed('password: geheim', 'password: !geheim x'),
      'line 27, column 17: a value beginning with ! must be in quotes',
    ],
    ['a list', '- a\n- b\n', 'the file must be a map of keys such as company and mailboxes'],
    [
      'two documents',
      `${soundConfig}---\na: 1\n`,
      'line 30, column 1: a second document begins here (---); keep one',
    ],
  ]
  it.each(table)('%s', async (_name, text, ...faults) => {
    const found = await faultsIn(text)
    expect(found).toEqual(faults)
    expect(found.join()).not.toContain('geheim')
  })
})
