/**
 * A delivery in a process of its own, for tests that kill it. Argument: JSON with the database's URL, the
 * configuration and the step at which it ends itself as a power cut would. Prints a line when the outbox is drained.
 */

import { configSchema } from '../../src/config/schema.ts'
import { openLog } from '../../src/log.ts'
import { type DeliveryStep, startDelivery } from '../../src/outbox/deliver.ts'
import { openSentFolder } from '../../src/outbox/sent-lookup.ts'
import { openSmtp } from '../../src/outbox/smtp.ts'
import { openDatabase } from '../../src/store/database.ts'
import { openLocks } from '../../src/store/locks.ts'
import { composed } from './letters.ts'

interface Order {
  readonly url: string
  readonly config: unknown
  readonly crashAt: DeliveryStep | null
}

const { url, config: values, crashAt } = JSON.parse(process.argv[2] ?? '') as Order
const config = configSchema.parse(values)
const delivery = startDelivery({
  database: openDatabase(url, 3),
  locks: await openLocks(url),
  config,
  compose: composed,
  transport: openSmtp(config.smtp),
  lookUp: openSentFolder(config).lookUp,
  onFailed: async () => {},
  now: () => Temporal.Now.instant(),
  log: openLog('silent'),
  step: name => {
    if (name === crashAt) process.kill(process.pid, 'SIGKILL')
  },
})
await delivery.drained()
process.stdout.write('drained\n')
