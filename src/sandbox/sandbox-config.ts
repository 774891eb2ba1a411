import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import type { configSchema } from '../config/schema.ts'
import type { Accounts } from './accounts.ts'

/** What a person would have written into gateway.yaml for this desk; the schema fills in the rest. */
export type SandboxConfig = z.input<typeof configSchema>

export interface SandboxPorts {
  readonly host: string
  readonly imapPort: number
  readonly smtpPort: number
}

/**
 * The configuration of an invented company in Hamburg with one agent. The secret is made once and kept beside the
 * mails: reply addresses that were sent before a restart must stay valid after it.
 */
export function sandboxConfig(
  folder: string,
  accounts: Accounts,
  { host, imapPort, smtpPort }: SandboxPorts,
): SandboxConfig {
  const support = accounts.provide('support@example.com')
  const agent = accounts.provide('jonas.brandt@example.com')
  const openDay = ['08:30-17:00']
  return {
    instance: 'sandbox',
    company: 'Nordlicht Software GmbH',
    secret: keptSecret(folder),
    offices: {
      hamburg: {
        name: 'Hamburg',
        timeZone: 'Europe/Berlin',
        holidays: 'DE-HH',
        hours: { mon: openDay, tue: openDay, wed: openDay, thu: openDay, fri: openDay },
        // A number that the German regulator keeps free for films and examples.
        phone: '+49 40 66969 123',
      },
    },
    groups: { support: { name: 'Support', agents: ['jonas'] } },
    agents: { jonas: { name: agent.name, addresses: [agent.address], language: agent.language } },
    mailboxes: {
      support: {
        address: support.address,
        name: support.name,
        language: support.language,
        office: 'hamburg',
        group: 'support',
        replyAddress: 'support+{token}@example.com',
        authentication: { trusted: ['sandbox.example.com'] },
        imap: {
          host,
          port: imapPort,
          tls: 'none',
          user: support.user,
          password: support.password,
          pollSeconds: 30,
        },
      },
    },
    smtp: {
      host,
      port: smtpPort,
      tls: 'none',
      user: support.user,
      password: support.password,
      proof: { kind: 'sent-folder', mailbox: 'support', folder: 'Sent' },
      unsureSeconds: 5,
    },
    // Who plays writes more mails in an hour than a customer does.
    budgets: { addressPerHour: 100, addressPerDay: 1000 },
  }
}

function keptSecret(folder: string): string {
  const file = join(folder, 'secret')
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600 })
  return readFileSync(file, 'utf8').trim()
}
