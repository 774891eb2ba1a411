import { join } from 'node:path'
import { type Account, Accounts } from './accounts.ts'
import { loopback } from './listen.ts'
import { type MailboxServer, startMailboxServer } from './mailbox-server.ts'
import { type SandboxConfig, sandboxConfig } from './sandbox-config.ts'
import { startSmtpServer } from './smtp-server.ts'

/**
 * The world that `npm start` opens where nothing is configured: a mail server with a desk, an agent and customers.
 * The gateway connects to it over IMAP and SMTP like to any other. Mails survive a restart in `folder`.
 */
export interface SandboxOptions {
  readonly folder: string
  /** 1143 unless said otherwise; a free port where it is taken, so ask the result. */
  readonly imapPort?: number
  readonly smtpPort?: number
  readonly now?: () => Temporal.Instant
}

export interface Sandbox {
  readonly imap: { readonly host: string; readonly port: number }
  readonly smtp: { readonly host: string; readonly port: number }
  /** Who there was from the beginning; `world.list()` also has those who came later. */
  readonly accounts: readonly Account[]
  /** For `configSchema`: how the gateway reaches this world. */
  readonly config: SandboxConfig
  /** The accounts with their folders, for the page. */
  readonly world: Accounts
  readonly mailboxes: MailboxServer
  stop(): Promise<void>
}

export async function startSandbox({
  folder,
  imapPort = 1143,
  smtpPort = 1025,
  now = Temporal.Now.instant,
}: SandboxOptions): Promise<Sandbox> {
  const world = new Accounts(join(folder, 'mail'), now)
  const mailboxes = await startMailboxServer(world, imapPort, now)
  const smtp = await startSmtpServer(world, mailboxes, smtpPort, now).catch(async (error: unknown) => {
    await mailboxes.stop()
    throw error
  })
  return {
    imap: { host: loopback, port: mailboxes.port },
    smtp: { host: loopback, port: smtp.port },
    accounts: world.list(),
    config: sandboxConfig(folder, world, { host: loopback, imapPort: mailboxes.port, smtpPort: smtp.port }),
    world,
    mailboxes,
    stop: async () => {
      await smtp.stop()
      await mailboxes.stop()
    },
  }
}
