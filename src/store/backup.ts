/**
 * Backup of the embedded database and the raw mail while the gateway runs, into a folder. It follows PostgreSQL's
 * low-level procedure (chapter 25.3.3 of its manual), because the programs that do the same are not in the package:
 * the server is told, its files are copied as they change, and the write-ahead log of that time is added, which
 * repairs them on the first start. Raw mail is copied after the database: every row's mail was stored before the row.
 */
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import pg from 'pg'
import { PermanentFailure } from '../desk/failure.ts'
import { copyDurably, copyTree, flush } from './copy-tree.ts'
import { rawFolder, storeNameFile } from './file-blobs.ts'
import { clusterExists, clusterIn, readAccess, urlOf, writeAccess } from './postgres-cluster.ts'

export interface BackupOptions {
  /** The database in use, embedded or not. */
  readonly url: string
  readonly dataFolder: string
  /** A folder that does not exist yet. */
  readonly to: string
  /** Leaves the database out; for servers that have a backup of their own. */
  readonly rawMailOnly?: boolean
}

export interface BackupReport {
  readonly database: boolean
  readonly mails: number
}

/** Written last: a backup without it is not whole. */
export const manifestName = 'backup.json'

/**
 * Holds everything that was committed before it returns. Throws PermanentFailure('storage') when `to` exists, and
 * PermanentFailure('database') for a database that is not the embedded one, unless only raw mail is wanted.
 */
export async function backup(options: BackupOptions): Promise<BackupReport> {
  const database = options.rawMailOnly !== true
  if (database) await refuseForeignDatabase(options)
  const to = resolve(options.to)
  const unfinished = `${to}.unfinished`
  for (const path of [to, unfinished]) {
    if (await exists(path))
      throw new PermanentFailure('storage', `${path} exists already; name a new folder for the backup`)
  }
  await mkdir(unfinished, { recursive: true, mode: 0o700 })
  try {
    if (database) await copyDatabase(options, unfinished)
    const mails = await copyRawMail(options.dataFolder, unfinished)
    const manifest = { format: 1, finishedAt: Temporal.Now.instant().toString(), database, mails }
    await writeFile(join(unfinished, manifestName), `${JSON.stringify(manifest, null, 2)}\n`, { flush: true })
    await flush(unfinished)
    await rename(unfinished, to)
    await flush(dirname(to))
    return { database, mails }
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true })
    throw error
  }
}

/** Only files of our own cluster can be copied; the check is that its port and password are the ones in use. */
async function refuseForeignDatabase({ url, dataFolder }: BackupOptions): Promise<void> {
  const folder = join(resolve(dataFolder), 'postgres')
  if ((await clusterExists(folder)) && url === urlOf(await readAccess(folder))) return
  throw new PermanentFailure(
    'database',
    'The database is not the embedded one. Back it up with its own means, such as pg_dump, and the raw mail with this command and --raw-mail-only.',
  )
}

async function copyDatabase({ url, dataFolder }: BackupOptions, to: string): Promise<void> {
  const folder = join(resolve(dataFolder), 'postgres')
  const cluster = clusterIn(folder)
  const copy = join(to, 'postgres', 'cluster')
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  await client.connect()
  try {
    // Keeps the write-ahead log from here on, however long the copy takes; ends with this connection, however it ends.
    await client.query(
      "select pg_create_physical_replication_slot('backup_' || pg_backend_pid(), true, true)",
    )
    await client.query("select pg_backup_start('intake-gateway', fast => true)")
    await copyTree(cluster, copy, { skip: isLeftOut, mayVanish: true })
    // Last, as PostgreSQL's own tool does: it must not be older than the files it describes.
    await copyDurably(join(cluster, controlFile), join(copy, controlFile))
    const { rows } = await client.query<{ label: string; last: string }>(
      'select labelfile as label, pg_walfile_name(lsn) as last from pg_backup_stop(wait_for_archive => false)',
    )
    const { label = '', last = '' } = rows[0] ?? {}
    await writeFile(join(copy, 'backup_label'), label, { mode: 0o600, flush: true })
    await copyLog(
      join(cluster, 'pg_wal'),
      join(copy, 'pg_wal'),
      /\(file ([0-9A-F]{24})\)/.exec(label)?.[1] ?? '',
      last,
    )
    await writeAccess(join(to, 'postgres'), await readAccess(folder))
  } finally {
    await client.end()
  }
}

const controlFile = 'global/pg_control'

/** What belongs to the running process, is made anew at a start, or is copied separately. */
function isLeftOut(path: string): boolean {
  if (path === controlFile || path === 'postmaster.pid' || path === 'postmaster.opts') return true
  if (
    /^(log|pg_wal|pg_replslot|pg_dynshmem|pg_notify|pg_serial|pg_snapshots|pg_stat_tmp|pg_subtrans)\//.test(
      path,
    )
  )
    return true
  return /(^|\/)(pgsql_tmp|pg_internal\.init)/.test(path)
}

/** The segments of the write-ahead log from the first to the last that the copy needs; their names are in order. */
async function copyLog(from: string, to: string, first: string, last: string): Promise<void> {
  for (const name of await readdir(from)) {
    const needed = /^[0-9A-F]{24}$/.test(name) ? name >= first && name <= last : name.endsWith('.history')
    if (needed) await copyDurably(join(from, name), join(to, name))
  }
  await flush(to)
}

async function copyRawMail(dataFolder: string, to: string): Promise<number> {
  const from = rawFolder(resolve(dataFolder))
  if (!(await exists(from))) return 0
  // A copy is another store, and gets a name of its own.
  const skip = (path: string) => path === 'incoming' || path.startsWith(storeNameFile)
  return copyTree(from, join(to, 'raw'), { skip })
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
