import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type FileKind, fileKinds } from '../../../src/desk/customers/customer-columns.ts'
import { readCustomerFiles } from '../../../src/desk/customers/customer-files.ts'
import { addContact } from '../../../src/intake/customers/add-contact.ts'
import { importCustomers } from '../../../src/intake/customers/import-customers.ts'
import { type Database, openDatabase } from '../../../src/store/database.ts'
import { cloneDatabase, type TestDatabase } from '../../database.ts'

let clone: TestDatabase
let database: Database
beforeAll(async () => {
  clone = await cloneDatabase()
  database = openDatabase(clone.url, 4)
})
afterAll(async () => {
  await database.$disconnect()
  await clone.drop()
})
beforeEach(async () => {
  for (const table of ['device', 'contract', 'contact', 'company'] as const)
    await database.$executeRawUnsafe(`delete from "${table}"`)
})

const names = {
  premium: { name: { de: 'Premium', en: 'Premium' } },
  standard: { name: { de: 'Wartung', en: 'Maintenance' } },
}
const folder = join(import.meta.dirname, '../../../examples/customers')
const examples = Object.fromEntries(
  fileKinds.map(kind => [kind, readFileSync(join(folder, `${kind}.csv`), 'utf8')]),
) as Record<FileKind, string>

async function bring(
  texts: Partial<Record<FileKind, string>>,
  wish: { dryRun?: boolean; replace?: boolean } = {},
) {
  const given = Object.fromEntries(
    Object.entries(texts).map(([kind, text]) => [
      kind,
      { name: `${kind}.csv`, bytes: new TextEncoder().encode(text) },
    ]),
  )
  const { files, faults } = readCustomerFiles(given, { country: 'DE', contracts: names })
  expect(faults).toEqual([])
  const imported = await importCustomers(database, files, { dryRun: false, replace: false, ...wish })
  const counts = Object.fromEntries(
    Object.entries(imported.differences).map(([kind, { fresh, changed, unchanged, missing }]) => [
      kind,
      [fresh.length, changed.length, unchanged.length, missing.length],
    ]),
  )
  return {
    counts,
    faults: imported.faults.map(({ file, line, column, problem }) => `${file} ${line} ${column}: ${problem}`),
  }
}

describe('an import', () => {
  it('brings the example files in, and changes nothing the second time', async () => {
    expect((await bring(examples)).counts).toEqual({
      companies: [3, 0, 0, 0],
      contacts: [5, 0, 0, 0],
      contracts: [2, 0, 0, 0],
      devices: [3, 0, 0, 0],
    })
    expect(await database.contactPoint.count()).toBe(10)
    expect((await bring(examples)).counts).toEqual({
      companies: [0, 0, 3, 0],
      contacts: [0, 0, 5, 0],
      contracts: [0, 0, 2, 0],
      devices: [0, 0, 3, 0],
    })
  })

  it('writes nothing when it is only tried', async () => {
    expect((await bring(examples, { dryRun: true })).counts).toMatchObject({ companies: [3, 0, 0, 0] })
    expect(await database.company.count()).toBe(0)
  })

  it('changes what a file has changed, under the same rows', async () => {
    await bring(examples)
    const before = await database.device.findUniqueOrThrow({ where: { serialKey: 'PR0815' } })
    await database.company.updateMany({
      where: { number: 'K-1001' },
      data: { detail: { language: 'de', agent: 'anna' } },
    })
    const changed = {
      companies: 'number,name,language\nK-1001,Nordlicht SE,en\n',
      contacts: 'customer number,name,email\nK-1001,Eva Sommer,eva.lang@nordlicht.example\n',
      contracts: 'number,company,kind,from,to\nWV-2041,K-1001,standard,2026-01-01,\n',
      devices: 'serial,product,company,contract\npr 0815,Printer P81,K-1001,WV-2041\n',
    }
    expect((await bring(changed)).counts).toEqual({
      companies: [0, 1, 0, 2],
      contacts: [0, 1, 0, 4],
      contracts: [0, 1, 0, 1],
      devices: [0, 1, 0, 2],
    })
    expect(await database.company.findUniqueOrThrow({ where: { number: 'K-1001' } })).toMatchObject({
      name: 'Nordlicht SE',
      detail: { language: 'en', agent: 'anna' },
    })
    expect(
      await database.contact.findFirstOrThrow({ where: { name: 'Eva Sommer' }, include: { points: true } }),
    ).toMatchObject({ points: [{ value: 'eva.lang@nordlicht.example' }] })
    expect(await database.contract.findUniqueOrThrow({ where: { number: 'WV-2041' } })).toMatchObject({
      kind: 'standard',
      validTo: null,
    })
    expect(
      await database.device.findUniqueOrThrow({
        where: { serialKey: 'PR0815' },
        include: { contract: true },
      }),
    ).toMatchObject({
      id: before.id,
      product: 'Printer P81',
      contract: { number: 'WV-2041' },
      warrantyTo: null,
    })
    expect(await database.company.count()).toBe(3)
  })

  it('writes nothing at all where one row is not sound, and tells every fault', async () => {
    const { faults } = await bring({
      companies: 'number,name\nK-1,One\nK 1,Two\n',
      contracts: 'number,company,kind,from\nA,K-1,premium,2026-01-01\nB,K-9,premium,2026-01-01\n',
      devices: 'serial,product,company,contract\nS-1,X,K-1,C\nS1,X,,A\n',
    })
    expect(faults).toEqual([
      'companies.csv 3 number: the same as in line 2; keep one of the two',
      'devices.csv 3 serial number: the same as in line 2; keep one of the two',
      'contracts.csv 3 company: no company has the number "K-9"; add it to companies.csv, or correct it',
      'devices.csv 2 contract: no contract has the number "C"; add it to contracts.csv, or correct it',
    ])
    expect(await database.company.count()).toBe(0)
  })

  it('removes what the files do not have only when told so, and only what they speak of', async () => {
    await bring(examples)
    const one = { devices: 'serial,product\nPR-0815,Printer P80\n' }
    await bring(one)
    expect(await database.device.count()).toBe(3)
    await bring(one, { replace: true })
    expect(await database.device.count()).toBe(1)
    expect(await database.company.count()).toBe(3)
  })

  it('does not remove a company under its contracts', async () => {
    await bring(examples)
    const { faults } = await bring(
      { companies: 'number,name\nK-1001,Nordlicht Logistik GmbH\n' },
      { replace: true },
    )
    expect(faults).toEqual([
      expect.stringContaining('it leaves out Weserwerk AG (K-1002), which has the contract WV-1877'),
    ])
    expect(await database.company.count()).toBe(3)
  })
})

describe('a contact added by hand', () => {
  it('keeps what is known of the person', async () => {
    await bring(examples)
    const row = {
      file: 'the contact',
      line: 2,
      company: 'K-1001',
      name: 'eva lang',
      language: null,
      addresses: ['eva@home.example'],
      phones: [],
    }
    const { differences, faults } = await addContact(database, row)
    expect(faults).toEqual([])
    expect(differences.contacts?.changed).toMatchObject([
      {
        language: 'de',
        addresses: ['eva.lang@nordlicht.example', 'eva@home.example'],
        phones: ['+491713920099', '+494066969900'],
      },
    ])
    expect(await database.contact.count()).toBe(5)
  })
})
