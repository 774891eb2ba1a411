/** A process that posts what is due and dies, as by a power cut, before it can write down that it did. */
import type { Config } from '../../../src/config/schema.ts'
import { sendEvents } from '../../../src/intake/webhooks/send-events.ts'
import { openLog } from '../../../src/log.ts'
import { webhookPoster } from '../../../src/outbox/webhooks/post-webhook.ts'
import { openDatabase } from '../../../src/store/database.ts'

interface Given {
  readonly url: string
  readonly now: string
  readonly config: Config
}

const { url, now, config }: Given = JSON.parse(process.argv[2] ?? '')
const post = webhookPoster({ hosts: config.api.webhookHosts })
await sendEvents({
  ...{ database: openDatabase(url, 2), config, log: openLog('silent') },
  now: () => Temporal.Instant.from(now),
  post: async signed => {
    const posted = await post(signed)
    process.kill(process.pid, 'SIGKILL')
    return posted
  },
})
