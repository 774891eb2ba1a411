import type { Tx } from '../../store/database.ts'

/**
 * Was the customer of this ticket erased? Then its links open nothing any more: what came by them would be personal data
 * again, and a promise to somebody whom nobody can reach.
 */
export async function isForgotten(tx: Tx, ticketId: string): Promise<boolean> {
  const erased = await tx.entry.findFirst({
    where: { ticketId, kind: 'customer-forgotten' },
    select: { id: true },
  })
  return erased !== null
}
