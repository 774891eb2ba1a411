/** Writes docs/openapi.json. Run it after every change of src/channels/api/; a test fails until then. */
import { writeFile } from 'node:fs/promises'
import { apiDocument } from '../src/channels/api/document.ts'

const text = `${JSON.stringify(apiDocument(), null, 2)}\n`
await writeFile(new URL('../docs/openapi.json', import.meta.url), text)
process.stdout.write('docs/openapi.json written\n')
