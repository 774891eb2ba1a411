import type { Database } from '../store/database.ts'
import type { Inbound } from '../store/generated/client.ts'

/**
 * Quarantined mails, machine mail and whatever else belongs to no ticket, newest first. What waits for a decision is not
 * here: it has a list of its own, and once it is decided to be left it comes here.
 */
export async function mailsWithoutTicket(db: Database, limit: number): Promise<Inbound[]> {
  const waiting = await db.held.findMany({
    where: { state: 'held', ticketId: null },
    select: { inboundId: true },
  })
  return db.inbound.findMany({
    where: { ticketId: null, id: { notIn: waiting.map(({ inboundId }) => inboundId) } },
    orderBy: { id: 'desc' },
    take: limit,
  })
}
