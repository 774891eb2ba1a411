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

/** Where the sandbox's telephone network is, and where it finds us. */
export interface SandboxPhone {
  readonly publicUrl: string
  readonly apiUrl: string
  readonly authToken: string
}

/**
 * The configuration of an invented company in Hamburg with one agent; with a telephone, also of its office in Woking
 * with an agent who speaks English only. The secret is made once and kept beside the mails: reply addresses that were
 * sent before a restart must stay valid after it.
 */
export function sandboxConfig(
  folder: string,
  accounts: Accounts,
  { host, imapPort, smtpPort }: SandboxPorts,
  phone?: SandboxPhone,
): SandboxConfig {
  const support = accounts.provide('support@example.com')
  const agent = accounts.provide('jonas.brandt@example.com')
  const emma = phone && accounts.provide('emma.clarke@example.com', english)
  return {
    instance: 'sandbox',
    company: 'Nordlicht Software GmbH',
    secret: keptSecret(folder),
    offices: {
      hamburg: {
        name: 'Hamburg',
        timeZone: 'Europe/Berlin',
        holidays: 'DE-HH',
        hours: openingHours,
        phone: '+49 40 66969 123',
      },
      ...(phone ? { woking } : {}),
    },
    groups: {
      support: { name: 'Support', agents: ['jonas'] },
      ...(phone ? { uk: { name: 'Support UK', agents: ['emma'] } } : {}),
    },
    agents: {
      jonas: {
        name: agent.name,
        addresses: [agent.address],
        language: agent.language,
        ...(phone ? { phone: '+491713920042', languages: ['de', 'en'] } : {}),
      },
      ...(emma
        ? {
            emma: {
              name: emma.name,
              addresses: [emma.address],
              language: emma.language,
              phone: '+442079460042',
            },
          }
        : {}),
    },
    ...(phone ? { phone: phoneSection(phone) } : {}),
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

const openDay = ['08:30-17:00']
const openingHours = { mon: openDay, tue: openDay, wed: openDay, thu: openDay, fri: openDay }

const woking = {
  name: 'Woking',
  timeZone: 'Europe/London',
  holidays: 'GB-ENG',
  hours: openingHours,
  phone: '+44 20 7946 0123',
}

const english = { user: 'emma', role: 'agent', name: 'Emma Clarke', language: 'en' } as const

/** Our account at the sandbox's telephone network. */
export const telephoneAccount = `AC${'0'.repeat(32)}`

/** Numbers that the German and the British regulator keep free for films and examples. */
function phoneSection({ publicUrl, apiUrl, authToken }: SandboxPhone): SandboxConfig['phone'] {
  return {
    publicUrl,
    providers: {
      telephone: { kind: 'twilio', accountSid: telephoneAccount, authToken, apiUrl },
    },
    lines: {
      hotline: {
        provider: 'telephone',
        number: '+494066969123',
        office: 'hamburg',
        group: 'support',
        mailbox: 'support',
        language: 'de',
        extensions: { 195: { name: 'Buchhaltung', group: 'support' } },
      },
      uk: {
        provider: 'telephone',
        number: '+442079460123',
        office: 'woking',
        group: 'uk',
        mailbox: 'support',
        language: 'en',
      },
    },
    texts: { provider: 'telephone', sender: '+494066969123' },
  }
}

/** Made once and kept in `folder` under this name. */
export function keptSecret(folder: string, name = 'secret'): string {
  const file = join(folder, name)
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600 })
  return readFileSync(file, 'utf8').trim()
}
