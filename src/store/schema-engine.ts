/**
 * Prisma's schema engine: applies migrations and compares schemas. It runs in a thread of its own that is ended after
 * the task, which gives its memory back and cuts off the timers it leaves running.
 */
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { MigrationList } from '@prisma/schema-engine-wasm'

export type SchemaTask =
  | { readonly kind: 'apply'; readonly url: string; readonly migrations: MigrationList }
  | {
      readonly kind: 'compare'
      readonly url: string
      readonly migrations: MigrationList
      readonly schema: string
    }

/** Applies what is not applied yet, in order; the names of what was. Throws the engine's own error. */
export async function applyWithEngine(url: string, migrations: MigrationList): Promise<readonly string[]> {
  return run({ kind: 'apply', url, migrations })
}

/** The SQL that leads from the migrations to the schema; '' where they agree. Needs an empty database to play in. */
export async function sqlBetween(url: string, migrations: MigrationList, schema: string): Promise<string> {
  return run({ kind: 'compare', url, migrations, schema })
}

async function run<T>(task: SchemaTask): Promise<T> {
  const worker = new Worker(new URL('./schema-engine-worker.ts', import.meta.url), {
    workerData: task,
    // Its glue code imports WebAssembly as a module, about which Node warns on every start.
    execArgv: ['--disable-warning=ExperimentalWarning'],
  })
  try {
    const [result] = await once(worker, 'message')
    return result
  } finally {
    await worker.terminate()
  }
}

/** The folder of this package's migrations. */
export const migrationsFolder = fileURLToPath(new URL('../../prisma/migrations', import.meta.url))

/** All migrations of the folder, oldest first, which their names begin with. */
export async function readMigrations(): Promise<MigrationList> {
  const entries = await readdir(migrationsFolder, { withFileTypes: true })
  const names = entries.filter(entry => entry.isDirectory()).map(entry => entry.name)
  const migrationDirectories = await Promise.all(
    names.sort().map(async name => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: {
          tag: 'ok' as const,
          value: await readFile(`${migrationsFolder}/${name}/migration.sql`, 'utf8'),
        },
      },
    })),
  )
  return {
    baseDir: migrationsFolder,
    lockfile: {
      path: 'migration_lock.toml',
      content: await readFile(`${migrationsFolder}/migration_lock.toml`, 'utf8'),
    },
    shadowDbInitScript: '',
    migrationDirectories,
  }
}
