import type { Tx } from '../store/database.ts'
import { addCallEntry } from './calls/call-entry.ts'
import type { OwedRow } from './calls/callback-book.ts'
import { dateOf } from './mail-rows.ts'

/** Telephone numbers that lead to a ticket lead to the one that it was merged into: whoever rings again is asked about that. */
export async function movePhones(tx: Tx, from: string, into: string): Promise<void> {
  await tx.$executeRaw`
    insert into ticket_phone (ticket_id, number, source, since)
    select ${into}::uuid, number, source, since from ticket_phone where ticket_id = ${from}::uuid
    on conflict do nothing`
}

/**
 * A promised call goes over with its ticket, to the minute: merging is our order, and the customer who waits for the call
 * knows nothing of it. False where the other ticket is owed a call already, and one is enough.
 */
export async function moveCallback(
  tx: Tx,
  { id, owedFor, guaranteeId, number, guarantee }: OwedRow,
  into: string,
  at: Temporal.Instant,
): Promise<boolean> {
  if (owedFor === null || (await tx.callback.count({ where: { owedFor: into } })) > 0) return false
  await tx.callback.update({ where: { id }, data: { ticketId: into, owedFor: into, wakeAt: dateOf(at) } })
  await tx.guarantee.update({ where: { id: guaranteeId }, data: { ticketId: into } })
  await addCallEntry(tx, {
    ...{ ticketId: into, kind: 'callback-owed', at },
    detail: { callbackId: id, number, dueAt: guarantee.dueAt.toISOString() },
  })
  return true
}
