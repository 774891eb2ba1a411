/**
 * The thread that schema-engine.ts starts for one task. Prisma's engine, as WebAssembly over our driver, keeps the
 * same `_prisma_migrations` table as `prisma migrate deploy` and needs no binary to be downloaded.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import { SchemaEngine } from '@prisma/schema-engine-wasm'
import pg from 'pg'
import { catalogAdapterFactory } from './catalog-adapter.ts'
import type { SchemaTask } from './schema-engine.ts'

/** Nothing in the schema is managed by others; pg-boss keeps to a database schema of its own. */
const filters = { externalTables: [], externalEnums: [] }

async function perform(engine: SchemaEngine, task: SchemaTask): Promise<string | readonly string[]> {
  if (task.kind === 'apply') {
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList: task.migrations,
      filters,
    })
    return appliedMigrationNames
  }
  const { stdout } = await engine.diff({
    from: { tag: 'migrations', ...task.migrations },
    to: { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content: task.schema }] },
    script: true,
    exitCode: null,
    filters,
  })
  const sql = stdout ?? ''
  return /^--[^\n]*empty migration/im.test(sql) ? '' : sql
}

const task: SchemaTask = workerData
const pool = new pg.Pool({ connectionString: task.url, max: 2, connectionTimeoutMillis: 10_000 })
const factory = bindMigrationAwareSqlAdapterFactory(catalogAdapterFactory(pool))
const engine = await SchemaEngine.new({ datamodels: undefined }, () => {}, factory)
parentPort?.postMessage(await perform(engine, task))
