/** Raw mail in an S3-compatible store: `<prefix>ab/<sha256>`. */
import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import type { Config } from '../config/schema.ts'
import { PermanentFailure, TransientFailure } from '../desk/failure.ts'
import { type BlobStore, blobPath, checked, missing, sha256Of } from './blobs.ts'
import { prepareIncoming, writeIncoming } from './incoming-file.ts'

type S3Storage = Extract<Config['storage'], { kind: 's3' }>

const connectMilliseconds = 5_000
const answerMilliseconds = 60_000

export async function openS3Blobs(storage: S3Storage, dataFolder: string): Promise<BlobStore> {
  const client = openClient(storage)
  // A stream's key is the digest of all of it: the bytes wait here until it is known.
  const incoming = join(dataFolder, 'incoming')
  await prepareIncoming(incoming)
  const at = (sha256: string) => ({ Bucket: storage.bucket, Key: `${storage.prefix}${blobPath(sha256)}` })

  return {
    async put(bytes) {
      const sha256 = sha256Of(bytes)
      // Not asked for first: nearly every mail is new, and storing equal content again changes nothing.
      await orFailure(sha256, () =>
        client.send(new PutObjectCommand({ ...at(sha256), Body: bytes, ContentType: 'message/rfc822' })),
      )
      return sha256
    },
    async putStream(bytes) {
      const file = await writeIncoming(incoming, bytes)
      const body = createReadStream(file.path)
      try {
        const params = {
          ...at(file.sha256),
          Body: body,
          ContentType: 'message/rfc822',
        }
        await orFailure(file.sha256, () => new Upload({ client, params }).done())
        return { sha256: file.sha256, size: file.size }
      } finally {
        body.destroy()
        await rm(file.path, { force: true })
      }
    },
    async get(sha256) {
      const bytes = await orFailure(sha256, async () => {
        const { Body } = await client.send(new GetObjectCommand(at(sha256)))
        return Buffer.from((await Body?.transformToByteArray()) ?? [])
      })
      return checked(sha256, bytes)
    },
    has: sha256 =>
      orFailure(sha256, () => client.send(new HeadObjectCommand(at(sha256)))).then(
        () => true,
        error => {
          if (error instanceof PermanentFailure && isAbsent(error.cause)) return false
          throw error
        },
      ),
    async remove(sha256) {
      await orFailure(sha256, () => client.send(new DeleteObjectCommand(at(sha256))))
    },
  }
}

function openClient({ region, endpoint, accessKeyId, secretAccessKey }: S3Storage): S3Client {
  return new S3Client({
    region,
    // Without keys the client looks where AWS tools look: environment, profile, instance role.
    ...(accessKeyId && secretAccessKey ? { credentials: { accessKeyId, secretAccessKey } } : {}),
    // Stores other than AWS rarely have a host name for each bucket.
    ...(endpoint ? { endpoint, forcePathStyle: true } : {}),
    // Some of them also refuse the checksums that newer clients add; the key is our checksum, looked at in `get`.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: connectMilliseconds, requestTimeout: answerMilliseconds },
    maxAttempts: 3,
  })
}

function isAbsent(error: unknown): boolean {
  return (
    error instanceof S3ServiceException &&
    error.$metadata.httpStatusCode === 404 &&
    error.name !== 'NoSuchBucket'
  )
}

async function orFailure<T>(sha256: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof PermanentFailure) throw error
    if (isAbsent(error)) throw missing(sha256, error)
    const reason = error instanceof Error ? error.name : 'unknown error'
    throw new TransientFailure('storage', `The S3 store cannot take or give raw mail: ${reason}`, error)
  }
}
