import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import type { Config } from '../config/schema.ts'
import { PermanentFailure } from '../desk/failure.ts'
import { lockDataFolder } from '../store/data-folder-lock.ts'
import { startEmbeddedPostgres } from '../store/embedded-postgres.ts'
import { applyMigrations } from '../store/migrate.ts'

/** A ledger that exists as long as a rehearsal does. The real one is neither read nor written. */
export interface ThrowAwayDatabase {
  readonly url: string
  /** Drops it, throwing out whoever is still connected. */
  drop(): Promise<void>
}

/** Where rehearsals live below the data folder. */
export const rehearsalFolder = (dataFolder: string): string => join(dataFolder, 'rehearsal')

const insufficientPrivilege = '42501'

/**
 * On the configured server a database beside the real one; else a server of its own below the data folder, with
 * `settings` beside the usual ones.
 */
export async function makeThrowAwayDatabase(
  config: { readonly database: Pick<Config['database'], 'url'>; readonly data: string },
  settings: Readonly<Record<string, string>> = {},
): Promise<ThrowAwayDatabase> {
  return config.database.url === undefined
    ? embedded(rehearsalFolder(config.data), settings)
    : beside(config.database.url)
}

async function beside(server: string): Promise<ThrowAwayDatabase> {
  const name = `rehearsal_${randomUUID().replaceAll('-', '')}`
  try {
    await onServer(server, `create database ${name}`)
  } catch (error) {
    const refused = error instanceof Error && 'code' in error && error.code === insufficientPrivilege
    if (!refused) throw error
    const says =
      'The user of database.url may not create databases, and a rehearsal needs one to throw away. Grant CREATEDB, or rehearse with a configuration without database.url.'
    throw new PermanentFailure('database', says, error)
  }
  const url = new URL(server)
  url.pathname = `/${name}`
  const drop = () => onServer(server, `drop database if exists ${name} with (force)`)
  try {
    await applyMigrations(url.href)
  } catch (error) {
    await drop()
    throw error
  }
  return { url: url.href, drop }
}

/** What a rehearsal that was killed left behind is found running, used for this one, and thrown away after it. */
async function embedded(
  folder: string,
  settings: Readonly<Record<string, string>>,
): Promise<ThrowAwayDatabase> {
  const lock = await lockDataFolder(folder)
  try {
    const server = await startEmbeddedPostgres({ dataFolder: folder, settings })
    const database = await beside(server.url)
    return {
      url: database.url,
      async drop() {
        await server.stop()
        await rm(join(folder, 'postgres'), { recursive: true, force: true })
        await lock.release()
      },
    }
  } catch (error) {
    await lock.release()
    throw error
  }
}

async function onServer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
