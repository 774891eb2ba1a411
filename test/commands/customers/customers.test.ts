import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { stringify } from 'yaml'
import { runImport } from '../../../src/commands/customers/import.ts'
import { newContact, showCustomer, showCustomers, showDevice } from '../../../src/commands/customers/show.ts'
import { showTicket } from '../../../src/commands/ticket/ticket-show.ts'
import { findPlace, type Place } from '../../../src/commands/with-database.ts'
import { takeIn } from '../../../src/intake/take-in.ts'
import { contracts } from '../../intake/customers/bring-in.ts'
import { arrival, deskConfig, openDesk, type TestDesk } from '../../intake/desk.ts'
import { runCli } from '../run-cli.ts'

const examples = join(import.meta.dirname, '../../../examples/customers')
const wish = { dryRun: false, replace: false }
let folder: string
let desk: TestDesk
let place: Place
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'customers-'))
  desk = await openDesk()
  const [{ url } = { url: '' }] = await desk.database.$queryRaw<
    { url: string }[]
  >`select current_database() as url`
  const { support } = deskConfig.mailboxes
  const address = new URL(inject('databaseServer'))
  address.pathname = `/${url}`
  const config = { ...deskConfig, contracts, mailboxes: { support }, database: { url: address.href } }
  const file = join(folder, 'gateway.yaml')
  await writeFile(file, stringify(config))
  place = await findPlace(file)
})
afterAll(async () => {
  await desk.close()
  await rm(folder, { recursive: true })
})

const gateway = (...args: readonly string[]) => runCli(args, { cwd: folder })

describe('gateway customers', () => {
  it('tries an import on the command line, and writes nothing', async () => {
    const tried = await gateway('customers', 'import', examples, '--dry-run')
    expect(tried).toMatchObject({ code: 0, stderr: '' })
    expect(tried.stdout).toContain('Nothing was written (--dry-run)')
    expect(tried.stdout).toMatch(/contacts +5 +0 +0 +0\n/)
    expect((await showCustomers(place)).text).toContain('No company is in the books')
  })

  it('imports, and shows what is in the books then', async () => {
    expect((await runImport(place, [examples], wish)).text).toContain('✓ imported')
    expect((await showCustomers(place)).text).toMatch(/K-1001 +Nordlicht Logistik GmbH +2 +1 +1 +0\n/)
    for (const words of ['k-1001', 'nordlicht', 'Eva.Lang@nordlicht.example', '0171 3920099', 'eva lang']) {
      const { text } = await showCustomer(place, words)
      expect(text, words).toContain('Nordlicht Logistik GmbH (K-1001)\n')
      expect(text).toContain('WV-2041 premium, from 2026-01-01 to 2026-12-31')
    }
    expect((await showCustomer(place, 'lena.voss@example.org')).text).toContain('Private customer\n')
    expect((await showDevice(place, 'wx 47I1 a')).text).toContain('Waage X200, serial number WX-4711-A')
    expect((await showDevice(place, 'PR-0815')).data).toMatchObject([
      { company: 'Harbour & Sons Ltd', warrantyTo: '2027-09-30' },
    ])
    await expect(showCustomer(place, 'nobody')).rejects.toThrow(
      'Nobody in the books is called or reached by "nobody".',
    )
    await expect(showDevice(place, 'S-1')).rejects.toThrow(
      'No device in the books has the serial number "S-1".',
    )
  })

  it('shows company, contract and device with the ticket', async () => {
    const text = 'Defekt. Seriennummer: WX-4711-A'
    const from = { address: 'eva.lang@nordlicht.example', name: 'Eva Lang' }
    const [taken] = await takeIn(desk.deps, [arrival(1, { from, text, replyText: text })])
    const shown = await showTicket(place, taken?.ticketNumber ?? '', false)
    expect(shown.text).toMatch(/in the books +Nordlicht Logistik GmbH \(K-1001\), Eva Lang\n/)
    expect(shown.text).toMatch(/contract +WV-2041 premium, from 2026-01-01 to 2026-12-31\n/)
    expect(shown.text).toMatch(/device +Waage X200, WX-4711-A, warranty to 2027-03-31\n/)
    expect(shown.data).toMatchObject({ books: { companyNumber: 'K-1001' } })
  })

  it('adds a contact as a line of the file would be', async () => {
    const eva = { company: 'K-1001', name: 'Eva "L" Lang', address: ['e@x.example'], phone: ['0171 3920100'] }
    expect((await newContact(place, eva)).text).toBe('✓ Eva "L" Lang is in the books now')
    expect((await newContact(place, eva)).text).toBe('✓ Eva "L" Lang was there already')
    const address = ['x']
    await expect(newContact(place, { company: 'K-9', name: 'X', address })).rejects.toThrow(
      'Nothing was written:\n  --address: "x" is no e-mail address',
    )
    await expect(newContact(place, { ...eva, company: 'K-9' })).rejects.toThrow(
      '  --company: no company has the number "K-9"',
    )
  })

  it('tells every fault of every file, and writes nothing', async () => {
    const bad = join(folder, 'devices.csv')
    await writeFile(bad, 'serial,product,company,warranty\nS-1,X,K-9,soon\n')
    const { text, failed } = await runImport(place, [bad], wish)
    expect(failed).toBe(true)
    expect(text).toContain('2 faults; nothing was written:\n')
    expect(text).toContain('devices.csv, line 2, "warranty": "soon" is no day')
    expect(text).toContain('devices.csv, line 2, "company": no company has the number "K-9"')
    expect(await desk.database.device.count({ where: { serialKey: 'S1' } })).toBe(0)
  })

  it('refuses a file that is none of its own, and a folder without any', async () => {
    await expect(runImport(place, [join(folder, 'gateway.yaml')], wish)).rejects.toThrow(
      'gateway.yaml is none of the files',
    )
    await expect(runImport(place, [tmpdir()], wish)).rejects.toThrow('There is no companies.csv')
  })
})
