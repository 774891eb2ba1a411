/** What every store of raw mail promises; run against each of them. */
import { createHash, randomBytes } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { BlobStore } from '../../src/store/blobs.ts'

export interface StoreUnderTest {
  readonly store: BlobStore
  /** Changes stored bytes behind the store's back. */
  damage(sha256: string): Promise<void>
  /** Objects that are stored in full, and pieces that are not. */
  count(): Promise<{ whole: number; pieces: number }>
  close(): Promise<void>
}

export function blobStoreCases(open: () => Promise<StoreUnderTest>): void {
  let subject: StoreUnderTest
  beforeEach(async () => {
    subject = await open()
  })
  afterEach(() => subject.close())

  const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

  test('gives back what it was given, under its digest', async () => {
    const { store } = subject
    const bytes = Buffer.from('From: ä\r\n\r\n\0binary\xff', 'latin1')
    const sha256 = await store.put(bytes)
    expect(sha256).toBe(digest(bytes))
    expect(await store.get(sha256)).toEqual(bytes)
    expect(await store.has(sha256)).toBe(true)
    expect(await store.put(Buffer.alloc(0))).toBe(digest(Buffer.alloc(0)))
  })

  test('takes a stream of any size in pieces', async () => {
    const { store } = subject
    const pieces = Array.from({ length: 13 }, () => randomBytes(1_000_001))
    const whole = Buffer.concat(pieces)
    const stored = await store.putStream(
      (async function* () {
        yield* pieces
      })(),
    )
    expect(stored).toEqual({ sha256: digest(whole), size: whole.length })
    expect((await store.get(stored.sha256)).equals(whole)).toBe(true)
    expect(await subject.count()).toEqual({ whole: 1, pieces: 0 })
  })

  test('stores the same content once, also when it comes twice at the same time', async () => {
    const { store } = subject
    const bytes = randomBytes(100_000)
    const stream = async function* () {
      yield bytes
    }
    await Promise.all([
      store.put(bytes),
      store.put(bytes),
      store.putStream(stream()),
      store.putStream(stream()),
    ])
    await store.put(bytes)
    expect(await subject.count()).toEqual({ whole: 1, pieces: 0 })
    expect(await store.get(digest(bytes))).toEqual(bytes)
  })

  test('leaves nothing of a stream that breaks off, and passes its error on', async () => {
    const broken = Object.assign(new Error('connection lost'), { code: 'ECONNRESET', syscall: 'read' })
    const stream = async function* () {
      yield randomBytes(100_000)
      throw broken
    }
    await expect(subject.store.putStream(stream())).rejects.toBe(broken)
    expect(await subject.count()).toEqual({ whole: 0, pieces: 0 })
  })

  test('removes what nobody needs any more, also twice', async () => {
    const { store } = subject
    const sha256 = await store.put(Buffer.from('gone tomorrow'))
    const kept = await store.put(Buffer.from('stays'))
    await store.remove(sha256)
    await store.remove(sha256)
    expect(await store.has(sha256)).toBe(false)
    expect(await store.has(kept)).toBe(true)
    await store.put(Buffer.from('gone tomorrow'))
    expect(await store.get(sha256)).toEqual(Buffer.from('gone tomorrow'))
  })

  test('says for good what is missing, damaged or no digest at all', async () => {
    const { store } = subject
    const bytes = randomBytes(1000)
    const gone = { name: 'PermanentFailure', code: 'storage' }
    expect(await store.has(digest(bytes))).toBe(false)
    await expect(store.get(digest(bytes))).rejects.toMatchObject(gone)
    await expect(store.get('../../../etc/passwd')).rejects.toMatchObject(gone)
    const sha256 = await store.put(bytes)
    await subject.damage(sha256)
    await expect(store.get(sha256)).rejects.toMatchObject({
      ...gone,
      message: expect.stringContaining('damaged'),
    })
  })
}
