import { randomUUID } from 'node:crypto'
import type { EscalationCause } from '../../desk/promise/escalation.ts'
import type { Tx } from '../../store/database.ts'
import { addCallEntry } from '../calls/call-entry.ts'
import { dateOf } from '../mail-rows.ts'
import { highestLevel, levelConfigOf } from './level-people.ts'
import type { PromiseDeps } from './promise-deps.ts'
import { sendUpdate } from './status-update.ts'

/** A matter rises: another group answers for it from this moment on, and somebody of it has to acknowledge. */

export interface Rise {
  readonly ticketId: string
  readonly to: number | 'next'
  readonly cause: EscalationCause
  /** In words, as agents and the history read it. */
  readonly reason: string
  /** Key of the agent who wants it; '' where the gateway does. */
  readonly by: string
  readonly now: Temporal.Instant
}

interface RisingTicket {
  readonly state: string
  readonly level: number
  readonly group: string
  readonly assignee: string | null
  readonly mergedIntoId: string | null
}

/**
 * Raises the ticket, in the caller's transaction, and locks it until that ends. Never lowers it: false where it is as
 * high already, or where the ticket is closed or merged. Without levels in the configuration only the number rises.
 * A running escalation is passed on, so that a ticket waits for one level at a time.
 */
export async function escalate(
  tx: Tx,
  deps: PromiseDeps,
  { ticketId, to, cause, reason, by, now }: Rise,
): Promise<boolean> {
  const [ticket] = await tx.$queryRaw<RisingTicket[]>`
    select state, level, "group", assignee, merged_into_id as "mergedIntoId" from ticket
    where id = ${ticketId}::uuid for update`
  if (!ticket || ticket.state === 'resolved' || ticket.mergedIntoId !== null) return false
  const { config } = deps
  const wanted = to === 'next' ? ticket.level + 1 : to
  const level = config.levels ? Math.min(wanted, highestLevel) : wanted
  if (level <= ticket.level) return false
  const settings = levelConfigOf(config, level)
  const detail = {
    from: String(ticket.level),
    level,
    cause,
    reason,
    fromGroup: ticket.group,
    fromAgent: ticket.assignee,
  }
  if (!settings) {
    await tx.ticket.update({ where: { id: ticketId }, data: { level, changedAt: dateOf(now) } })
    // The command has left a line of its own.
    if (cause !== 'command')
      await addCallEntry(tx, { ticketId, kind: 'escalated', at: now, author: by, detail, text: reason })
    return true
  }
  const passedOn = await tx.escalation.updateMany({
    where: { waitsFor: ticketId },
    data: { state: 'passed-on', waitsFor: null, wakeAt: null, endedAt: dateOf(now) },
  })
  const escalationId = randomUUID()
  await tx.escalation.create({
    data: {
      ...{ id: escalationId, ticketId, waitsFor: ticketId, fromLevel: ticket.level, level, cause, reason },
      ...{ fromAgent: ticket.assignee, state: 'waiting', openedAt: dateOf(now), wakeAt: dateOf(now) },
    },
  })
  // One side answers for it at every moment: the group of the level, until one of its people takes it by name.
  await tx.ticket.update({
    where: { id: ticketId },
    data: { level, group: settings.group, assignee: null, changedAt: dateOf(now) },
  })
  await addCallEntry(tx, {
    ...{ ticketId, kind: 'escalated', at: now, author: by, text: reason },
    detail: { ...detail, escalationId, toGroup: settings.group },
  })
  // That nobody has acknowledged is no news for the customer, who heard of the matter's rise and waits for an answer.
  if (passedOn.count === 0 && config.policy.updateOn.includes('escalated'))
    await sendUpdate(tx, deps, { ticketId, done: '', next: '', by: null, now, automatic: true })
  return true
}
