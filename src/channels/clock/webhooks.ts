import {
  dueEndpoints,
  forgetOldEvents,
  refreshEntryKinds,
  sendEventsOf,
} from '../../intake/webhooks/send-events.ts'
import type { WebhookDeps } from '../../intake/webhooks/webhook-deps.ts'
import { type DueLoop, type DueLoopDeps, openDueLoop } from './due-loop.ts'

/**
 * Sends events when they are due. Each endpoint has a lane of its own: a round only starts those that are not under way,
 * so that one that answers after ten seconds holds up no other.
 */
export function sendEventsWhenDue(deps: WebhookDeps, after?: DueLoopDeps['after']): DueLoop {
  const { database, now, log } = deps
  const lanes = new Map<string, Promise<void>>()
  /** Due again while their lane was under way, which may just have looked for the last time. */
  const missed = new Set<string>()
  let stopped = false
  let fresh = true
  let forgetAt = now()

  async function round() {
    if (fresh) await refreshEntryKinds(database)
    fresh = false
    if (Temporal.Instant.compare(now(), forgetAt) >= 0) {
      await forgetOldEvents(database, now())
      forgetAt = now().add({ minutes: 10 })
    }
    const { due, nextAt } = await dueEndpoints(deps)
    for (const id of due) {
      if (lanes.has(id)) missed.add(id)
      else lanes.set(id, lane(id))
    }
    return { nextAt }
  }

  async function lane(id: string): Promise<void> {
    try {
      await sendEventsOf(deps, id, () => !stopped)
    } catch (error) {
      log.error({ err: error, webhook: id }, 'the events of a webhook could not be sent')
      missed.delete(id)
    }
    lanes.delete(id)
    if (missed.delete(id)) loop.wake()
  }

  const loop = openDueLoop({ name: 'webhooks', round, now, log, ...(after ? { after } : {}) })
  return {
    wake: () => loop.wake(),
    async stop() {
      stopped = true
      await loop.stop()
      await Promise.all(lanes.values())
    },
  }
}
