/**
 * Brings a database up to the tables this version needs. Safe with any number of gateways starting at once: an
 * advisory lock lets one apply and the others wait and find nothing to do.
 */
import pg from 'pg'
import { PermanentFailure, TransientFailure } from '../desk/failure.ts'
import { isDatabaseAway } from './database-errors.ts'
import { applyWithEngine, readMigrations } from './schema-engine.ts'

/** Key of the advisory lock around migrating: any number that nothing else in this database uses. */
const lockKey = 7_204_318

/**
 * Applies what is missing and returns the names of what was applied. `onStep` hears each name. Throws
 * TransientFailure('database') when the server is away and PermanentFailure('database') when a migration fails or
 * failed earlier, with the migration's name and what to do.
 */
export async function applyMigrations(
  url: string,
  onStep: (name: string) => void = () => {},
): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  try {
    await client.connect()
    await client.query('select pg_advisory_lock($1)', [lockKey])
    const migrations = await readMigrations()
    const done = await finishedMigrations(client)
    // Asked first, because it spares every later start the engine.
    if (migrations.migrationDirectories.every(({ path }) => done.has(path))) return []
    const applied = await applyWithEngine(url, migrations)
    applied.forEach(onStep)
    return applied
  } catch (cause) {
    throw asFailure(cause)
  } finally {
    await client.end()
  }
}

/** Names of the migrations that are in; throws where one began and did not finish. */
async function finishedMigrations(client: pg.Client): Promise<ReadonlySet<string>> {
  const { rowCount } = await client.query("select 1 where to_regclass('_prisma_migrations') is not null")
  if (!rowCount) return new Set()
  const { rows } = await client.query<{ name: string; finished: boolean; logs: string | null }>(
    `select migration_name as name, finished_at is not null as finished, logs
       from _prisma_migrations where rolled_back_at is null`,
  )
  const failed = rows.find(row => !row.finished)
  if (!failed) return new Set(rows.map(row => row.name))
  const reason = databaseError(failed.logs ?? '') ?? 'it was interrupted'
  const advice = 'Restore the backup taken before the update, or repair the tables by hand and mark it with'
  throw new PermanentFailure(
    'database',
    `The migration ${failed.name} failed earlier: ${reason}. ${advice} "prisma migrate resolve".`,
  )
}

function asFailure(cause: unknown): Error {
  if (cause instanceof PermanentFailure) return cause
  if (isDatabaseAway(cause)) return new TransientFailure('database', 'The database is not reachable', cause)
  const message = cause instanceof Error ? cause.message : String(cause)
  const name = /migration_name="([^"]+)"/.exec(message)?.[1]
  const what = name ? `The migration ${name} failed` : 'The database could not be brought up to date'
  return new PermanentFailure('database', `${what}: ${databaseError(message) ?? message}`, cause)
}

/** PostgreSQL's own sentence in the engine's account of it. */
function databaseError(account: string): string | undefined {
  return /ERROR: ([^\n]+)/.exec(account)?.[1]
}
