import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { fingerprintOf, readMail } from '../../src/channels/mail/read-mail.ts'
import { configSchema } from '../../src/config/schema.ts'
import { openHeldMails } from '../../src/console/held-mails.ts'
import { openTicketReader } from '../../src/console/tickets.ts'
import { type Gateway, startGateway } from '../../src/gateway.ts'
import { appFor, openHttp } from '../../src/http.ts'
import { openLetterPreview } from '../../src/letter-preview.ts'
import { openLog } from '../../src/log.ts'
import { sandboxPage } from '../../src/sandbox/page/page.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts'
import type { SandboxTelephone } from '../../src/sandbox/sandbox-telephone.ts'
import { cloneDatabase } from '../database.ts'

export interface TelephoneWorld {
  readonly origin: string
  readonly gateway: Gateway
  readonly sandbox: Sandbox
  readonly telephone: SandboxTelephone
}

/** All that `npm start` opens, on free ports, as if it were `start` now, with telephones that run eight times as fast. */
export async function openTelephoneWorld(start: string, speed = 8): Promise<TelephoneWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'telephone-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const ahead = Temporal.Now.instant().until(Temporal.Instant.from(start))
  const now = () => Temporal.Now.instant().add(ahead)
  const clone = await cloneDatabase()
  onTestFinished(() => clone.drop())
  const http = await openHttp('127.0.0.1', 0, true)
  onTestFinished(() => http.stop())
  const sandbox = await startSandbox({
    ...{ folder: join(folder, 'world'), imapPort: 0, smtpPort: 0, now },
    gatewayUrl: http.url,
    telephoneSpeed: speed,
  })
  onTestFinished(() => sandbox.stop())
  const { telephone } = sandbox
  if (!telephone) throw new Error('the sandbox has no telephone')
  const config = configSchema.parse({
    ...sandbox.config,
    data: join(folder, 'data'),
    database: { url: clone.url },
  })
  const log = openLog('silent')
  const gateway = await startGateway({ config, log, now, onStep: () => {} })
  onTestFinished(async () => {
    await http.stop()
    await gateway.stop()
  })
  const held = openHeldMails(gateway.takeInDeps, async rawSha256 => {
    const content = await readMail(await gateway.blobs.get(rawSha256))
    return { content, fingerprint: fingerprintOf(content, rawSha256) }
  })
  const tickets = openTicketReader(gateway.database)
  const letters = await openLetterPreview({ database: gateway.database, config, now })
  http.serve(appFor(gateway, now, log, sandboxPage({ sandbox, config, tickets, held, letters, now })))
  return { origin: http.url, gateway, sandbox, telephone }
}
