import type { ExampleCustomer } from '../config/example-mails.ts'
import type { Config } from '../config/schema.ts'
import type { Account } from './accounts.ts'
import {
  keptSecret,
  type SandboxConfig,
  type SandboxPhone,
  type SandboxPorts,
  telephoneAccount,
} from './sandbox-config.ts'

/** A desk as a company would run it, with the servers of the sandbox in the place of its own. */

export interface SandboxDesk {
  readonly config: Config
  /** Some of its customers, with mails that they might write. */
  readonly customers: readonly ExampleCustomer[]
}

/** Whoever belongs to the desk: its mailboxes, its agents and some customers, each with a mailbox here. */
export function deskAccounts({ config, customers }: SandboxDesk, password: string): readonly Account[] {
  const { mailboxes, agents } = config
  const desk = Object.entries(mailboxes).map(([key, { address, name, language }]) => ({
    ...{ address, password, name, language, user: key },
    role: 'support' as const,
  }))
  const people = Object.entries(agents).map(([key, { addresses, name, language }]) => ({
    ...{ address: addresses[0] ?? '', password, name, language, user: key },
    role: 'agent' as const,
  }))
  const inside = [...desk, ...people.filter(({ address }) => desk.every(one => one.address !== address))]
  const outside = customers.map(({ address, name, language }) => {
    const [first = ''] = address.split(/[.@]/)
    const user = inside.some(one => one.user === first) ? address : first
    return { address, password, name, language, user, role: 'customer' as const }
  })
  return [...inside, ...outside]
}

/** Without a telephone network there is no hotline either. */
export function deskInSandbox(
  desk: Config,
  folder: string,
  { host, imapPort, smtpPort }: SandboxPorts,
  password: string,
  phone?: SandboxPhone,
): SandboxConfig {
  const { phone: hotline, alarms, ...rest } = desk
  const { second: _, ...noSecondWay } = alarms
  const [first = ''] = Object.keys(desk.mailboxes)
  const user = desk.mailboxes[first]?.address ?? ''
  return {
    ...rest,
    instance: 'sandbox',
    secret: keptSecret(folder),
    alarms: noSecondWay,
    storage: { kind: 'files' },
    database: { connections: desk.database.connections },
    mailboxes: Object.fromEntries(
      Object.entries(desk.mailboxes).map(([key, mailbox]) => [
        key,
        {
          ...mailbox,
          since: undefined,
          authentication: { trusted: ['sandbox.example.com'] },
          after: { action: 'leave' as const },
          imap: {
            ...{ host, password, port: imapPort, tls: 'none' as const, user: mailbox.address },
            ...{ folder: 'INBOX', pollSeconds: 30 },
          },
        },
      ]),
    ),
    smtp: {
      ...{ host, user, password, port: smtpPort, tls: 'none', connections: 4, unsureSeconds: 5 },
      proof: { kind: 'sent-folder', mailbox: first, folder: 'Sent' },
    },
    ...(hotline && phone ? { phone: hotlineHere(hotline, phone) } : {}),
    // Who plays writes more mails in an hour than a customer does.
    budgets: { ...desk.budgets, addressPerHour: 100, addressPerDay: 1000 },
  }
}

function hotlineHere(hotline: NonNullable<Config['phone']>, phone: SandboxPhone): SandboxConfig['phone'] {
  const { publicUrl, authToken, apiUrl } = phone
  const providers = Object.keys(hotline.providers).map(key => [
    key,
    { kind: 'twilio', accountSid: telephoneAccount, authToken, apiUrl },
  ])
  return { ...hotline, publicUrl, providers: Object.fromEntries(providers) }
}
