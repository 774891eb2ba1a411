import { join } from 'node:path'
import type { ExampleCustomer } from '../config/example-mails.ts'
import { type Account, Accounts, password } from './accounts.ts'
import { deskAccounts, deskInSandbox, type SandboxDesk } from './desk-in-sandbox.ts'
import { loopback } from './listen.ts'
import { type MailboxServer, startMailboxServer } from './mailbox-server.ts'
import { type SandboxConfig, type SandboxPhone, sandboxConfig } from './sandbox-config.ts'
import { openSandboxTelephone, type SandboxTelephone } from './sandbox-telephone.ts'
import { startSmtpServer } from './smtp-server.ts'

/**
 * The world that `npm start` opens where nothing is configured: a mail server with a desk, an agent and customers,
 * and a telephone network. The gateway connects to both like to any other. Mails survive a restart in `folder`.
 */
export interface SandboxOptions {
  readonly folder: string
  /** 1143 unless said otherwise; a free port where it is taken, so ask the result. */
  readonly imapPort?: number
  readonly smtpPort?: number
  readonly now?: () => Temporal.Instant
  /** Where the gateway listens: without it, there is no telephone. */
  readonly gatewayUrl?: string
  /** How many seconds pass for the telephones in one second: 1 unless a test is in a hurry. */
  readonly telephoneSpeed?: number
  /** The desk that is played, in the place of an invented company's. */
  readonly desk?: SandboxDesk
}

export interface Sandbox {
  readonly imap: { readonly host: string; readonly port: number }
  readonly smtp: { readonly host: string; readonly port: number }
  /** Who there was from the beginning; `world.list()` also has those who came later. */
  readonly accounts: readonly Account[]
  /** Customers of the desk that is played; none where it is an invented company's. */
  readonly customers: readonly ExampleCustomer[]
  /** For `configSchema`: how the gateway reaches this world. */
  readonly config: SandboxConfig
  /** The accounts with their folders, for the page. */
  readonly world: Accounts
  readonly mailboxes: MailboxServer
  /** Left out where nobody said where the gateway listens. */
  readonly telephone?: SandboxTelephone
  stop(): Promise<void>
}

export async function startSandbox({
  folder,
  imapPort = 1143,
  smtpPort = 1025,
  now = Temporal.Now.instant,
  gatewayUrl,
  telephoneSpeed = 1,
  desk,
}: SandboxOptions): Promise<Sandbox> {
  const started: { stop(): Promise<unknown> }[] = []
  const stop = async () => {
    for (const part of started.splice(0).toReversed()) await part.stop()
  }
  try {
    const world = new Accounts(join(folder, 'mail'), now, desk && deskAccounts(desk, password))
    const mailboxes = await startMailboxServer(world, imapPort, now)
    started.push(mailboxes)
    const smtp = await startSmtpServer(world, mailboxes, smtpPort, now)
    started.push(smtp)
    const ports = { host: loopback, imapPort: mailboxes.port, smtpPort: smtp.port }
    const customers = desk?.customers ?? []
    const configure = (phone?: SandboxPhone) =>
      desk
        ? deskInSandbox(desk.config, folder, ports, password, phone)
        : sandboxConfig(folder, world, ports, phone)
    const opened = gatewayUrl
      ? await openSandboxTelephone({ folder, gatewayUrl, now, speed: telephoneSpeed, customers }, configure)
      : undefined
    if (opened) started.push(opened.telephone)
    return {
      imap: { host: loopback, port: mailboxes.port },
      smtp: { host: loopback, port: smtp.port },
      config: opened?.config ?? configure(),
      accounts: world.list(),
      ...{ world, mailboxes, customers },
      ...(opened ? { telephone: opened.telephone } : {}),
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}
