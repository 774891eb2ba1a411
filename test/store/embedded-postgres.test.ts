import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DataFolderHeld, lockDataFolder } from '../../src/store/data-folder-lock.ts'
import { borrowEmbeddedPostgres, startEmbeddedPostgres } from '../../src/store/embedded-postgres.ts'
import { findPostmaster } from '../../src/store/postmaster.ts'
import { clearScratch, eventually, query, scratchFolder } from './scratch.ts'

interface Holder {
  readonly process: ChildProcess
  readonly url: string
  readonly pid: number
}

async function startHolder(dataFolder: string): Promise<Holder> {
  const program = join(import.meta.dirname, 'embedded-holder.ts')
  const child = spawn(process.execPath, [program, dataFolder], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(child.stdout, 'data')
  return { process: child, ...JSON.parse(String(line)) }
}

async function kill(holder: Holder): Promise<void> {
  const gone = once(holder.process, 'exit')
  holder.process.kill('SIGKILL')
  await gone
}

describe('the embedded PostgreSQL', () => {
  let dataFolder: string
  let cluster: string

  beforeEach(() => {
    dataFolder = scratchFolder()
    cluster = join(dataFolder, 'postgres', 'cluster')
  })
  afterEach(() => clearScratch(dataFolder))

  test('keeps its data and its port from start to start, and says what it does', async () => {
    const steps: string[] = []
    const first = await startEmbeddedPostgres({ dataFolder, onStep: step => steps.push(step) })
    expect(steps).toEqual(['Creating the database', 'Starting PostgreSQL'])
    expect(first.adopted).toBe(false)
    await query(first.url, 'create table kept (id int)', 'insert into kept values (7)')
    await first.stop()
    expect(await findPostmaster(cluster)).toBeUndefined()
    const second = await startEmbeddedPostgres({ dataFolder })
    expect(second.url).toBe(first.url)
    expect(await query(second.url, 'select id from kept')).toEqual([{ id: 7 }])
    await second.stop()
  })

  test('is made for mail in any language, checks its pages and lets nobody in without the password', async () => {
    const server = await startEmbeddedPostgres({ dataFolder })
    const sql = `select current_setting('server_encoding') as encoding, current_setting('data_checksums') as checksums,
      current_setting('listen_addresses') as listens, current_setting('unix_socket_directories') as sockets,
      lower('ÄÖÜ') as lower`
    expect(await query(server.url, sql)).toEqual([
      { encoding: 'UTF8', checksums: 'on', listens: '127.0.0.1', sockets: '', lower: 'äöü' },
    ])
    await expect(query(server.url.replace(/:[0-9a-f]{48}@/, ':wrong@'), 'select 1')).rejects.toMatchObject({
      code: '28P01',
    })
    expect((await stat(join(dataFolder, 'postgres', 'access.json'))).mode & 0o777).toBe(0o600)
    expect((await readdir(join(dataFolder, 'postgres'))).filter(name => name.includes('unfinished'))).toEqual(
      [],
    )
    await server.stop()
  })

  test('outlives a killed gateway and is adopted by the next', async () => {
    const holder = await startHolder(dataFolder)
    await query(holder.url, 'create table kept (id int)')
    await kill(holder)
    const adopted = await startEmbeddedPostgres({ dataFolder })
    expect(adopted).toMatchObject({ adopted: true, pid: holder.pid, url: holder.url })
    await query(adopted.url, 'select id from kept')
    await adopted.stop()
    expect(await findPostmaster(cluster)).toBeUndefined()
  })

  test('recovers what was committed when gateway and server are both killed', async () => {
    const holder = await startHolder(dataFolder)
    await query(holder.url, 'create table kept (id int)', 'insert into kept select generate_series(1, 1000)')
    await kill(holder)
    process.kill(holder.pid, 'SIGKILL')
    await eventually(async () => (await findPostmaster(cluster)) === undefined)
    const server = await startEmbeddedPostgres({ dataFolder })
    expect(server.adopted).toBe(false)
    expect(await query(server.url, 'select count(*)::int as count from kept')).toEqual([{ count: 1000 }])
    await server.stop()
  })

  test('is started again on the same port when it dies under a running gateway', async () => {
    const server = await startEmbeddedPostgres({ dataFolder })
    await query(server.url, 'create table kept (id int)')
    const before = server.pid
    process.kill(before, 'SIGKILL')
    await eventually(() =>
      query(server.url, 'select id from kept').then(
        () => true,
        () => false,
      ),
    )
    expect(server.pid).not.toBe(before)
    await server.stop()
    expect(await findPostmaster(cluster)).toBeUndefined()
  })

  test('does not take a stranger with the process id of its dead server for itself', async () => {
    const first = await startEmbeddedPostgres({ dataFolder })
    const pidFile = await readFile(join(cluster, 'postmaster.pid'), 'utf8')
    await first.stop()
    await writeFile(join(cluster, 'postmaster.pid'), pidFile.replace(/^\d+/, String(process.pid)))
    const second = await startEmbeddedPostgres({ dataFolder })
    expect(second.adopted).toBe(false)
    await query(second.url, 'select 1')
    await second.stop()
  })

  test('throws away a cluster whose making was interrupted, and makes it again', async () => {
    await (await startEmbeddedPostgres({ dataFolder })).stop()
    await rename(cluster, `${cluster}.unfinished`)
    const steps: string[] = []
    const server = await startEmbeddedPostgres({ dataFolder, onStep: step => steps.push(step) })
    expect(steps).toContain('Creating the database')
    await query(server.url, 'select 1')
    expect(await readdir(join(dataFolder, 'postgres'))).not.toContain('cluster.unfinished')
    await server.stop()
  })
})

describe('the data folder', () => {
  let dataFolder: string
  beforeEach(() => {
    dataFolder = scratchFolder()
  })
  afterEach(() => clearScratch(dataFolder))

  test('belongs to one process, which is named, until it lets go', async () => {
    const lock = await lockDataFolder(dataFolder)
    await expect(lockDataFolder(dataFolder)).rejects.toThrow(DataFolderHeld)
    await expect(lockDataFolder(dataFolder)).rejects.toThrow(
      new RegExp(`process ${process.pid} has held it since 20`),
    )
    await lock.release()
    await (await lockDataFolder(dataFolder)).release()
  })

  test('of a killed process is free at once', async () => {
    const holder = await startHolder(dataFolder)
    await expect(lockDataFolder(dataFolder)).rejects.toThrow(`process ${holder.process.pid} has held it`)
    await kill(holder)
    await (await lockDataFolder(dataFolder)).release()
  })

  test('lends its database to a command: the running one, left running, or one of its own, stopped again', async () => {
    const cluster = join(dataFolder, 'postgres', 'cluster')
    const alone = await borrowEmbeddedPostgres(dataFolder)
    await query(alone.url, 'create table kept (id int)')
    await expect(lockDataFolder(dataFolder)).rejects.toThrow(DataFolderHeld)
    await alone.close()
    expect(await findPostmaster(cluster)).toBeUndefined()
    const holder = await startHolder(dataFolder)
    const beside = await borrowEmbeddedPostgres(dataFolder)
    await query(beside.url, 'select id from kept')
    await beside.close()
    expect(await findPostmaster(cluster)).toMatchObject({ pid: holder.pid })
    await kill(holder)
  })
})
