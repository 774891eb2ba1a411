/**
 * A real PostgreSQL below the data folder for whoever has none. It outlives a crash of the gateway; the next start
 * adopts it. It is watched while the gateway runs and started again, on the same port, when it dies. Whoever starts
 * it holds the data folder's lock, so there is never more than one keeper.
 */
import { resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { PermanentFailure, TransientFailure } from '../desk/failure.ts'
import { DataFolderHeld, lockDataFolder } from './data-folder-lock.ts'
import {
  type Account,
  accountFor,
  isThere,
  preparePostgresFolder,
  reachableBinaries,
} from './postgres-account.ts'
import { findPostgresBinaries, type PostgresBinaries } from './postgres-binaries.ts'
import {
  type Access,
  clusterExists,
  clusterIn,
  createCluster,
  databaseName,
  freePort,
  isFree,
  readAccess,
  unfinishedRestore,
  urlOf,
  writeAccess,
} from './postgres-cluster.ts'
import { findPostmaster, startPostmaster, stopPostmaster, untilReady } from './postmaster.ts'

export interface EmbeddedPostgresOptions {
  readonly dataFolder: string
  /** A fixed port; without it a free one is chosen once and kept. */
  readonly port?: number
  /** Told in a few words what is being done. */
  readonly onStep?: (step: string) => void
  /** Further server settings, for tests and measurements. */
  readonly settings?: Readonly<Record<string, string>>
}

export interface EmbeddedPostgres {
  readonly url: string
  /** Process id of the server; changes when it had to be started again. */
  readonly pid: number
  /** Whether it was found running. */
  readonly adopted: boolean
  /** Fast shutdown, also of an adopted server. */
  stop(): Promise<void>
}

interface Installation {
  readonly folder: string
  readonly cluster: string
  readonly account: Account
  readonly binaries: PostgresBinaries
}

/** Finds, or makes and starts, the database of this data folder. The caller holds the folder's lock. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const onStep = options.onStep ?? (() => {})
  const installation = await install(options.dataFolder, onStep)
  const { folder, cluster, account, binaries } = installation
  const access = await readAccess(folder)
  const running = await adopt(installation, access)
  let port = running?.port ?? 0
  let pid = running?.pid ?? 0
  if (running) {
    onStep(`Found PostgreSQL still running (process ${pid})`)
  } else {
    port = options.port ?? ((await isFree(access.port)) ? access.port : await freePort())
    if (port !== access.port) await writeAccess(folder, { ...access, port })
    onStep('Starting PostgreSQL')
    pid = await startPostmaster(cluster, port, binaries, account, options.settings ?? {})
  }
  const url = urlOf({ ...access, port })
  await createDatabase(urlOf({ ...access, port }, 'postgres'))
  const stopping = new AbortController()
  const watch = keepAlive(cluster, stopping.signal, onStep, async () => {
    pid = await startPostmaster(cluster, port, binaries, account, options.settings ?? {})
  })
  return {
    url,
    get pid() {
      return pid
    },
    adopted: running !== undefined,
    async stop() {
      stopping.abort()
      await watch
      await stopPostmaster(cluster)
    },
  }
}

async function install(dataFolder: string, onStep: (step: string) => void): Promise<Installation> {
  if (await isThere(resolve(dataFolder, unfinishedRestore))) {
    const advice = 'Empty the folder and restore again.'
    throw new PermanentFailure('storage', `A restore into ${resolve(dataFolder)} was interrupted. ${advice}`)
  }
  const account = await accountFor(clusterIn(resolve(dataFolder, 'postgres')))
  const folder = await preparePostgresFolder(dataFolder, account, onStep)
  const binaries = await reachableBinaries(await findPostgresBinaries(), account)
  if (!(await clusterExists(folder))) {
    onStep('Creating the database')
    await createCluster(folder, binaries, account)
  }
  return { folder, cluster: clusterIn(folder), account, binaries }
}

/** A server left over from a crash, if it is ours by process, folder and password; else undefined. */
async function adopt(
  installation: Installation,
  access: Access,
): Promise<{ pid: number; port: number } | undefined> {
  const { cluster } = installation
  if (!(await findPostmaster(cluster))) return undefined
  const ready = await untilReady(cluster, async () => !(await findPostmaster(cluster)))
  if (!ready) return undefined
  const client = new pg.Client({
    connectionString: urlOf({ ...access, port: ready.port }, 'postgres'),
    connectionTimeoutMillis: 10_000,
  })
  try {
    await client.connect()
  } catch (cause) {
    throw new PermanentFailure(
      'database',
      `The PostgreSQL found running (process ${ready.pid}) refuses the password in access.json`,
      cause,
    )
  } finally {
    await client.end()
  }
  return { pid: ready.pid, port: ready.port }
}

async function createDatabase(maintenanceUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: maintenanceUrl, connectionTimeoutMillis: 10_000 })
  await client.connect()
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [databaseName])
    if (!rowCount) await client.query(`create database ${databaseName}`)
  } finally {
    await client.end()
  }
}

/** Starts the server again whenever it is gone, until aborted. A start that fails is tried again, more slowly each time. */
async function keepAlive(
  cluster: string,
  signal: AbortSignal,
  onStep: (step: string) => void,
  restart: () => Promise<void>,
): Promise<void> {
  let pause = 500
  while (!signal.aborted) {
    await delay(pause, undefined, { signal, ref: false }).catch(() => {})
    if (signal.aborted || (await findPostmaster(cluster))) continue
    onStep('PostgreSQL has died; starting it again')
    const failure = await restart().then(
      () => undefined,
      (error: unknown) => error,
    )
    if (failure)
      onStep(`PostgreSQL could not be started again: ${failure instanceof Error ? failure.message : failure}`)
    pause = failure ? Math.min(pause * 2, 30_000) : 500
  }
}

/**
 * The database of this data folder for a short command: the running gateway's, or one started for as long as the
 * command takes. Whoever gets the folder's lock is responsible for the server, so a command cannot stop a gateway's
 * database and a gateway cannot adopt one that is about to be stopped.
 */
export async function borrowEmbeddedPostgres(
  dataFolder: string,
): Promise<{ url: string; close(): Promise<void> }> {
  try {
    const lock = await lockDataFolder(dataFolder)
    const server = await startEmbeddedPostgres({ dataFolder })
    return {
      url: server.url,
      async close() {
        await server.stop()
        await lock.release()
      },
    }
  } catch (error) {
    if (!(error instanceof DataFolderHeld)) throw error
    const folder = resolve(dataFolder, 'postgres')
    const cluster = clusterIn(folder)
    const ready = await untilReady(cluster, async () => !(await findPostmaster(cluster)))
    if (!ready) throw new TransientFailure('database', `${error.message} Its database is not running.`)
    return { url: urlOf({ ...(await readAccess(folder)), port: ready.port }), async close() {} }
  }
}
