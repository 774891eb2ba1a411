/**
 * The desks below examples/: whole configurations as a company would run them, without its secrets. The sandbox opens
 * them and journeys play a day at them, with secrets that open nothing.
 */
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { loadConfig } from './load.ts'
import type { Config } from './schema.ts'
import { variableFor } from './secrets.ts'
import { isMap, type Path } from './shape.ts'

export const exampleDesks = ['vs-moebel', 'hamburg-woking', 'press-portal'] as const
export type ExampleDesk = (typeof exampleDesks)[number]

export function isExampleDesk(name: string): name is ExampleDesk {
  return exampleDesks.some(one => one === name)
}

/** Of the configuration, the letters and the customers' books of a desk. */
export function exampleDeskFolder(desk: ExampleDesk): string {
  return fileURLToPath(new URL(`../../examples/${desk}/`, import.meta.url))
}

/** Throws ConfigFaults where the example itself is wrong. */
export async function loadExampleDesk(desk: ExampleDesk): Promise<Config> {
  const file = `${exampleDeskFolder(desk)}gateway.yaml`
  const content: unknown = parse(await readFile(file, 'utf8'))
  const loaded = await loadConfig({ file, env: inventedSecrets(content) })
  if (loaded === 'sandbox') throw new Error(`there is no file ${file}`)
  return loaded.config
}

function inventedSecrets(content: unknown): NodeJS.ProcessEnv {
  const paths: Path[] = [
    ['secret'],
    ['smtp', 'password'],
    ...keysAt(content, 'mailboxes').map(key => ['mailboxes', key, 'imap', 'password']),
    ...keysAt(content, 'phone', 'providers').flatMap(key => [
      ['phone', 'providers', key, 'authToken'],
      ['phone', 'providers', key, 'token'],
    ]),
    ...keysAt(content, 'api', 'clients').map(key => ['api', 'clients', key, 'token']),
  ]
  return Object.fromEntries(
    paths.map(path => [variableFor(path), `a-secret-that-opens-nothing-but-an-example-${path.join('-')}`]),
  )
}

function keysAt(content: unknown, ...path: readonly string[]): readonly string[] {
  const section = path.reduce<unknown>((value, step) => (isMap(value) ? value[step] : undefined), content)
  return isMap(section) ? Object.keys(section) : []
}
