/** What an administrator does with a webhook that a client has not set going again itself. */
import {
  deleteEndpoint,
  lockEndpoint,
  pauseEndpoint,
  replay,
  resumeEndpoint,
} from '../../intake/webhooks/endpoints.ts'
import { inTransaction, type Tx } from '../../store/database.ts'
import type { WebhookEndpoint } from '../../store/generated/client.ts'
import { type Answer, CommandFailed } from '../answer.ts'
import { type Place, withDatabase } from '../with-database.ts'
import { webhookNamed } from './webhooks.ts'

export type WebhookAct =
  | { readonly act: 'pause' | 'resume' | 'delete' }
  | { readonly act: 'replay'; readonly since: string; readonly also?: 'delivered' | undefined }

/** The gateway that runs sends what waits within a minute. Throws CommandFailed. */
export async function actOnWebhook(place: Place, argument: string, wanted: WebhookAct): Promise<Answer> {
  const now = Temporal.Now.instant()
  return withDatabase(place, database =>
    inTransaction(database, async tx => {
      const { id, client } = await webhookNamed(tx, argument)
      const endpoint = await lockEndpoint(tx, client, id)
      if (!endpoint) throw new CommandFailed('It was deleted in this moment.')
      const text = await done(tx, endpoint, wanted, now)
      return { text, data: { id, client, done: wanted.act } }
    }),
  )
}

async function done(tx: Tx, endpoint: WebhookEndpoint, wanted: WebhookAct, now: Temporal.Instant) {
  switch (wanted.act) {
    case 'pause':
      await pauseEndpoint(tx, endpoint)
      return 'It is paused. What happens meanwhile is kept until it is resumed.'
    case 'resume': {
      await resumeEndpoint(tx, endpoint, now)
      const where = { endpointId: endpoint.id, state: 'queued' }
      return `It is active. ${eventsWords(await tx.webhookDelivery.count({ where }))} waiting.`
    }
    case 'delete':
      await deleteEndpoint(tx, endpoint)
      return 'It is deleted, and what waited for it is dropped.'
    case 'replay': {
      const states = wanted.also ? ['failed', 'delivered'] : ['failed']
      const count = await replay(tx, endpoint, { since: momentIn(wanted.since), states }, now)
      const paused = endpoint.state === 'active' ? '' : ' It is paused: resume it, or they wait.'
      return `${eventsWords(count)} sent again.${paused}`
    }
  }
}

const eventsWords = (count: number) => (count === 1 ? '1 event is' : `${count} events are`)

function momentIn(text: string): Temporal.Instant {
  try {
    return Temporal.Instant.from(text)
  } catch {
    throw new CommandFailed(
      `--since is a moment with its offset, such as 2026-11-24T08:00+01:00; "${text}" is none.`,
    )
  }
}
