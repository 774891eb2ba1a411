/** Writes docs/figures.md. Run it after every change of src/figures/definitions*.ts or src/figures/read/; a test fails until then. */
import { writeFile } from 'node:fs/promises'
import { figuresManual } from '../src/figures/manual.ts'

await writeFile(new URL('../docs/figures.md', import.meta.url), figuresManual())
process.stdout.write('docs/figures.md written\n')
