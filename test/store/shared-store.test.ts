import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { openDatabase } from '../../src/store/database.ts'
import { joinGateways } from '../../src/store/shared-store.ts'
import { cloneDatabase } from '../database.ts'

/** Gateways on one database share the place of raw mail, or the later one does not start. */

const files = { kind: 'files' } as const
const bucket = { kind: 's3', bucket: 'mail', prefix: '', region: 'eu-central-1' } as const

async function openWorld() {
  const { url, drop } = await cloneDatabase()
  const database = openDatabase(url, 2)
  const folder = await mkdtemp(join(tmpdir(), 'shared-store-'))
  onTestFinished(async () => {
    await database.$disconnect()
    await drop()
    await rm(folder, { recursive: true })
  })
  const start = async (name: string, storage: Parameters<typeof joinGateways>[2]['storage'] = files) => {
    const locks = await joinGateways(url, database, { storage, data: join(folder, name) })
    onTestFinished(() => locks.stop())
    return locks
  }
  return { folder, start }
}

it('gateways that share a folder, or a bucket, run beside each other', async () => {
  const { folder, start } = await openWorld()
  await Promise.all([start('common'), start('common'), start('common')])
  expect(await readdir(join(folder, 'common', 'raw'))).toEqual(['store-name'])
  const other = await openWorld()
  await Promise.all([other.start('one', bucket), other.start('two', bucket)])
})

it.each([
  ['another folder', files],
  ['a bucket', bucket],
])('a gateway with %s is refused while the other one runs, and says what to do', async (_name, storage) => {
  const { start } = await openWorld()
  const first = await start('common')
  await expect(start('own', storage)).rejects.toMatchObject({
    code: 'storage',
    message: expect.stringMatching(
      /^Another gateway on this database keeps its raw mail elsewhere.*Give both/s,
    ),
  })
  await start('common')
  await first.stop()
})

it('a gateway may take another folder once the last one on the database has ended', async () => {
  const { start } = await openWorld()
  const first = await start('common')
  await first.stop()
  await start('own')
  await expect(start('common')).rejects.toMatchObject({ code: 'storage' })
})
