/**
 * Raw mail, stored before anything else is done with it and never changed. Content-addressed: the SHA-256 of the
 * bytes is the name, so the same mail in two folders is stored once, and what is read can be checked.
 */
import { createHash } from 'node:crypto'
import type { Config } from '../config/schema.ts'
import { PermanentFailure } from '../desk/failure.ts'
import { openFileBlobs } from './file-blobs.ts'

export interface StoredBlob {
  /** Lower-case hexadecimal. */
  readonly sha256: string
  /** Bytes. */
  readonly size: number
}

/**
 * When `put` or `putStream` returns, the bytes survive a power cut. Storing the same content again, also at the same
 * time, is harmless. All methods throw TransientFailure('storage') when the store cannot do it now; `get` throws
 * PermanentFailure('storage') for what is not there or is damaged.
 */
export interface BlobStore {
  put(bytes: Uint8Array): Promise<string>
  putStream(bytes: AsyncIterable<Uint8Array>): Promise<StoredBlob>
  get(sha256: string): Promise<Buffer>
  has(sha256: string): Promise<boolean>
  /** What is not there is no failure. Whoever calls this knows that nothing else needs the bytes. */
  remove(sha256: string): Promise<void>
}

/** The store that the configuration names, ready to use; left-overs of crashed writes are cleared on the way. */
export async function openBlobStore(storage: Config['storage'], dataFolder: string): Promise<BlobStore> {
  if (storage.kind === 'files') return openFileBlobs(dataFolder)
  // The S3 client is large; who keeps mail in files does not load it.
  const { openS3Blobs } = await import('./s3-blobs.ts')
  return openS3Blobs(storage, dataFolder)
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** `ab/abcd…`: 256 folders, so that a batch of mails shares their flushes; and nothing but a digest can become a path. */
export function blobPath(sha256: string): string {
  if (!/^[0-9a-f]{64}$/.test(sha256))
    throw new PermanentFailure('storage', 'Not the SHA-256 of a stored mail')
  return `${sha256.slice(0, 2)}/${sha256}`
}

/** Hands the bytes out only if they are still the ones that were stored. */
export function checked(sha256: string, bytes: Buffer): Buffer {
  if (sha256Of(bytes) === sha256) return bytes
  throw new PermanentFailure('storage', `The stored mail ${sha256} is damaged; restore it from a backup`)
}

export function missing(sha256: string, cause: unknown): PermanentFailure {
  return new PermanentFailure('storage', `The mail ${sha256} is not in the store`, cause)
}
