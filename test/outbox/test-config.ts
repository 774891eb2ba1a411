import { type Config, configSchema } from '../../src/config/schema.ts'

type Smtp = Partial<Config['smtp']> & { readonly port: number }

/** A configuration with one mailbox, sending to a server on this machine. */
export function testConfig(smtp: Smtp, imapPort = 1): Config {
  return configSchema.parse({
    company: 'Muster GmbH',
    secret: '0123456789abcdef0123456789abcdef',
    offices: {
      hamburg: {
        name: 'Hamburg',
        timeZone: 'Europe/Berlin',
        holidays: 'DE-HH',
        hours: { mon: ['09:00-17:00'] },
      },
    },
    groups: { support: { name: 'Support', agents: ['anna'] } },
    agents: { anna: { name: 'Anna', addresses: ['anna@example.com'] } },
    mailboxes: {
      support: {
        address: 'support@example.com',
        name: 'Muster Support',
        office: 'hamburg',
        group: 'support',
        imap: { host: '127.0.0.1', port: imapPort, tls: 'none', user: 'testuser', password: 'testpass' },
      },
    },
    smtp: { host: '127.0.0.1', tls: 'none', connections: 2, unsureSeconds: 60, ...smtp },
    limits: { commandSeconds: 5 },
  })
}
