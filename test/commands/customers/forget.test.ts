import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { stringify } from 'yaml'
import { runForget } from '../../../src/commands/customers/forget.ts'
import { findPlace, type Place } from '../../../src/commands/with-database.ts'
import { takeIn } from '../../../src/intake/take-in.ts'
import { bringIn, contracts } from '../../intake/customers/bring-in.ts'
import { arrival, deskConfig, openDesk, type TestDesk } from '../../intake/desk.ts'
import { runCli } from '../run-cli.ts'

let folder: string
let desk: TestDesk
let place: Place
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forget-'))
  desk = await openDesk()
  const [{ url } = { url: '' }] = await desk.database.$queryRaw<
    { url: string }[]
  >`select current_database() as url`
  const address = new URL(inject('databaseServer'))
  address.pathname = `/${url}`
  const { support } = deskConfig.mailboxes
  const config = {
    ...deskConfig,
    ...{ contracts, mailboxes: { support }, database: { url: address.href }, data: join(folder, 'data') },
  }
  const file = join(folder, 'gateway.yaml')
  await writeFile(file, stringify(config))
  place = await findPlace(file)
  if (!place.config) throw new Error('the configuration was not read')
  await bringIn(desk.database, place.config)
})
afterAll(async () => {
  await desk.close()
  await rm(folder, { recursive: true })
})

const gateway = (...args: readonly string[]) => runCli(args, { cwd: folder })
const no = { yes: false, force: false }

describe('gateway customers forget', () => {
  it('only tells what would be erased until it is told to do it, and then has nothing left', async () => {
    const tried = await gateway('customers', 'forget', 'lena.voss@example.org')
    expect(tried).toMatchObject({ code: 0, stderr: '' })
    expect(tried.stdout).toContain('Nothing was written. This would be erased:')
    expect(tried.stdout).toMatch(/contacts +1\n/)
    expect(await desk.database.contact.count()).toBe(5)
    const done = await gateway('customers', 'forget', 'lena.voss@example.org', '--yes', '--json')
    expect(JSON.parse(done.stdout)).toMatchObject({ contacts: 1, reachedBy: 1, written: true })
    expect(await desk.database.contact.count()).toBe(4)
    const again = await runForget(place, 'lena.voss@example.org', { ...no, yes: true })
    expect(again.text).toContain('Nothing in the ledger belongs to this person')
  })

  it('says why it forgets nobody', async () => {
    await takeIn(desk.deps, [
      arrival(1, {
        from: { name: 'Grace', address: 'grace@harbour.example' },
        subject: 'Printer',
        text: 'Dead.',
      }),
    ])
    await expect(runForget(place, 'grace@harbour.example', no)).rejects.toThrow(/under way|still running/)
    await expect(runForget(place, '040 66969900', no)).rejects.toThrow(/name the one by its id/)
    await expect(runForget(place, 'ab', no)).rejects.toThrow(/three characters/)
    const [agent] = Object.values(deskConfig.agents)
    await expect(runForget(place, agent?.addresses[0] ?? '', no)).rejects.toThrow(/agent or an address/)
    expect((await runForget(place, 'Niemand Nirgends', no)).text).toContain('Nobody in the books')
    await expect(runForget({ ...place, config: undefined }, 'x@y.example', no)).rejects.toThrow('--config')
  })
})

describe('gateway customers import', () => {
  it('names what is not there', async () => {
    const { code, stderr } = await gateway('customers', 'import', '/nowhere')
    expect(code).toBe(1)
    expect(stderr).toBe('There is no file or folder "/nowhere"; nothing was written.\n')
    const below = await gateway('customers', 'import', 'gateway.yaml/companies.csv')
    expect(below.stderr).toContain('There is no file or folder "gateway.yaml/companies.csv"')
  })
})

describe('gateway web sign-in', () => {
  it('prints a link for an agent, by key or address', async () => {
    const [[key, agent] = ['', undefined]] = Object.entries(deskConfig.agents)
    for (const name of [key, agent?.addresses[0]?.toUpperCase() ?? '']) {
      const { code, stdout } = await gateway('web', 'sign-in', name)
      expect(code).toBe(0)
      expect(stdout).toMatch(/^https?:\/\/\S+\/desk\/sign-in\/[a-z0-9]+-[a-z0-9]{12}\n/)
      expect(stdout).toContain(`Signs in ${agent?.name}`)
    }
  })

  it('says who there is where nobody is meant', async () => {
    const { code, stderr } = await gateway('web', 'sign-in', 'nobody')
    expect(code).toBe(1)
    expect(stderr).toContain('No agent has the key or address "nobody"; there are ')
  })
})
