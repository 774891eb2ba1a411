import { isMeasureKind, type Measure, type MeasureKind } from '../../desk/promise/measure.ts'
import { isPublicMeasure } from '../../desk/promise/progress.ts'
import type { Tx } from '../../store/database.ts'
import { addCallEntry } from '../calls/call-entry.ts'
import { dateOf } from '../mail-rows.ts'
import type { PromiseDeps } from './promise-deps.ts'
import { sendUpdate } from './status-update.ts'

/** What was documented of a ticket, oldest first. What another version wrote in another shape is left out. */
export async function measuresOf(tx: Tx, ticketId: string): Promise<readonly Measure[]> {
  const entries = await tx.entry.findMany({
    where: { ticketId, kind: 'measure' },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
  })
  return entries.flatMap(({ detail, text, at, author }) => {
    const { of } = (detail ?? {}) as { readonly of?: unknown }
    if (!isMeasureKind(of)) return []
    return [{ of, text, author, at: Temporal.Instant.fromEpochMilliseconds(at.getTime()) }]
  })
}

/** Longer texts belong into a mail or an attachment. */
export const longestMeasure = 4000

/**
 * Writes a measure into the history of a ticket, for ways other than a mail. `by` is the key of the agent. The customer
 * hears that something was done where the policy says so, never the words. The caller nudges the outbox, and the texts, after the commit.
 */
export async function recordMeasure(
  tx: Tx,
  deps: PromiseDeps,
  measure: {
    readonly ticketId: string
    readonly of: MeasureKind
    readonly text: string
    readonly by: string
    readonly now: Temporal.Instant
  },
): Promise<void> {
  const { ticketId, of, by, now } = measure
  const text = measure.text.trim().slice(0, longestMeasure).toWellFormed()
  await addCallEntry(tx, { ticketId, kind: 'measure', at: now, author: by, text, detail: { of } })
  await tx.ticket.update({ where: { id: ticketId }, data: { changedAt: dateOf(now) } })
  if (isPublicMeasure(of) && deps.config.policy.updateOn.includes('measure'))
    await sendUpdate(tx, deps, { ticketId, done: '', next: '', by: null, automatic: true, now })
}
