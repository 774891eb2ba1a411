/** A PostgreSQL of a test's own, which can be stopped and started again like one whose machine is serviced. */
import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { lockDataFolder } from '../../src/store/data-folder-lock.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/store/embedded-postgres.ts'
import { applyMigrations } from '../../src/store/migrate.ts'

export interface OwnDatabase {
  readonly url: string
  stop(): Promise<void>
  /** At the same address. */
  start(): Promise<void>
}

const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }

/** Running and migrated; gone when the test ends. */
export async function openOwnDatabase(): Promise<OwnDatabase> {
  // Named as the run's own server is, so that the next run clears what a killed one leaves.
  const dataFolder = join(tmpdir(), `intake-gateway-test-${randomUUID()}`)
  const lock = await lockDataFolder(dataFolder)
  let server: EmbeddedPostgres | undefined = await startEmbeddedPostgres({ dataFolder, settings })
  const { url } = server
  onTestFinished(async () => {
    await server?.stop()
    await lock.release()
    await rm(dataFolder, { recursive: true })
  })
  await applyMigrations(url)
  return {
    url,
    async stop() {
      await server?.stop()
      server = undefined
    },
    async start() {
      server = await startEmbeddedPostgres({ dataFolder, settings })
    },
  }
}
