import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBlobStore } from '../../src/store/blobs.ts'
import { lockDataFolder } from '../../src/store/data-folder-lock.ts'
import { startEmbeddedPostgres } from '../../src/store/embedded-postgres.ts'
import { applyMigrations } from '../../src/store/migrate.ts'
import { soundConfig } from '../config/sound-config.ts'
import { runCli } from './run-cli.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'safekeeping-'))
  // PostgreSQL does not run as root: started by root it runs as another user, who must get to its folder.
  await chmod(folder, 0o755)
  await writeFile(join(folder, 'gateway.yaml'), soundConfig)
  await writeFile(join(folder, 'new.yaml'), `${soundConfig}data: ./new\n`)
})
afterAll(() => rm(folder, { recursive: true }))

const gateway = (...args: readonly string[]) => runCli(args, { cwd: folder })

it('copies a data folder and brings it back elsewhere', async () => {
  const data = join(folder, 'data')
  const lock = await lockDataFolder(data)
  const server = await startEmbeddedPostgres({ dataFolder: data, settings: { fsync: 'off' } })
  await applyMigrations(server.url)
  const hash = await (await openBlobStore({ kind: 'files' }, data)).put(Buffer.from('a mail'))
  expect(await gateway('backup', '--to', 'copy')).toMatchObject({
    code: 0,
    stdout: 'Written to copy: the database and 1 raw mail\n',
  })
  await server.stop()
  await lock.release()
  expect(await gateway('restore', '--from', 'copy', '--config', 'new.yaml')).toMatchObject({
    code: 0,
    stdout: `Brought back into ${join(folder, 'new')}: the database and 1 raw mail\n`,
  })
  expect(String(await (await openBlobStore({ kind: 'files' }, join(folder, 'new'))).get(hash))).toBe('a mail')
  expect(await gateway('quarantine', 'list', '--config', 'new.yaml')).toMatchObject({ code: 0 })
})

it('refuses to overwrite, in one sentence', async () => {
  expect(await gateway('backup', '--to', 'copy', '--raw-mail-only')).toMatchObject({
    code: 1,
    stderr: `${join(folder, 'copy')} exists already; name a new folder for the backup\n`,
  })
  expect(await gateway('restore', '--from', 'copy')).toMatchObject({
    code: 1,
    stderr: `${join(folder, 'data')} is not empty; restore into a new or empty folder\n`,
  })
  expect(await gateway('restore', '--from', '.', '--config', 'new.yaml')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('is not a complete backup'),
  })
})
