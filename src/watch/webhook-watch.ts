import { type Database, isDatabaseAway } from '../store/database.ts'
import { type Trouble, webhookPaused } from './trouble.ts'
import type { Look } from './watch.ts'

/**
 * Webhooks that we paused ourselves; one that its owner paused while it worked is nobody's trouble. While the database is
 * away, which others tell, the last answer holds.
 */
export function lookAtWebhooks(database: Pick<Database, 'webhookEndpoint'>): Look {
  let found: readonly Trouble[] = []
  return async () => {
    try {
      found = await pausedWebhooks(database)
    } catch (error) {
      if (!isDatabaseAway(error)) throw error
    }
    return found
  }
}

async function pausedWebhooks(database: Pick<Database, 'webhookEndpoint'>): Promise<readonly Trouble[]> {
  const rows = await database.webhookEndpoint.findMany({
    where: { state: 'paused', failingSince: { not: null } },
    orderBy: { id: 'asc' },
  })
  return rows.flatMap(({ id, client, failingSince }) =>
    failingSince
      ? [webhookPaused(id, client, Temporal.Instant.fromEpochMilliseconds(failingSince.getTime()))]
      : [],
  )
}
