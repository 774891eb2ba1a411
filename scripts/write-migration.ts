/**
 * Writes the next migration: `node scripts/write-migration.ts <name>` compares prisma/schema.prisma with the
 * migrations there are, in an empty database of its own, and writes the SQL between them. Read it before committing:
 * a renamed column appears as a drop and an add.
 */
import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { argv, exit } from 'node:process'
import { startEmbeddedPostgres } from '../src/store/embedded-postgres.ts'
import { migrationsFolder, readMigrations, sqlBetween } from '../src/store/schema-engine.ts'

const name = argv[2]
if (!name || !/^[a-z0-9_]+$/.test(name)) {
  console.error(
    'Usage: node scripts/write-migration.ts <name>, in lower-case letters, digits and underscores',
  )
  exit(2)
}

const dataFolder = join(tmpdir(), `intake-gateway-migration-${randomUUID()}`)
const server = await startEmbeddedPostgres({ dataFolder })
try {
  const schema = await readFile(new URL('../prisma/schema.prisma', import.meta.url), 'utf8')
  const migrations = await readMigrations()
  const sql = await sqlBetween(server.url, migrations, schema)
  if (sql === '') {
    console.log('The migrations already lead to the schema; nothing written.')
  } else {
    const stamp = Temporal.Now.plainDateTimeISO('UTC').toString({ smallestUnit: 'second' }).replace(/\D/g, '')
    const path = join(migrationsFolder, `${stamp}_${name}`)
    await mkdir(path)
    await writeFile(join(path, 'migration.sql'), sql)
    console.log(`Wrote ${join(path, 'migration.sql')}`)
  }
} finally {
  await server.stop()
  await rm(dataFolder, { recursive: true })
}
