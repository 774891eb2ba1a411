/**
 * Gateways on one database must keep raw mail in one place: what one of them has taken in the others have to send along.
 * Each store has a name, which a gateway's connection for locks carries for the others to see. Seen at the start,
 * since later it would be an answer to a customer that lacks its attachment.
 */
import { createHash, randomUUID } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../config/schema.ts'
import { PermanentFailure } from '../desk/failure.ts'
import type { Database } from './database.ts'
import { rawFolder, storeNameFile } from './file-blobs.ts'
import { orStorageFailure } from './incoming-file.ts'
import { type Locks, openLocks, sessionName } from './locks.ts'

/**
 * Connects for locks as one of the gateways of this database. Throws PermanentFailure('storage') while another one of
 * them keeps its raw mail elsewhere, TransientFailure where the database or the folder is away.
 */
export async function joinGateways(
  url: string,
  database: Database,
  { storage, data }: Pick<Config, 'storage' | 'data'>,
): Promise<Locks> {
  const store = storage.kind === 'files' ? await nameOfFolder(rawFolder(data)) : nameOfBucket(storage)
  const locks = await openLocks(url, store)
  try {
    const [row] = await database.$queryRaw<{ others: number }[]>`
      select count(*)::int as others from pg_stat_activity
      where datname = current_database() and application_name like ${sessionName('%')}
        and application_name <> ${sessionName(store)}`
    if (row?.others === 0) return locks
  } catch (error) {
    await locks.stop()
    throw error
  }
  await locks.stop()
  throw new PermanentFailure(
    'storage',
    `Another gateway on this database keeps its raw mail elsewhere than ${storage.kind === 'files' ? rawFolder(data) : `the bucket ${storage.bucket}`}: what it takes in could not be sent from here. Give both the same S3 storage, or make that folder the same one for both.`,
  )
}

/** Made once, and kept in the folder. Two gateways that begin at the same time end up with one name. */
async function nameOfFolder(folder: string): Promise<string> {
  const file = join(folder, storeNameFile)
  return orStorageFailure(async () => {
    const known = await readFile(file, 'utf8').catch(ifAbsent)
    if (known !== undefined) return known
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const draft = `${file}.${randomUUID()}`
    await writeFile(draft, randomUUID(), { flag: 'wx', mode: 0o600, flush: true })
    // Unlike a rename this leaves a name alone that was given meanwhile.
    await link(draft, file).catch(ifThere)
    await rm(draft)
    return readFile(file, 'utf8')
  })
}

function nameOfBucket({ endpoint, bucket, prefix }: Extract<Config['storage'], { kind: 's3' }>): string {
  const place = JSON.stringify([endpoint ?? '', bucket, prefix])
  return createHash('sha256').update(place).digest('hex').slice(0, 36)
}

function ifAbsent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}

function ifThere(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error
}
