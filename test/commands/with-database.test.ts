import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { lockDataFolder } from '../../src/store/data-folder-lock.ts'
import { startEmbeddedPostgres } from '../../src/store/embedded-postgres.ts'
import { applyMigrations } from '../../src/store/migrate.ts'
import { findPostmaster } from '../../src/store/postmaster.ts'
import { soundConfig } from '../config/sound-config.ts'
import { runCli } from './run-cli.ts'

let folder: string
let data: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'embedded-'))
  // PostgreSQL does not run as root: started by root it runs as another user, who must get to its folder.
  await chmod(folder, 0o755)
  data = join(folder, 'data')
  await writeFile(join(folder, 'gateway.yaml'), soundConfig)
})
afterAll(() => rm(folder, { recursive: true }))

const gateway = (...args: readonly string[]) => runCli(args, { cwd: folder })
const nothing = { code: 0, stdout: 'Nothing is in quarantine.\n' }

it('finds the ledger of the data folder, whoever runs it, and leaves it as it was', async () => {
  expect((await gateway('quarantine', 'list')).stderr).toBe(
    `There is no ledger below ${data} yet; start the gateway first, or name its configuration with --config.\n`,
  )
  const lock = await lockDataFolder(data)
  const server = await startEmbeddedPostgres({ dataFolder: data, settings: { fsync: 'off' } })
  expect((await gateway('quarantine', 'list')).stderr).toContain('does not have the tables of this version')
  await applyMigrations(server.url)
  expect(await gateway('quarantine', 'list')).toMatchObject(nothing)
  expect((await findPostmaster(join(data, 'postgres', 'cluster')))?.pid).toBe(server.pid)
  await server.stop()
  await lock.release()
  expect(await gateway('quarantine', 'list')).toMatchObject(nothing)
  expect(await findPostmaster(join(data, 'postgres', 'cluster'))).toBeUndefined()
})
