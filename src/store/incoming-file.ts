/** Bytes on their way into the store: a temporary file that is complete, hashed and on the disk when it is handed over. */
import { createHash, randomUUID } from 'node:crypto'
import { type FileHandle, mkdir, open, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { TransientFailure } from '../desk/failure.ts'
import type { StoredBlob } from './blobs.ts'

export interface IncomingFile extends StoredBlob {
  readonly path: string
}

/** A write that takes longer than this has died with its process. */
const abandonedMilliseconds = 3_600_000

/** As `writeIncoming`, for bytes that are all there and whose digest the caller knows already. */
export async function writeWhole(folder: string, bytes: Uint8Array): Promise<{ path: string; size: number }> {
  const path = join(folder, randomUUID())
  try {
    await orStorageFailure(() => writeFile(path, bytes, { flag: 'wx', mode: 0o600, flush: true }))
    return { path, size: bytes.length }
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
}

/** Writes all bytes to a new file in `folder`; on failure nothing is left there. */
export async function writeIncoming(
  folder: string,
  bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<IncomingFile> {
  const path = join(folder, randomUUID())
  const file = await orStorageFailure(() => open(path, 'wx', 0o600))
  try {
    const stored = await writeAll(file, bytes)
    // Before the rename: a name that points to a file of zeros after a power cut would look like a stored mail.
    await orStorageFailure(() => file.datasync())
    return { path, ...stored }
  } catch (error) {
    await rm(path, { force: true })
    throw error
  } finally {
    await file.close()
  }
}

async function writeAll(
  file: FileHandle,
  bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<StoredBlob> {
  const hash = createHash('sha256')
  let size = 0
  for await (const chunk of bytes) {
    hash.update(chunk)
    for (let done = 0; done < chunk.length; ) {
      // Only our side is wrapped: where the bytes come from has failures of its own kind.
      done += (await orStorageFailure(() => file.write(chunk, done))).bytesWritten
    }
    size += chunk.length
  }
  return { sha256: hash.digest('hex'), size }
}

/** Creates the folder, and clears it of what crashed processes left. Younger files may still be written by others. */
export async function prepareIncoming(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const now = Temporal.Now.instant().epochMilliseconds
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    const entry = await stat(path).catch(() => undefined)
    if (entry && now - entry.mtimeMs > abandonedMilliseconds) await rm(path, { force: true })
  }
}

/** Disk full, disk gone, no permission: all of them may be put right while the gateway waits. */
export async function orStorageFailure<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && 'syscall' in error)) throw error
    throw new TransientFailure(
      'storage',
      `Raw mail cannot be stored or read: ${error.syscall} says ${error.code}`,
      error,
    )
  }
}
