import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import express from 'express'
import { onTestFinished } from 'vitest'
import { fingerprintOf, readMail } from '../../src/channels/mail/read-mail.ts'
import { type Config, configSchema } from '../../src/config/schema.ts'
import { openHeldMails } from '../../src/console/held-mails.ts'
import { openTicketReader } from '../../src/console/tickets.ts'
import type { TakeInDeps } from '../../src/intake/take-in.ts'
import { openLetterPreview } from '../../src/letter-preview.ts'
import { openLog } from '../../src/log.ts'
import { sandboxPage } from '../../src/sandbox/page/page.ts'
import type { Sandbox } from '../../src/sandbox/sandbox.ts'
import { type BlobStore, openBlobStore } from '../../src/store/blobs.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { takeInDepsOf } from '../../src/take-in-deps.ts'
import { cloneDatabase } from '../database.ts'
import { openWorld } from './world.ts'

export interface PageWorld {
  readonly origin: string
  readonly sandbox: Sandbox
  readonly db: Database
  readonly config: Config
  readonly blobs: BlobStore
  readonly takeInDeps: TakeInDeps
}

/** The page over a sandbox and a ledger of its own, as the gateway's HTTP server mounts it. */
export async function openPage(now?: () => Temporal.Instant): Promise<PageWorld> {
  const sandbox = await openWorld(undefined, now)
  const clone = await cloneDatabase()
  const db = openDatabase(clone.url, 2)
  const data = await mkdtemp(join(tmpdir(), 'page-'))
  const config = configSchema.parse({ ...sandbox.config, data })
  const blobs = await openBlobStore({ kind: 'files' }, data)
  const takeInDeps = takeInDepsOf(config, {
    database: db,
    now: now ?? Temporal.Now.instant,
    nudge: () => {},
    log: openLog('silent'),
  })
  const held = openHeldMails(takeInDeps, async rawSha256 => {
    const content = await readMail(await blobs.get(rawSha256))
    return { content, fingerprint: fingerprintOf(content, rawSha256) }
  })
  const app = express()
  app.get('/healthz', (_request, response) => response.send('alive'))
  const letters = await openLetterPreview({ database: db, config, now: now ?? Temporal.Now.instant })
  const tickets = openTicketReader(db)
  app.use(sandboxPage({ sandbox, config, held, letters, tickets, ...(now ? { now } : {}) }))
  app.get('/metrics', (_request, response) => response.send('figures'))
  const server = createServer(app)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
    await db.$disconnect()
    await clone.drop()
    await rm(data, { recursive: true })
  })
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return { origin: `http://127.0.0.1:${port}`, sandbox, db, config, blobs, takeInDeps }
}
