import { resolve } from 'node:path'
import { z } from 'zod'
import { fingerprintOf, readMail } from './channels/mail/read-mail.ts'
import { type ExampleDesk, loadExampleDesk } from './config/example-desks.ts'
import { loadExampleCustomers } from './config/example-mails.ts'
import { loadConfig, readFlags } from './config/load.ts'
import { type Config, configSchema } from './config/schema.ts'
import { importExampleBooksOnce } from './example-books.ts'
import { faultHook } from './fault-hook.ts'
import { type Gateway, startGateway } from './gateway.ts'
import { appFor, type HttpDoor, openHttp } from './http.ts'
import { openLog } from './log.ts'
import type { Sandbox } from './sandbox/sandbox.ts'
import { lockDataFolder } from './store/data-folder-lock.ts'

/** What runs after `npm start`, and how to end it. */
export interface Running {
  readonly gateway: Gateway
  readonly http: HttpDoor
  readonly sandbox: Sandbox | undefined
  stop(): Promise<void>
}

export interface StartOptions {
  /** Path of the configuration; else the environment or ./gateway.yaml, else the sandbox. */
  readonly configFile?: string | undefined
  /** Opens the sandbox with one of the example desks, whatever is configured. */
  readonly desk?: ExampleDesk | undefined
  /** A line for a person who watches. */
  readonly onStep: (what: string) => void
}

const sandboxData = './data'

/** Starts the gateway on its configuration, or, with none, the sandbox and a gateway that is connected to it. */
export async function start({ configFile, desk, onStep }: StartOptions): Promise<Running> {
  const loaded = desk ? 'sandbox' : await loadConfig({ file: configFile })
  const data =
    loaded === 'sandbox' ? resolve(sandboxData, desk ? `desks/${desk}` : '') : resolve(loaded.config.data)
  const folder = await lockDataFolder(data)
  const started: { stop(): Promise<unknown> }[] = [{ stop: () => folder.release() }]
  const stop = async () => {
    for (const part of started.splice(0).toReversed()) await part.stop()
  }
  try {
    const { host, port } = loaded === 'sandbox' ? configSchema.shape.http.parse({}) : loaded.config.http
    const http = await openHttp(host, port, loaded === 'sandbox')
    started.push(http)
    const sandbox = loaded === 'sandbox' ? await openSandbox(data, http.url, desk, onStep) : undefined
    if (sandbox) started.push(sandbox)
    const config = loaded === 'sandbox' ? sandboxConfigOf(sandbox, data) : loaded.config
    const log = openLog(config.log.level)
    const now = () => Temporal.Now.instant()
    const gateway = await startGateway({ config, log, now, onStep, step: faultHook(readFlags().crashAt) })
    // Twice in the list: first of all to be stopped, so that nobody rings a gateway that is on its way out.
    started.push(gateway, http)
    if (desk) await importExampleBooksOnce(gateway.database, desk, config)
    http.serve(appFor(gateway, now, log, sandbox && (await sandboxPages(sandbox, gateway, now))))
    return { gateway, http, sandbox, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Loaded on demand: a gateway that runs for real needs none of it. */
async function openSandbox(
  data: string,
  gatewayUrl: string,
  name: ExampleDesk | undefined,
  onStep: (what: string) => void,
): Promise<Sandbox> {
  onStep(name ? `Opening the sandbox with the desk ${name}` : 'No configuration found: opening the sandbox')
  const desk = name && {
    config: await loadExampleDesk(name),
    customers: await loadExampleCustomers(name),
  }
  const { startSandbox } = await import('./sandbox/sandbox.ts')
  return startSandbox({ folder: resolve(data, 'sandbox'), gatewayUrl, ...(desk ? { desk } : {}) })
}

function sandboxConfigOf(sandbox: Sandbox | undefined, data: string): Config {
  if (!sandbox) throw new Error('the sandbox was not opened')
  const result = configSchema.safeParse({ ...sandbox.config, data })
  if (!result.success)
    throw new Error(`the sandbox's configuration is wrong: ${z.prettifyError(result.error)}`)
  return result.data
}

async function sandboxPages(sandbox: Sandbox, gateway: Gateway, now: () => Temporal.Instant) {
  const { database, blobs, takeInDeps, config } = gateway
  const [{ sandboxPage }, { openTicketReader }, { openHeldMails }, { openLetterPreview }] = await Promise.all(
    [
      import('./sandbox/page/page.ts'),
      import('./console/tickets.ts'),
      import('./console/held-mails.ts'),
      import('./letter-preview.ts'),
    ],
  )
  const held = openHeldMails(takeInDeps, async rawSha256 => {
    const content = await readMail(await blobs.get(rawSha256))
    return { content, fingerprint: fingerprintOf(content, rawSha256) }
  })
  const letters = await openLetterPreview({ database, config, now })
  return sandboxPage({ sandbox, config, tickets: openTicketReader(database), held, letters, now })
}
