import { configSchema } from '../src/config/schema.ts'

/** A desk for benchmarks that call the parts themselves; nothing in it is ever connected to. */
export const benchConfig = configSchema.parse({
  company: 'Example GmbH',
  secret: 'a secret of at least thirty-two characters',
  offices: {},
  groups: {},
  agents: {},
  mailboxes: {},
  smtp: { host: 'smtp.example.com' },
})
