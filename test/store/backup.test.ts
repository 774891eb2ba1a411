import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { backup } from '../../src/store/backup.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/store/embedded-postgres.ts'
import { openFileBlobs } from '../../src/store/file-blobs.ts'
import { restore } from '../../src/store/restore.ts'
import { clearScratch, query, scratchFolder } from './scratch.ts'

describe('backup and restore', () => {
  let dataFolder: string
  let restored: string
  let to: string
  let server: EmbeddedPostgres

  beforeEach(async () => {
    dataFolder = scratchFolder()
    restored = scratchFolder()
    to = `${scratchFolder()} backup`
    server = await startEmbeddedPostgres({ dataFolder })
  })
  afterEach(async () => {
    await server.stop()
    await clearScratch(dataFolder)
    await clearScratch(restored)
    await rm(to, { recursive: true, force: true })
  })

  test('nothing committed before the end of the backup is missing, while writing goes on', async () => {
    await query(
      server.url,
      'create table mail (id int primary key, filler text)',
      "insert into mail select -i, repeat('x', 500) from generate_series(1, 20000) as i",
    )
    const writer = new pg.Client({ connectionString: server.url })
    await writer.connect()
    const writing = new AbortController()
    let committed = 0
    const writes = (async () => {
      while (!writing.signal.aborted) {
        await writer.query("insert into mail values ($1, repeat('y', 2000))", [committed + 1])
        await writer.query('update mail set filler = filler where id = $1', [-((committed % 20_000) + 1)])
        committed++
      }
    })()
    const blobs = await openFileBlobs(dataFolder)
    const sha256 = await blobs.put(Buffer.from('From: a\r\n\r\nGuten Tag'))
    const before = committed
    const report = await backup({ url: server.url, dataFolder, to })
    const atEnd = committed
    writing.abort()
    await writes
    await writer.end()
    expect(report).toEqual({ database: true, mails: 1 })
    expect(atEnd).toBeGreaterThan(before)
    expect(await query(server.url, 'select slot_name from pg_replication_slots')).toEqual([])

    expect(await restore({ from: to, dataFolder: restored })).toEqual(report)
    const copy = await startEmbeddedPostgres({ dataFolder: restored })
    const rows = await query(
      copy.url,
      'select count(*)::int as count, max(id) as last from mail where id > 0',
    )
    const [{ count, last } = {}] = rows
    expect(count).toBe(last)
    expect(last).toBeGreaterThan(before)
    expect(await query(copy.url, 'select count(*)::int as count from mail where id < 0')).toEqual([
      { count: 20_000 },
    ])
    expect((await (await openFileBlobs(restored)).get(sha256)).toString()).toContain('Guten Tag')
    await copy.stop()
  })

  test('a backup never overwrites, and one that fails leaves nothing behind', async () => {
    await mkdir(to)
    await expect(backup({ url: server.url, dataFolder, to })).rejects.toThrow('exists already')
    await rm(to, { recursive: true })
    await writeFile(join(dataFolder, 'raw'), 'not a folder')
    await expect(backup({ url: server.url, dataFolder, to })).rejects.toMatchObject({ code: 'ENOTDIR' })
    const left = (await readdir(dirname(to))).filter(name => name.startsWith(basename(to)))
    expect(left).toEqual([])
  })

  test('a database of somebody else is not ours to copy; raw mail is', async () => {
    const url = 'postgresql://gateway:secret@127.0.0.1:1/gateway'
    await expect(backup({ url, dataFolder, to })).rejects.toThrow(/pg_dump.*--raw-mail-only/)
    const blobs = await openFileBlobs(dataFolder)
    const sha256 = await blobs.put(Buffer.from('raw'))
    expect(await backup({ url, dataFolder, to, rawMailOnly: true })).toEqual({ database: false, mails: 1 })
    expect(await restore({ from: to, dataFolder: restored })).toEqual({ database: false, mails: 1 })
    expect((await (await openFileBlobs(restored)).get(sha256)).toString()).toBe('raw')
  })

  test('only a whole backup goes into only an empty folder', async () => {
    await backup({ url: server.url, dataFolder, to })
    await expect(restore({ from: to, dataFolder })).rejects.toThrow('is not empty')
    await expect(restore({ from: join(to, 'postgres'), dataFolder: restored })).rejects.toThrow(
      'not a complete backup',
    )
  })

  test('half a restore is not started', async () => {
    await mkdir(restored)
    await writeFile(join(restored, 'restore.unfinished'), '')
    await expect(startEmbeddedPostgres({ dataFolder: restored })).rejects.toThrow('was interrupted')
  })
})
