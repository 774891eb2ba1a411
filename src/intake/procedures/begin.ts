import { randomUUID } from 'node:crypto'
import type { Tx } from '../../store/database.ts'
import { dateOf } from '../mail-rows.ts'
import { judgeLevel } from '../promises/judge-level.ts'
import type { PromiseDeps } from '../promises/promise-deps.ts'
import { retarget } from '../promises/retarget.ts'
import { advance } from './advance.ts'
import { tellAgents } from './step-letters.ts'
import { addEntry, lockTicket, readSteps } from './ticket-of.ts'

export interface Beginning {
  readonly ticketId: string
  readonly requestType: string
  readonly now: Temporal.Instant
  /** Name of the agent who said so; '' where it was recognised. */
  readonly by?: string
  /** As for `advance`. */
  readonly mayWrite?: boolean
}

/**
 * Begins the procedure of a request type: its steps, the first letter, and for an urgent one everybody on duty in the
 * group at once. The same type again changes nothing. Another one leaves the former procedure: its steps that have not
 * ended are taken away, and the history keeps what was done. A request type without steps is only written down.
 */
export async function beginProcedure(
  tx: Tx,
  deps: PromiseDeps,
  { ticketId, requestType, now, by = '', mayWrite = true }: Beginning,
): Promise<void> {
  const type = deps.config.requestTypes[requestType]
  const ticket = await lockTicket(tx, ticketId)
  if (!type || !ticket) return
  const before = await readSteps(tx, ticketId)
  const begun = ticket.requestType === requestType && before.length > 0
  if (begun) return
  if (before.length > 0) {
    await tx.procedureStep.deleteMany({ where: { ticketId } })
    const left = before.map(({ key, state }) => ({ key, state }))
    await addEntry(tx, { ticketId, kind: 'procedure-left', at: now, author: by, detail: { left } })
  }
  const { area = ticket.area ?? null, severity = null } = type
  await tx.ticket.update({
    where: { id: ticketId },
    data: { requestType, area, severity: ticket.severity ?? severity, changedAt: dateOf(now) },
  })
  // What was recognised at intake is promised by it already.
  if (ticket.requestType !== requestType) {
    await retarget(tx, deps, { ticketId, now })
    await judgeLevel(tx, deps, { ticketId, because: { kind: 'changed' }, now })
  }
  const steps = Object.entries(type.steps)
  if (steps.length > 0) {
    await tx.procedureStep.createMany({
      data: steps.map(([key, step], position) => ({
        ...{ id: randomUUID(), ticketId, position, key, kind: step.kind, state: 'waiting' },
        by: step.by ?? null,
      })),
    })
    await addEntry(tx, { ticketId, kind: 'procedure-begun', at: now, author: by, detail: { requestType } })
  }
  if (type.urgent) {
    const named = { ...ticket, requestType }
    const told = await tellAgents(tx, deps, named, [], { about: 'urgent', by: null, key: null }, now)
    await addEntry(tx, {
      ticketId,
      kind: 'urgent',
      at: now,
      author: by,
      detail: { requestType, agents: [...told] },
    })
  }
  await advance(tx, deps, { ticketId, now, mayWrite })
}
