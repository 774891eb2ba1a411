import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { readWebhookLoad } from '../../../src/intake/webhooks/webhook-load.ts'
import { type Database, openDatabase } from '../../../src/store/database.ts'
import { cloneDatabase, type TestDatabase } from '../../database.ts'
import { deskConfig } from '../../intake/desk.ts'
import { runCli } from '../run-cli.ts'

let folder: string
let clone: TestDatabase
let database: Database
let file: string
const stuck = '11111111-0000-4000-8000-000000000001'
const fine = '22222222-0000-4000-8000-000000000002'
const at = new Date('2026-11-20T09:00:00Z')

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'webhooks-'))
  clone = await cloneDatabase()
  database = openDatabase(clone.url, 2)
  const { support } = deskConfig.mailboxes
  const client = { name: 'CRM', token: 'x'.repeat(40), may: ['subscribe'], mailbox: 'support' }
  const place = { mailboxes: { support }, database: { url: clone.url }, data: join(folder, 'data') }
  file = join(folder, 'gateway.yaml')
  await writeFile(file, stringify({ ...deskConfig, ...place, api: { clients: { crm: client } } }))
  const endpoint = { client: 'crm', types: ['ticket.opened'], entryKinds: ['call'], createdAt: at }
  await database.webhookEndpoint.createMany({
    data: [
      { ...endpoint, id: stuck, url: 'https://crm.example.com/a', state: 'paused', failingSince: at },
      { ...endpoint, id: fine, url: 'https://crm.example.com/b', state: 'active' },
    ],
  })
  const delivery = { endpointId: stuck, createdAt: at, wakeAt: at, tries: 17, result: '500 Internal' }
  const rows = (['queued', 'failed', 'delivered'] as const).map(state => ({
    ...{ ...delivery, id: randomUUID(), entryId: randomUUID(), state },
  }))
  await database.webhookDelivery.createMany({ data: rows })
}, 120_000)

afterAll(async () => {
  await database.$disconnect()
  await clone.drop()
  await rm(folder, { recursive: true })
})

const cli = (...args: readonly string[]) => runCli(['webhooks', ...args, '--config', file])

it('lists which endpoint is stuck first, and why', async () => {
  const { stdout, stderr } = await cli('list')
  expect(stderr).toBe('')
  expect(stdout.indexOf(stuck)).toBeLessThan(stdout.indexOf(fine))
  expect(stdout).toMatch(/CRM: https:\/\/crm\.example\.com\/a\n {2}PAUSED by the gateway, failing since/)
  expect(stdout).toContain('1 waiting')
  expect(stdout).toContain('last answer: 500 Internal')
  expect(stdout).toContain('1 given up')
  const { stdout: shown } = await cli('show', '1111', '--json')
  expect(JSON.parse(shown)).toMatchObject({ id: stuck, state: 'paused', deliveries: [{}, {}, {}] })
})

it('tells a scraper how many events wait, and which endpoints are paused', async () => {
  const load = await readWebhookLoad(database, Temporal.Instant.from('2026-11-20T10:00:00Z'))
  expect(load).toEqual({
    ...{ active: 1, pausedByFailures: 1, pausedByOwner: 0, waiting: 0, waitingPaused: 1, oldestSeconds: 0 },
  })
})

it('sends events again, sets a webhook going, stops it and drops it', async () => {
  expect((await cli('replay', '1111', '--since', 'yesterday')).stderr).toContain('--since is a moment')
  const again = await cli('replay', '1111', '--since', '2026-11-20T00:00Z')
  expect(again.stdout).toContain('1 event is sent again. It is paused')
  expect((await cli('resume', '1111')).stdout).toContain('It is active. 2 events are waiting.')
  const row = await database.webhookEndpoint.findUniqueOrThrow({ where: { id: stuck } })
  expect(row).toMatchObject({ state: 'active', failingSince: null })
  expect((await cli('pause', '2222')).stdout).toContain('It is paused.')
  expect((await cli('list')).stdout).toContain('paused by its owner')
  expect((await cli('delete', '1111')).stdout).toContain('It is deleted')
  expect(await database.webhookDelivery.count()).toBe(0)
  expect((await cli('show', '1111')).stderr).toContain('There is no webhook 1111')
  expect((await cli('show', "x' or 1=1")).stderr).toContain('is no id')
})
