import { createServer } from 'node:http'
import express from 'express'
import { expect, onTestFinished, test } from 'vitest'
import { exampleDesks, loadExampleDesk } from '../../src/config/example-desks.ts'
import { loadExampleCustomers } from '../../src/config/example-mails.ts'
import { configSchema } from '../../src/config/schema.ts'
import { openHeldMails } from '../../src/console/held-mails.ts'
import { openTicketReader } from '../../src/console/tickets.ts'
import { importExampleBooksOnce } from '../../src/example-books.ts'
import { openLetterPreview } from '../../src/letter-preview.ts'
import { openLog } from '../../src/log.ts'
import { sandboxPage } from '../../src/sandbox/page/page.ts'
import { startSandbox } from '../../src/sandbox/sandbox.ts'
import { openDatabase } from '../../src/store/database.ts'
import { takeInDepsOf } from '../../src/take-in-deps.ts'
import { welcome } from '../../src/welcome.ts'
import { cloneDatabase } from '../database.ts'
import { freshFolder } from './world.ts'

type DeskName = (typeof exampleDesks)[number]

async function openDatabaseHere() {
  const clone = await cloneDatabase()
  const database = openDatabase(clone.url, 2)
  onTestFinished(async () => {
    await database.$disconnect()
    await clone.drop()
  })
  return database
}

/** The pages of the sandbox with that desk, and what the terminal says. */
async function openExample(name: DeskName) {
  const folder = freshFolder()
  const desk = { config: await loadExampleDesk(name), customers: await loadExampleCustomers(name) }
  const sandbox = await startSandbox({ folder, imapPort: 0, smtpPort: 0, desk })
  onTestFinished(() => sandbox.stop())
  const config = configSchema.parse({ ...sandbox.config, data: folder })
  const database = await openDatabaseHere()
  const now = Temporal.Now.instant
  const deps = takeInDepsOf(config, { database, now, nudge: () => {}, log: openLog('silent') })
  const held = openHeldMails(deps, async () => {
    throw new Error('nothing is held')
  })
  const letters = await openLetterPreview({ database, config, now })
  const app = express()
  app.use(sandboxPage({ sandbox, config, held, letters, tickets: openTicketReader(database), now }))
  const server = createServer(app)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
  })
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  const running = { gateway: { config }, http: { url }, sandbox } as unknown as Parameters<typeof welcome>[0]
  return { url, desk, config, said: welcome(running) }
}

test.each(exampleDesks)('%s opens with its own people and their mails, and with nobody else', async name => {
  const { url, desk, config, said } = await openExample(name)
  const page = await (await fetch(`${url}/`)).text()
  const [first] = desk.customers
  for (const customer of desk.customers) expect(page).toContain(`customer=${customer.address}`)
  expect(page).toContain(first?.mails[0]?.subject)
  expect(page).toContain('in Berlin time.')
  const another = await (await fetch(`${url}/sandbox/customer/${first?.address}?example=1`)).text()
  expect(another).toContain(first?.mails[1]?.subject)
  expect(another).toContain(`value="${first?.mails[1]?.to}"`)
  for (const stranger of [
    'Nordlicht',
    'support@example.com',
    'jonas.brandt',
    'petra.lindner@example.org',
    'Whitfield',
  ]) {
    expect(page).not.toContain(stranger)
    expect(said).not.toContain(stranger)
  }
  const [agent = ''] = Object.keys(config.agents)
  expect(said).toContain(first?.name)
  expect(said).toContain(`--from ${first?.address} --to ${Object.values(config.mailboxes)[0]?.address}`)
  expect(said).toContain(`/sandbox/desk/${agent} `)
})

test('whose desk to open is one choice, however many agents there are', async () => {
  const { url, config } = await openExample('vs-moebel')
  const page = await (await fetch(`${url}/`)).text()
  const [choice = ''] = /<select id="desk-agent".*?<\/select>/s.exec(page) ?? []
  expect(choice.match(/<option/g)).toHaveLength(Object.keys(config.agents).length)
  expect(page).not.toContain('href="/sandbox/desk/')
  const opened = await fetch(`${url}/sandbox/desk?agent=jana`, { redirect: 'manual' })
  expect(opened.status).toBe(303)
  expect(opened.headers.get('location')).toMatch(/^\/desk\/sign-in\//)
  expect((await fetch(`${url}/sandbox/desk?agent=nobody`)).status).toBe(404)
  expect((await fetch(`${url}/sandbox/desk`)).status).toBe(404)
})

test('the books are brought in once: what was changed since stays changed', async () => {
  const database = await openDatabaseHere()
  const config = await loadExampleDesk('vs-moebel')
  await importExampleBooksOnce(database, 'vs-moebel', config)
  expect(await database.company.count()).toBe(5)
  const { id } = await database.company.findFirstOrThrow({ where: { name: 'Lindenschule Musterstadt' } })
  await database.company.update({ where: { id }, data: { name: 'Lindenschule am Park' } })
  await importExampleBooksOnce(database, 'vs-moebel', config)
  expect((await database.company.findUniqueOrThrow({ where: { id } })).name).toBe('Lindenschule am Park')
  expect(await database.company.count()).toBe(5)
})
