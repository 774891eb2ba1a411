import { createServer } from 'node:http'
import express from 'express'
import { onTestFinished } from 'vitest'
import { openTicketReader } from '../../src/console/tickets.ts'
import { sandboxPage } from '../../src/sandbox/page/page.ts'
import type { Sandbox } from '../../src/sandbox/sandbox.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { cloneDatabase } from '../database.ts'
import { openWorld } from './world.ts'

export interface PageWorld {
  readonly origin: string
  readonly sandbox: Sandbox
  readonly db: Database
}

/** The page over a sandbox and a ledger of its own, as the gateway's HTTP server mounts it. */
export async function openPage(now?: () => Temporal.Instant): Promise<PageWorld> {
  const sandbox = await openWorld(undefined, now)
  const clone = await cloneDatabase()
  const db = openDatabase(clone.url, 2)
  const app = express()
  app.get('/healthz', (_request, response) => response.send('alive'))
  app.use(sandboxPage({ sandbox, tickets: openTicketReader(db), ...(now ? { now } : {}) }))
  app.get('/metrics', (_request, response) => response.send('figures'))
  const server = createServer(app)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
    await db.$disconnect()
    await clone.drop()
  })
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return { origin: `http://127.0.0.1:${port}`, sandbox, db }
}
