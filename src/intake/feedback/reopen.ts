import type { Tx } from '../../store/database.ts'
import { addCallEntry } from '../calls/call-entry.ts'
import { dateOf } from '../mail-rows.ts'
import { judgeLevel } from '../promises/judge-level.ts'
import { resumePromises } from '../promises/pause.ts'
import { makePromises } from '../promises/promise-book.ts'
import type { PromiseDeps } from '../promises/promise-deps.ts'

/**
 * Opens a closed ticket again, as a customer's mail would: because the customer asked for it on the page of the survey, or
 * because the manager has not kept the promise to get in touch. However long ago it was closed: whoever answers our own
 * question about this matter means this matter. False where it is open. The caller has locked the ticket.
 */
export async function reopen(
  tx: Tx,
  deps: PromiseDeps,
  {
    ticketId,
    by,
    now,
  }: { readonly ticketId: string; readonly by: 'feedback' | 'manager-late'; readonly now: Temporal.Instant },
): Promise<boolean> {
  const { count } = await tx.ticket.updateMany({
    where: { id: ticketId, state: 'resolved', mergedIntoId: null },
    data: { state: 'open', closedAt: null, waitingUntil: null, changedAt: dateOf(now) },
  })
  if (count === 0) return false
  await addCallEntry(tx, { ticketId, kind: 'reopened', at: now, detail: { from: 'resolved', by } })
  await resumePromises(tx, deps, { ticketId, now })
  await makePromises(tx, deps, { ticketId, startedAt: now, now, kinds: ['status-update', 'resolution'] })
  await judgeLevel(tx, deps, { ticketId, because: { kind: 'reopened' }, now })
  return true
}
