import {
  type AfterPosting,
  afterPosting,
  type Posted,
  postedWords,
} from '../../desk/webhooks/after-posting.ts'
import { inTransaction } from '../../store/database.ts'
import { instantOf } from '../calls/call-rows.ts'
import { dateOf } from '../mail-rows.ts'
import type { ClaimedDelivery } from './claim-delivery.ts'
import type { WebhookDeps } from './webhook-deps.ts'

/**
 * Writes down what became of a posting. Where the lease was over and somebody else has sent it again meanwhile, the later
 * one's word counts; undefined then.
 */
export async function settleDelivery(
  { database, now, log, jitter = Math.random }: WebhookDeps,
  { id, tries, endpointId }: ClaimedDelivery,
  posted: Posted,
): Promise<AfterPosting | undefined> {
  const settled = await inTransaction(database, async tx => {
    const at = now()
    await tx.$queryRaw`select 1 from webhook_endpoint where id = ${endpointId}::uuid for update`
    const endpoint = await tx.webhookEndpoint.findUniqueOrThrow({ where: { id: endpointId } })
    const failingSince = endpoint.failingSince && instantOf(endpoint.failingSince)
    const after = afterPosting({ posted, tries, failingSince, now: at, jitter: jitter() })
    const { count } = await tx.webhookDelivery.updateMany({
      where: { id, tries, state: 'sending' },
      data: { result: postedWords(posted), ...rowAfter(after, at) },
    })
    if (count === 0) return undefined
    await tx.webhookEndpoint.update({
      where: { id: endpointId },
      data: {
        failingSince: after.kind === 'delivered' ? null : (endpoint.failingSince ?? dateOf(at)),
        // Whoever paused or deleted it meanwhile is not overruled.
        ...(after.kind === 'pause' && endpoint.state === 'active' ? { state: 'paused' } : {}),
      },
    })
    return after
  })
  const facts = { webhook: endpointId, delivery: id, tries, result: postedWords(posted) }
  if (settled?.kind === 'pause') log.error(facts, 'a webhook is paused: its endpoint kept failing')
  else if (settled && settled.kind !== 'delivered') log.warn(facts, 'an event could not be delivered')
  return settled
}

function rowAfter(after: AfterPosting, at: Temporal.Instant) {
  switch (after.kind) {
    case 'delivered':
      return { state: 'delivered', wakeAt: null, deliveredAt: dateOf(at) }
    case 'again':
      return { state: 'queued', wakeAt: dateOf(after.at) }
    case 'give-up':
      return { state: 'failed', wakeAt: null }
    case 'pause':
      return { state: 'queued', wakeAt: dateOf(at) }
  }
}
