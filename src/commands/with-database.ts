/**
 * The ledger for a command that only wants to look something up: the configured database, or the embedded one of the
 * data folder, borrowed from the gateway that runs on it or started for as long as the command takes. Nothing is
 * created or migrated here: a question must not change what it asks about.
 */
import { resolve } from 'node:path'
import { loadConfig } from '../config/load.ts'
import type { Config } from '../config/schema.ts'
import { TransientFailure } from '../desk/failure.ts'
import type { Database } from '../store/database.ts'
import { CommandFailed } from './answer.ts'

/** What a command knows of the place it was called in. Without a configuration file that is the sandbox. */
export interface Place {
  readonly config: Config | undefined
  readonly databaseUrl: string | undefined
  readonly data: string
  readonly ticketFormat: string
  /** For tickets of an office that is not in the configuration (any more). */
  readonly timeZone: string
}

/** Throws ConfigFaults. */
export async function findPlace(file: string | undefined): Promise<Place> {
  const loaded = await loadConfig({ file })
  if (loaded === 'sandbox') {
    return sandboxPlace()
  }
  const { config } = loaded
  return {
    config,
    databaseUrl: config.database.url,
    data: config.data,
    ticketFormat: config.tickets.format,
    timeZone: 'UTC',
  }
}

/** The sandbox keeps its data in the working directory, and its only office is in Hamburg. */
function sandboxPlace(): Place {
  return {
    config: undefined,
    databaseUrl: undefined,
    data: resolve('data'),
    ticketFormat: '[#{number}]',
    timeZone: 'Europe/Berlin',
  }
}

/** The zone in which the times of an office's tickets are told. */
export function timeZoneOf({ config, timeZone }: Place, office: string | undefined): string {
  return (office === undefined ? undefined : config?.offices[office]?.timeZone) ?? timeZone
}

/** Throws CommandFailed where there is no ledger yet, and what `work` throws. */
export async function withDatabase<T>(place: Place, work: (db: Database) => Promise<T>): Promise<T> {
  return withDatabaseUrl(place, async url => {
    const { openDatabase } = await import('../store/database.ts')
    const db = openDatabase(url, 2)
    try {
      return await work(db)
    } catch (error) {
      throw await understood(error)
    } finally {
      await db.$disconnect()
    }
  })
}

/** The same for those who connect by themselves. */
export async function withDatabaseUrl<T>(place: Place, work: (url: string) => Promise<T>): Promise<T> {
  const { url, close } = await borrow(place)
  try {
    return await work(url)
  } finally {
    await close()
  }
}

async function borrow({ databaseUrl, data }: Place): Promise<{ url: string; close(): Promise<void> }> {
  if (databaseUrl !== undefined) return { url: databaseUrl, close: async () => {} }
  const { clusterExists } = await import('../store/postgres-cluster.ts')
  if (!(await clusterExists(resolve(data, 'postgres')))) {
    throw new CommandFailed(
      `There is no ledger below ${data} yet; start the gateway first, or name its configuration with --config.`,
    )
  }
  const { borrowEmbeddedPostgres } = await import('../store/embedded-postgres.ts')
  return borrowEmbeddedPostgres(data)
}

/** Prisma's codes for a table or column that is not there: the ledger is older than this program, or is none. */
async function understood(error: unknown): Promise<unknown> {
  const { isDatabaseAway } = await import('../store/database-errors.ts')
  if (isDatabaseAway(error)) {
    return new TransientFailure(
      'database',
      'The database is not reachable; "gateway check" tells more.',
      error,
    )
  }
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code !== 'P2021' && code !== 'P2022') return error
  return new CommandFailed(
    'The database does not have the tables of this version; start the gateway once, which brings it up to date.',
  )
}
