/** Puts a backup into an empty data folder. The next start repairs the database from the log that came with it. */
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { PermanentFailure } from '../desk/failure.ts'
import { type BackupReport, manifestName } from './backup.ts'
import { copyTree } from './copy-tree.ts'
import { lockDataFolder } from './data-folder-lock.ts'
import { rawFolder } from './file-blobs.ts'
import {
  type Account,
  accountFor,
  give,
  preparePostgresFolder,
  reachableBinaries,
} from './postgres-account.ts'
import { findPostgresBinaries } from './postgres-binaries.ts'
import {
  clusterIn,
  flushCluster,
  freePort,
  readAccess,
  unfinishedRestore,
  writeAccess,
} from './postgres-cluster.ts'

export interface RestoreOptions {
  readonly from: string
  readonly dataFolder: string
  readonly onStep?: (step: string) => void
}

const manifestSchema = z.object({ format: z.literal(1), database: z.boolean(), mails: z.int() })

/**
 * Throws PermanentFailure('storage') when the backup is not whole or the target is not empty. A restore that was
 * interrupted leaves a mark that keeps the gateway from starting on half of it.
 */
export async function restore({
  from,
  dataFolder,
  onStep = () => {},
}: RestoreOptions): Promise<BackupReport> {
  const { database, mails } = await readManifest(from)
  const present = await readdir(dataFolder).catch(ifAbsent)
  if (present.length > 0) {
    throw new PermanentFailure(
      'storage',
      `${resolve(dataFolder)} is not empty; restore into a new or empty folder`,
    )
  }
  const lock = await lockDataFolder(dataFolder)
  try {
    const mark = join(dataFolder, unfinishedRestore)
    await writeFile(mark, '', { flush: true })
    if (database) await restoreDatabase(join(from, 'postgres'), dataFolder, onStep)
    if (mails > 0) await copyTree(join(from, 'raw'), rawFolder(dataFolder))
    await rm(mark)
  } finally {
    await lock.release()
  }
  return { database, mails }
}

async function readManifest(from: string): Promise<z.output<typeof manifestSchema>> {
  try {
    return manifestSchema.parse(JSON.parse(await readFile(join(from, manifestName), 'utf8')))
  } catch (cause) {
    throw new PermanentFailure('storage', `${resolve(from)} is not a complete backup of this gateway`, cause)
  }
}

async function restoreDatabase(
  from: string,
  dataFolder: string,
  onStep: (step: string) => void,
): Promise<void> {
  const account = await accountFor(clusterIn(join(dataFolder, 'postgres')))
  const folder = await preparePostgresFolder(dataFolder, account, onStep)
  const binaries = await reachableBinaries(await findPostgresBinaries(), account)
  const unfinished = join(folder, 'cluster.unfinished')
  await copyTree(join(from, 'cluster'), unfinished)
  await giveAll(unfinished, account)
  await flushCluster(unfinished, binaries, account)
  const { password } = await readAccess(from)
  await writeAccess(folder, { password, port: await freePort() })
  await rename(unfinished, clusterIn(folder))
}

async function giveAll(folder: string, account: Account): Promise<void> {
  await give(folder, account)
  for (const entry of await readdir(folder, { recursive: true })) await give(join(folder, entry), account)
}

function ifAbsent(error: NodeJS.ErrnoException): string[] {
  if (error.code !== 'ENOENT') throw error
  return []
}
