import type { Tx } from '../../store/database.ts'
import type { Escalation } from '../../store/generated/client.ts'
import { addCallEntry } from '../calls/call-entry.ts'
import { dateOf } from '../mail-rows.ts'
import { isOfLevel, type LevelDeps } from './level-people.ts'

/** Somebody of the level takes the matter: nobody else is told any more, and it has a name again. */

export type AcknowledgedHow = 'link' | 'reply' | 'key' | 'command'

export type Acknowledging = {
  /** Key of the agent. */
  readonly by: string
  readonly how: AcknowledgedHow
  readonly now: Temporal.Instant
  /** `assignee`: who has it from now on, where the one who acknowledges gave it to somebody in the same mail. */
  readonly assignee?: string
} & ({ readonly escalationId: string } | { readonly ticketId: string })

/**
 * acknowledged: by this call. over: it waits for nobody any more. not-of-level: the agent is none of the level's people
 * nor of their deputies, and may take the ticket, but the escalation goes on: whoever was asked to decide has not heard
 * of it. none: there is no such escalation.
 */
export type Acknowledged = 'acknowledged' | 'over' | 'not-of-level' | 'none'

/** In the caller's transaction; locks the ticket until that ends, under whose lock all changes of its escalations stand. */
export async function acknowledge(tx: Tx, deps: LevelDeps, asked: Acknowledging): Promise<Acknowledged> {
  const { by, how, now } = asked
  const found = await lockEscalation(tx, asked)
  if (!found) return 'none'
  const { escalation, office, assignee } = found
  if (escalation.state !== 'waiting') return 'over'
  if (!(await isOfLevel(tx, deps, escalation.level, by, office, now))) return 'not-of-level'
  const at = dateOf(now)
  await tx.escalation.update({
    where: { id: escalation.id },
    data: {
      ...{ state: 'acknowledged', waitsFor: null, wakeAt: null, endedAt: at },
      ...{ acknowledgedBy: by, acknowledgedHow: how },
    },
  })
  await tx.ticket.update({
    where: { id: escalation.ticketId },
    data: { assignee: asked.assignee ?? by, changedAt: at },
  })
  await addCallEntry(tx, {
    ...{ ticketId: escalation.ticketId, kind: 'escalation-acknowledged', at: now, author: by },
    detail: { escalationId: escalation.id, level: escalation.level, how, agent: by, before: assignee },
  })
  return 'acknowledged'
}

interface LockedEscalation {
  readonly escalation: Escalation
  /** Of the ticket. */
  readonly office: string
  readonly assignee: string | null
}

/** Of a ticket the one that waits. */
async function lockEscalation(tx: Tx, asked: Acknowledging): Promise<LockedEscalation | undefined> {
  const where = 'escalationId' in asked ? { id: asked.escalationId } : { waitsFor: asked.ticketId }
  const known = await tx.escalation.findUnique({ where, select: { id: true, ticketId: true } })
  if (!known) return undefined
  const [ticket] = await tx.$queryRaw<{ office: string; assignee: string | null }[]>`
    select office, assignee from ticket where id = ${known.ticketId}::uuid for update`
  const escalation = await tx.escalation.findUniqueOrThrow({ where: { id: known.id } })
  return ticket && { escalation, ...ticket }
}
