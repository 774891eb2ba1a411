/**
 * One PostgreSQL for a whole test run, in a temporary folder, with a migrated template that each test file clones.
 * Durability is switched off: nothing here outlives the run. Stopped at the end, also after failures; what a run that
 * was killed left behind is cleared by the next.
 */
import { randomUUID } from 'node:crypto'
import { readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { lockDataFolder } from '../src/store/data-folder-lock.ts'
import { startEmbeddedPostgres } from '../src/store/embedded-postgres.ts'
import { applyMigrations } from '../src/store/migrate.ts'
import { stopPostmaster } from '../src/store/postmaster.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** URL of the run's server, its database being the maintenance database. */
    databaseServer: string
  }
}

const prefix = 'intake-gateway-test-'
const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' }

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  await clearLeftovers()
  const dataFolder = join(tmpdir(), `${prefix}${randomUUID()}`)
  const lock = await lockDataFolder(dataFolder)
  const server = await startEmbeddedPostgres({ dataFolder, settings })
  const template = new URL(server.url)
  template.pathname = '/template_gateway'
  const maintenance = new URL(server.url)
  maintenance.pathname = '/postgres'
  const client = new pg.Client({ connectionString: maintenance.href })
  await client.connect()
  await client.query('create database template_gateway')
  await applyMigrations(template.href)
  await client.end()
  project.provide('databaseServer', maintenance.href)
  return async () => {
    await server.stop()
    await lock.release()
    await rm(dataFolder, { recursive: true })
  }
}

/** Folders of runs whose process is dead: their lock is free. */
async function clearLeftovers(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(prefix)) continue
    const folder = join(tmpdir(), name)
    const lock = await lockDataFolder(folder).catch(() => undefined)
    if (!lock) continue
    await stopPostmaster(join(folder, 'postgres', 'cluster'))
    await lock.release()
    await rm(folder, { recursive: true, force: true })
  }
}
