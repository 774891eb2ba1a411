import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadConfig } from '../../src/config/load.ts'
import { soundConfig } from './sound-config.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'requests-'))
})

afterEach(() => rm(folder, { recursive: true }))

async function load(source: string) {
  const file = join(folder, 'gateway.yaml')
  await writeFile(file, source)
  const loaded = await loadConfig({ file, env: {} })
  if (loaded === 'sandbox') throw new Error('a file was named')
  return loaded
}

const field = (rest: string) =>
  `${soundConfig}requestTypes:\n  press:\n    name: {de: Presse, en: Press}\n    fields:\n      browser:\n        label: {de: Browser, en: Browser}\n${rest}`

describe('checklists', () => {
  it('are one for malfunctions where none is configured, in the order of the requirement', async () => {
    const { config } = await load(soundConfig)
    expect(Object.keys(config.requestTypes)).toEqual(['malfunction'])
    expect(
      Object.entries(config.requestTypes.malfunction?.fields ?? {}).map(
        ([key, one]) => `${key} ${one.required}`,
      ),
    ).toEqual(['name true', 'company true', 'phone true', 'product true', 'serial true', 'description true'])
  })

  it('take the place of that one where they are configured', async () => {
    const { config } = await load(field("        patterns: ['(firefox|chrome)']\n"))
    expect(config.requestTypes).toEqual({
      press: {
        name: { de: 'Presse', en: 'Press' },
        fields: {
          browser: {
            label: { de: 'Browser', en: 'Browser' },
            required: true,
            kind: 'text',
            patterns: ['(firefox|chrome)'],
          },
        },
        words: [],
        urgent: false,
        checklistBeforeEscalation: false,
        steps: {},
      },
    })
  })

  it('do not start a gateway with an expression that does not compile, or that a mailbox names and nobody has', async () => {
    await expect(load(field("        patterns: ['(firefox']\n"))).rejects.toThrow(
      /requestTypes\.press\.fields\.browser\.patterns.*a regular expression/s,
    )
    await expect(
      load(soundConfig.replace('group: support', 'group: support\n    requestType: malfunctoin')),
    ).rejects.toThrow('is "malfunctoin", which is not a request type; did you mean "malfunction"?')
  })
})
