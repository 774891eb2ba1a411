import { officesOf } from '../../src/config/office-calendar.ts'
import { type Config, configSchema } from '../../src/config/schema.ts'
import type { InboundMail } from '../../src/desk/inbound.ts'
import type { MailContent } from '../../src/desk/mail-content.ts'
import { mailboxFactsOf } from '../../src/intake/mailbox-facts.ts'
import type { TakeInDeps } from '../../src/intake/take-in.ts'
import { openLog } from '../../src/log.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { cloneDatabase } from '../database.ts'
import { mailLike, noon } from '../desk/mail-example.ts'

/** A desk in Hamburg with two agents on a real database, at noon of an ordinary Tuesday. */
export interface TestDesk {
  readonly deps: TakeInDeps
  readonly database: Database
  readonly config: Config
  /** How often the outbox was nudged. */
  nudges(): number
  close(): Promise<void>
}

const mailbox = {
  name: 'Support',
  language: 'de',
  office: 'hamburg',
  group: 'support',
  imap: { host: 'imap.example.com', user: 'support', password: 'secret' },
} as const

export const deskConfig: Config = configSchema.parse({
  company: 'Example GmbH',
  secret: 'a secret of at least thirty-two characters',
  offices: {
    hamburg: {
      name: 'Hamburg',
      timeZone: 'Europe/Berlin',
      holidays: 'DE-HH',
      hours: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map(day => [day, ['08:30-17:00']])),
      phone: '+49 40 123456',
    },
  },
  groups: { support: { name: 'Support', agents: ['anna', 'bernd'] } },
  agents: {
    anna: { name: 'Anna Fink', addresses: ['anna@example.com', 'a.fink@example.com'], language: 'de' },
    bernd: { name: 'Bernd Ohm', addresses: ['bernd@example.com'], language: 'en' },
  },
  mailboxes: {
    support: { ...mailbox, address: 'support@example.com', replyAddress: 'support+{token}@example.com' },
    second: { ...mailbox, address: 'service@example.com', after: { action: 'move', folder: 'Done' } },
  },
  smtp: { host: 'smtp.example.com' },
  alarms: { to: ['admin@example.com'] },
})

export async function openDesk(
  now: () => Temporal.Instant = () => noon,
  config: Config = deskConfig,
): Promise<TestDesk> {
  const { url, drop } = await cloneDatabase()
  const database = openDatabase(url, 4)
  let nudges = 0
  const deps: TakeInDeps = {
    database,
    config,
    offices: officesOf(config, noon),
    mailboxFacts: mailboxFactsOf(config),
    now,
    nudge: () => {
      nudges++
    },
    log: openLog('silent'),
  }
  return {
    deps,
    database,
    config,
    nudges: () => nudges,
    async close() {
      await database.$disconnect()
      await drop()
    },
  }
}

/** A mail at its own position, with its own Message-ID and fingerprint. */
export function arrival(
  uid: number,
  changes: Partial<MailContent> = {},
  position: Partial<InboundMail['position']> = {},
): InboundMail {
  const mail = mailLike({ messageId: `<mail${uid}@kunde.example.com>`, ...changes }, BigInt(uid))
  return { ...mail, position: { ...mail.position, ...position } }
}
