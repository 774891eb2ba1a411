/** A support desk in Hamburg and one in Woking that no call of real life reaches, for stories and simulations. */
import { type Config, configSchema } from '../config/schema.ts'
import type { HotlineAddresses } from './virtual-hotline.ts'

/** Numbers that are kept free for films and books, and mobile ones that nobody has. */
export const lineNumbers = { hotline: '+494066969123', uk: '+442079460123' } as const

export interface ExampleDesk {
  /** Of the group in Hamburg, and of the one in Woking. */
  readonly agents: Readonly<Record<string, ExampleAgent>>
  readonly ukAgents?: Readonly<Record<string, ExampleAgent>>
  /** Sets of public holidays of the offices. */
  readonly holidays?: string
  /** Beside the usual settings of the section `phone`. */
  readonly phone?: object
}

export interface ExampleAgent {
  readonly name: string
  readonly addresses: readonly [string]
  readonly phone: string
  readonly language?: 'de' | 'en'
  readonly languages?: readonly ('de' | 'en')[]
  readonly breaks?: readonly string[]
  readonly deputy?: string
  readonly absences?: readonly { readonly from: string; readonly to: string }[]
}

const week = Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map(day => [day, ['08:30-17:00']]))

/** Its letters come from the one mailbox; the line in Woking is there where somebody answers it. */
export function exampleDesk(desk: ExampleDesk, addresses: HotlineAddresses): Config {
  const { publicUrl, apiUrl, accountSid, authToken } = addresses
  const { agents, ukAgents = {}, holidays = 'DE-HH', phone = {} } = desk
  const inUk = Object.keys(ukAgents).length > 0
  return configSchema.parse({
    company: 'Nordlicht Software GmbH',
    secret: 'a secret that opens nothing but an example',
    offices: {
      hamburg: { name: 'Hamburg', timeZone: 'Europe/Berlin', holidays, hours: week },
      woking: { name: 'Woking', timeZone: 'Europe/London', holidays: 'GB-ENG', hours: week },
    },
    groups: {
      support: { name: 'Support', agents: Object.keys(agents) },
      ...(inUk ? { uk: { name: 'Support UK', agents: Object.keys(ukAgents) } } : {}),
    },
    agents: { ...agents, ...ukAgents },
    mailboxes: {
      support: {
        name: 'Support',
        address: 'support@example.com',
        replyAddress: 'support+{token}@example.com',
        office: 'hamburg',
        group: 'support',
        imap: { host: 'imap.example.com', user: 'support', password: 'never used' },
      },
    },
    smtp: { host: 'smtp.example.com' },
    alarms: { to: ['admin@example.com'] },
    phone: {
      publicUrl,
      providers: { telephone: { kind: 'twilio', accountSid, authToken, apiUrl } },
      lines: {
        hotline: line(lineNumbers.hotline, 'hamburg', 'support', 'de'),
        ...(inUk ? { uk: line(lineNumbers.uk, 'woking', 'uk', 'en') } : {}),
      },
      texts: { provider: 'telephone', sender: lineNumbers.hotline },
      ...phone,
    },
  })
}

function line(number: string, office: string, group: string, language: string) {
  return { provider: 'telephone', number, office, group, mailbox: 'support', language }
}
