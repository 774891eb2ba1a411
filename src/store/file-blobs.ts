/** Raw mail in files: `<dataFolder>/raw/ab/<sha256>`. */
import { mkdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type BlobStore, blobPath, checked, missing, type StoredBlob, sha256Of } from './blobs.ts'
import { FlushedFolders } from './flushed-folders.ts'
import {
  type IncomingFile,
  orStorageFailure,
  prepareIncoming,
  writeIncoming,
  writeWhole,
} from './incoming-file.ts'

/** The file in it that names this store among others. */
export const storeNameFile = 'store-name'

/** Where raw mail lies below the data folder. */
export const rawFolder = (dataFolder: string): string => join(dataFolder, 'raw')

export async function openFileBlobs(dataFolder: string): Promise<BlobStore> {
  const folder = rawFolder(dataFolder)
  // In the same file system as the final place, or the rename would be a copy and could be cut in half.
  const incoming = join(folder, 'incoming')
  await orStorageFailure(() => prepareIncoming(incoming))
  const folders = new FlushedFolders()
  const pathOf = (sha256: string) => join(folder, blobPath(sha256))

  async function settle(file: IncomingFile): Promise<StoredBlob> {
    const path = pathOf(file.sha256)
    // Two writers of the same content replace a file by its equal: whoever is last changes nothing.
    await renameInto(file.path, path, folder, folders)
    return { sha256: file.sha256, size: file.size }
  }

  return {
    put: bytes =>
      orStorageFailure(async () => {
        const sha256 = sha256Of(bytes)
        if (await isWhole(pathOf(sha256), bytes.length)) await folders.flush(dirname(pathOf(sha256)))
        else await settle({ ...(await writeWhole(incoming, bytes)), sha256 })
        return sha256
      }),
    async putStream(bytes) {
      const file = await writeIncoming(incoming, bytes)
      return orStorageFailure(() => settle(file))
    },
    get: sha256 =>
      orStorageFailure(async () => {
        const bytes = await readFile(pathOf(sha256)).catch(error => {
          throw error.code === 'ENOENT' ? missing(sha256, error) : error
        })
        return checked(sha256, bytes)
      }),
    has: sha256 => orStorageFailure(async () => (await stat(pathOf(sha256)).catch(ifAbsent)) !== undefined),
    remove: sha256 => orStorageFailure(() => rm(pathOf(sha256), { force: true })),
  }
}

async function isWhole(path: string, size: number): Promise<boolean> {
  return (await stat(path).catch(ifAbsent))?.size === size
}

function ifAbsent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}

/**
 * Gives the file its final name and flushes that name, also for content that was there already: the other writer may
 * not have got that far, and we are about to promise durability. A folder that had to be made is a new name in its
 * parent.
 */
async function renameInto(from: string, to: string, root: string, folders: FlushedFolders): Promise<void> {
  const folder = dirname(to)
  const made = await rename(from, to).then(
    () => undefined,
    async (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error
      const first = await mkdir(folder, { recursive: true, mode: 0o700 })
      await rename(from, to)
      return first
    },
  )
  await folders.flush(folder)
  if (made !== undefined) await folders.flush(root)
}
