import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { builtInTemplates, loadTemplates, stepLetters } from '../../src/templates.ts'
import { faultsIn } from './faults-in.ts'
import { soundConfig } from './sound-config.ts'

const folder = new URL('../../examples/procedures/', import.meta.url)
const groups = ['support', 'management', 'accounting'].map(
  key => `  ${key}:\n    name: ${key}\n    agents: [anna]\n`,
)
const base = soundConfig.replace(
  /groups:\n.*?agents:\n {2}anna/s,
  `groups:\n${groups.join('')}agents:\n  anna`,
)

it('the procedures that are shipped as examples pass the checks, and their letters exist in both languages', async () => {
  const text = await readFile(new URL('deletion-request.yaml', folder), 'utf8')
  expect(await faultsIn(base + text)).toEqual([])
  const letters = stepLetters(parse(text))
  expect(letters).toContain('deletion-prepayment')
  const folders = [builtInTemplates, new URL('templates', folder).pathname]
  await expect(loadTemplates(folders, { letters })).resolves.toBeDefined()
})
