import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openBlobStore } from '../../src/store/blobs.ts'
import { blobStoreCases } from './blob-store.case.ts'

const pathIn = (folder: string, sha256: string) => join(folder, 'raw', sha256.slice(0, 2), sha256)

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name))
}

describe('raw mail in files', () => {
  blobStoreCases(async () => {
    const folder = join(tmpdir(), randomUUID())
    return {
      store: await openBlobStore({ kind: 'files' }, folder),
      async damage(sha256) {
        const bytes = await readFile(pathIn(folder, sha256))
        bytes[0] = (bytes[0] ?? 0) ^ 1
        await writeFile(pathIn(folder, sha256), bytes)
      },
      async count() {
        const files = await filesBelow(join(folder, 'raw'))
        const pieces = files.filter(file => file.includes('incoming')).length
        return { whole: files.length - pieces, pieces }
      },
      close: () => rm(folder, { recursive: true }),
    }
  })
})

describe('files of raw mail', () => {
  let folder: string
  beforeEach(() => {
    folder = join(tmpdir(), randomUUID())
  })
  afterEach(() => rm(folder, { recursive: true }))

  test('are readable for their owner only', async () => {
    const store = await openBlobStore({ kind: 'files' }, folder)
    const sha256 = await store.put(Buffer.from('secret'))
    expect((await stat(pathIn(folder, sha256))).mode & 0o777).toBe(0o600)
    expect((await stat(join(folder, 'raw'))).mode & 0o777).toBe(0o700)
  })

  test('that a crash left half-written are cleared after an hour, not before', async () => {
    await openBlobStore({ kind: 'files' }, folder)
    const incoming = join(folder, 'raw', 'incoming')
    await writeFile(join(incoming, 'old'), 'half')
    await writeFile(join(incoming, 'new'), 'half')
    const now = Temporal.Now.instant().epochMilliseconds / 1000
    await utimes(join(incoming, 'old'), now - 3700, now - 3700)
    await openBlobStore({ kind: 'files' }, folder)
    expect(await readdir(incoming)).toEqual(['new'])
  })

  test('that cannot be written now are worth another try', async () => {
    const store = await openBlobStore({ kind: 'files' }, folder)
    await rm(join(folder, 'raw', 'incoming'), { recursive: true })
    const failure = { name: 'TransientFailure', code: 'storage' }
    await expect(store.put(Buffer.from('mail'))).rejects.toMatchObject(failure)
    await mkdir(join(folder, 'raw', 'incoming'))
    await store.put(Buffer.from('mail'))
  })

  test('of half the size after an accident are written again', async () => {
    const store = await openBlobStore({ kind: 'files' }, folder)
    const sha256 = await store.put(Buffer.from('the whole mail'))
    await writeFile(pathIn(folder, sha256), 'the wh')
    await store.put(Buffer.from('the whole mail'))
    expect((await store.get(sha256)).toString()).toBe('the whole mail')
  })
})
