import { randomUUID } from 'node:crypto'
import { readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openBlobStore } from '../../src/store/blobs.ts'
import { blobStoreCases } from './blob-store.case.ts'
import { type S3Server, startS3Server } from './s3-server.ts'

function storageAt(server: S3Server) {
  return {
    kind: 's3',
    bucket: 'mail',
    prefix: 'raw/',
    region: 'eu-central-1',
    endpoint: server.endpoint,
    accessKeyId: 'gateway',
    secretAccessKey: 'secret',
  } as const
}

describe('raw mail in an S3-compatible store', () => {
  blobStoreCases(async () => {
    const server = await startS3Server('mail', 'gateway')
    const folder = join(tmpdir(), randomUUID())
    return {
      store: await openBlobStore(storageAt(server), folder),
      async damage(sha256) {
        for (const [key] of server.objects)
          if (key.endsWith(sha256)) server.objects.set(key, Buffer.from('other'))
      },
      async count() {
        const waiting = await readdir(join(folder, 'incoming'))
        return { whole: server.objects.size, pieces: waiting.length + server.uploads.size }
      },
      async close() {
        await server.close()
        await rm(folder, { recursive: true })
      },
    }
  })
})

describe('an S3-compatible store', () => {
  let server: S3Server
  let folder: string
  beforeEach(async () => {
    server = await startS3Server('mail', 'gateway')
    folder = join(tmpdir(), randomUUID())
  })
  afterEach(async () => {
    await server.close()
    await rm(folder, { recursive: true })
  })

  test('holds mail below the prefix', async () => {
    const store = await openBlobStore(storageAt(server), folder)
    const sha256 = await store.put(Buffer.from('mail'))
    expect([...server.objects.keys()]).toEqual([`/mail/raw/${sha256.slice(0, 2)}/${sha256}`])
  })

  test('that stumbles is asked again; one that is down is worth another try later', async () => {
    const store = await openBlobStore(storageAt(server), folder)
    server.failNext(503, 1)
    const sha256 = await store.put(Buffer.from('mail'))
    server.failNext(500, 3)
    const failure = { name: 'TransientFailure', code: 'storage' }
    await expect(store.get(sha256)).rejects.toMatchObject(failure)
    expect((await store.get(sha256)).toString()).toBe('mail')
    server.failNext(500, 3)
    await expect(store.has(sha256)).rejects.toMatchObject(failure)
  })

  test('that refuses us is no proof that a mail is missing', async () => {
    const storage = storageAt(server)
    const refused = await openBlobStore({ ...storage, accessKeyId: 'stranger' }, folder)
    await expect(refused.has('0'.repeat(64))).rejects.toMatchObject({ name: 'TransientFailure' })
    const elsewhere = await openBlobStore({ ...storage, bucket: 'missing' }, folder)
    await expect(elsewhere.get('0'.repeat(64))).rejects.toMatchObject({ name: 'TransientFailure' })
  })
})
