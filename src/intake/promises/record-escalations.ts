import type { Tx } from '../../store/database.ts'
import { dateOf } from '../mail-rows.ts'
import type { Plan } from '../plan.ts'
import { acknowledge } from './acknowledge.ts'
import { escalate } from './escalate.ts'
import type { PromiseDeps } from './promise-deps.ts'

/** What agents' mails do to escalations, in the transaction that takes those mails in; the tickets are written already. */

export interface PlannedEscalation {
  readonly ticketId: string
  readonly to: number
  readonly reason: string
  /** Key of the agent. */
  readonly by: string
}

/** Whoever answers the customer, or takes the ticket, has seen it. */
export interface PlannedAcknowledgement {
  readonly ticketId: string
  readonly by: string
  readonly how: 'reply' | 'command'
}

type Planned = Pick<Plan, 'escalations' | 'acknowledgements' | 'ticketChanges'>

/**
 * Taking comes before passing up: who answers and escalates in one mail has acknowledged his own level first. A named
 * assignee of the same mail stays.
 */
export async function recordEscalations(
  tx: Tx,
  deps: PromiseDeps,
  { escalations, acknowledgements, ticketChanges }: Planned,
  now: Temporal.Instant,
): Promise<void> {
  for (const { ticketId, by, how } of acknowledgements) {
    const assignee = ticketChanges.get(ticketId)?.assignee
    await acknowledge(tx, deps, { ticketId, by, how, now, ...(assignee ? { assignee } : {}) })
  }
  await wakeOfClosed(tx, ticketChanges, now)
  for (const rise of escalations) await escalate(tx, deps, { ...rise, cause: 'command', now })
}

/** Who was asked to take a closed matter is not asked again, and what was merged goes on in the other ticket at once. */
async function wakeOfClosed(tx: Tx, changes: Planned['ticketChanges'], now: Temporal.Instant): Promise<void> {
  const closed = [...changes].filter(([, { state }]) => state === 'resolved').map(([id]) => id)
  if (closed.length === 0) return
  await tx.escalation.updateMany({ where: { waitsFor: { in: closed } }, data: { wakeAt: dateOf(now) } })
}
