/** Judges a configuration as a text and hands its faults out, for tests. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { ConfigFaults } from '../../src/config/faults.ts'
import { loadConfig } from '../../src/config/load.ts'
import { soundConfig } from './sound-config.ts'

/** The faults of a file, one line each, without the line that names the file. */
export async function faultsIn(text: string, env: NodeJS.ProcessEnv = {}): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'config-'))
  const file = join(folder, 'gateway.yaml')
  await writeFile(file, text)
  try {
    await loadConfig({ file, env })
    return []
  } catch (error) {
    if (!(error instanceof ConfigFaults)) throw error
    const [head = '', ...lines] = error.message.split('\n')
    expect(head).toBe(`${file} has ${lines.length === 1 ? 'a fault' : `${lines.length} faults`}:`)
    return lines.map(line => line.slice(2))
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** The sound configuration with one piece of text exchanged, which must be in it. */
export function changed(from: string, to: string): string {
  expect(soundConfig).toContain(from)
  return soundConfig.replace(from, () => to)
}

/** A fault's name, a configuration with it, and all that is said about it. */
export type FaultTable = readonly (readonly [name: string, text: string, ...faults: string[]])[]
