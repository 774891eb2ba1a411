/**
 * The folder of the embedded database: `<dataFolder>/postgres` with the cluster, the access file (port and password,
 * readable for its owner only) and the server's own log. Creating it is all or nothing: a cluster that was being made
 * when the machine went down is thrown away and made again.
 */
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { z } from 'zod'
import { PermanentFailure } from '../desk/failure.ts'
import { type Account, give } from './postgres-account.ts'
import type { PostgresBinaries } from './postgres-binaries.ts'

export const databaseName = 'gateway'

const accessSchema = z.object({ port: z.int(), password: z.string().min(16) })
export type Access = z.output<typeof accessSchema>

/** In a data folder: a restore began and did not finish. */
export const unfinishedRestore = 'restore.unfinished'

export const clusterIn = (postgresFolder: string): string => join(postgresFolder, 'cluster')

/** PostgreSQL gets an environment of its own: ours holds secrets and perhaps PG* variables meant for other servers. */
export const postgresEnvironment = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }

export function urlOf(access: Access, database = databaseName): string {
  return `postgresql://gateway:${access.password}@127.0.0.1:${access.port}/${database}`
}

/** Port and password of an existing cluster. Throws PermanentFailure('database') when the file is gone. */
export async function readAccess(postgresFolder: string): Promise<Access> {
  const file = join(postgresFolder, 'access.json')
  try {
    return accessSchema.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch (cause) {
    throw new PermanentFailure(
      'database',
      `${file} is missing or unreadable; it holds the password of the database beside it`,
      cause,
    )
  }
}

/** Replaces the access file as a whole: a crash leaves the old one or the new one. */
export async function writeAccess(postgresFolder: string, access: Access): Promise<void> {
  const file = join(postgresFolder, 'access.json')
  await writeFile(`${file}.new`, JSON.stringify(access), { mode: 0o600, flush: true })
  await rename(`${file}.new`, file)
}

export async function clusterExists(postgresFolder: string): Promise<boolean> {
  return stat(join(clusterIn(postgresFolder), 'PG_VERSION')).then(
    () => true,
    () => false,
  )
}

/** Makes the cluster with a new random password. UTF-8, sorted by code point, with checksums on every page. */
export async function createCluster(
  postgresFolder: string,
  binaries: PostgresBinaries,
  account: Account,
): Promise<void> {
  await removeUnfinished(postgresFolder)
  const access: Access = { port: await freePort(), password: randomBytes(24).toString('hex') }
  await writeAccess(postgresFolder, access)
  const unfinished = join(postgresFolder, 'cluster.unfinished')
  const passwordFile = join(postgresFolder, 'password.unfinished')
  await writeFile(passwordFile, access.password, { mode: 0o600 })
  await give(passwordFile, account)
  await runInitdb(binaries, account, [
    `--pgdata=${unfinished}`,
    `--pwfile=${passwordFile}`,
    '--username=gateway',
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--data-checksums',
  ])
  await rm(passwordFile)
  await rename(unfinished, clusterIn(postgresFolder))
}

/** Makes sure that every byte of a cluster that was copied together is on the disk. */
export async function flushCluster(
  cluster: string,
  binaries: PostgresBinaries,
  account: Account,
): Promise<void> {
  await runInitdb(binaries, account, ['--sync-only', `--pgdata=${cluster}`])
}

async function runInitdb(
  binaries: PostgresBinaries,
  account: Account,
  args: readonly string[],
): Promise<void> {
  const child = spawn(binaries.initdb, args, {
    ...account,
    cwd: '/',
    env: postgresEnvironment,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let complaint = ''
  child.stderr.on('data', chunk => {
    complaint = (complaint + chunk).slice(-2000)
  })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new PermanentFailure('database', `initdb failed: ${complaint.trim()}`)
}

async function removeUnfinished(postgresFolder: string): Promise<void> {
  for (const name of await readdir(postgresFolder)) {
    if (name.endsWith('.unfinished')) await rm(join(postgresFolder, name), { recursive: true })
  }
}

/** A port of 127.0.0.1 that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port')
  return address.port
}

export async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1')
  try {
    await once(server, 'listening')
    server.close()
    await once(server, 'close')
    return true
  } catch {
    return false
  }
}
