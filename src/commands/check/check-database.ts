/** Can the ledger be reached, which version is it, and are its tables those of this program? */
import { resolve } from 'node:path'
import pg from 'pg'
import type { Config } from '../../config/schema.ts'
import { borrowEmbeddedPostgres } from '../../store/embedded-postgres.ts'
import { clusterExists } from '../../store/postgres-cluster.ts'
import { readMigrations } from '../../store/schema-engine.ts'
import { officeFindings } from './check-offices.ts'
import type { Finding } from './finding.ts'
import { maskedMessage } from './masked-message.ts'

const what = 'database'

export async function checkDatabase(config: Config): Promise<readonly Finding[]> {
  const { database, data } = config
  try {
    if (database.url !== undefined) return await look(database.url, 'PostgreSQL', config)
    if (!(await clusterExists(resolve(data, 'postgres')))) {
      return [
        { what, ok: true, found: `none yet; the first start makes an embedded PostgreSQL below ${data}` },
      ]
    }
    const { url, close } = await borrowEmbeddedPostgres(data)
    try {
      return await look(url, 'embedded PostgreSQL', config)
    } finally {
      await close()
    }
  } catch (error) {
    return [{ what, ok: false, found: maskedMessage(error, database.url), advice: adviceFor(error) }]
  }
}

async function look(url: string, kind: string, config: Config): Promise<readonly Finding[]> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 15_000,
    query_timeout: 15_000,
  })
  // The connection may also break between two questions; the question then fails, so nothing is lost here.
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ version: string; readonly: string }>(
      `select current_setting('server_version') as version, current_setting('transaction_read_only') as readonly`,
    )
    const { version = 'of unknown version', readonly = 'off' } = rows[0] ?? {}
    if (readonly === 'on') {
      const advice = 'name the primary server, not a standby'
      return [{ what, ok: false, found: `${kind} ${version} takes no changes`, advice }]
    }
    return [await migrations(client, `${kind} ${version}`), ...(await officeFindings(client, config))]
  } finally {
    await client.end()
  }
}

async function migrations(client: pg.Client, server: string): Promise<Finding> {
  const { migrationDirectories } = await readMigrations()
  const known = migrationDirectories.map(({ path }) => path)
  const { rowCount } = await client.query(`select 1 where to_regclass('_prisma_migrations') is not null`)
  if (!rowCount) return { what, ok: true, found: `${server}, empty; the first start makes the tables` }
  const { rows } = await client.query<{ name: string; finished: boolean }>(
    'select migration_name as name, finished_at is not null as finished from _prisma_migrations where rolled_back_at is null',
  )
  const failed = rows.find(row => !row.finished)
  if (failed) {
    const advice = 'restore the backup taken before the update, or repair the tables by hand'
    return { what, ok: false, found: `${server}, but the migration ${failed.name} failed earlier`, advice }
  }
  const newer = rows.filter(({ name }) => !known.includes(name))
  if (newer.length > 0) {
    const advice = 'use the version of the gateway that made these tables, or a later one'
    return { what, ok: false, found: `${server}, whose tables are newer than this program`, advice }
  }
  const pending = known.length - rows.length
  const tables = pending === 0 ? 'tables are up to date' : `the next start applies ${pending} migrations`
  return { what, ok: true, found: `${server}, ${tables}` }
}

/** By SQLSTATE (PostgreSQL, appendix A) and Node's codes. */
function adviceFor(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === '28P01' || code === '28000') return 'check user and password in DATABASE_URL'
  if (code === '3D000') return 'create the database named in DATABASE_URL'
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'check the host name in DATABASE_URL'
  return 'check host and port in DATABASE_URL, and whether the server is running'
}
