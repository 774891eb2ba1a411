/** Writes docs/configuration.md. Run it after every change of src/config/schema.ts; a test fails until then. */
import { readFile, writeFile } from 'node:fs/promises'
import { configurationManual } from '../src/config/manual.ts'

const root = new URL('../', import.meta.url)
const example = await readFile(new URL('examples/gateway.yaml', root), 'utf8')
await writeFile(new URL('docs/configuration.md', root), configurationManual(example))
process.stdout.write('docs/configuration.md written\n')
