import { decideEscalation } from '../../desk/promise/decide-escalation.ts'
import type { EscalationCause, EscalationDecision, RunningEscalation } from '../../desk/promise/escalation.ts'
import { inTransaction, type Tx } from '../../store/database.ts'
import type { Escalation } from '../../store/generated/client.ts'
import { addCallEntry } from '../calls/call-entry.ts'
import { instantOf } from '../calls/call-rows.ts'
import { dateOf } from '../mail-rows.ts'
import { type AlertToPlace, placeAlert, ringNext } from './alert-calls.ts'
import { escalate } from './escalate.ts'
import { readLevel } from './level-people.ts'
import { type EscalationDeps, tell } from './tell-level.ts'
import { applyPassOn, raiseAlarm } from './unacknowledged.ts'

/** Escalations that are due to be looked at, each once, whichever process has it. */

const usualMost = 200

export interface WokenEscalations {
  readonly woken: number
  /** When the next one is due; in the past where some are left, or where another process has them just now. */
  readonly nextAt: Temporal.Instant | null
}

/**
 * Looks at what is due, oldest first: one transaction each, so that one that cannot be decided does not hold up the
 * others. Such a failure is thrown once the rest is done; the escalation itself waits a minute. Throws
 * TransientFailure('database') while the database is away.
 */
export async function wakeEscalations(deps: EscalationDeps, most = usualMost): Promise<WokenEscalations> {
  const { database, now } = deps
  const due = await database.$queryRaw<{ id: string }[]>`
    select e.id from escalation e join ticket t on t.id = e.ticket_id
    where e.wake_at <= ${now().toString()}::timestamptz order by e.wake_at, t.sequence limit ${most}`
  const failures: unknown[] = []
  let woken = 0
  for (const { id } of due) if (await wakeOne(deps, id, failures)) woken += 1
  if (woken > 0) {
    deps.nudge()
    // Texts are sent by a loop of their own.
    deps.wake()
  }
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} escalations could not be decided`)
  const next = await database.escalation.findFirst({
    where: { wakeAt: { not: null } },
    orderBy: { wakeAt: 'asc' },
    select: { wakeAt: true },
  })
  return { woken, nextAt: next?.wakeAt ? instantOf(next.wakeAt) : null }
}

/** False when it is not due any more, or in another process's hands. */
async function wakeOne(deps: EscalationDeps, id: string, failures: unknown[]): Promise<boolean> {
  let claimed = false
  let ringing: AlertToPlace | undefined
  try {
    await inTransaction(deps.database, async tx => {
      const now = deps.now()
      claimed = await claim(tx, id, now)
      if (claimed) ringing = await decideAndApply(deps, tx, id, now)
    })
  } catch (error) {
    // Without a row in hand it is the database itself that fails.
    if (!claimed) throw error
    failures.push(error)
    const later = dateOf(deps.now().add({ minutes: 1 }))
    await deps.database.escalation.updateMany({
      where: { id, wakeAt: { not: null } },
      data: { wakeAt: later },
    })
    return true
  }
  // A telephone rings only for what is committed.
  if (ringing) await placeAlert(deps, ringing)
  return claimed
}

/** With its ticket, under whose lock all changes of its escalations stand; whoever holds it is not waited for. */
async function claim(tx: Tx, id: string, now: Temporal.Instant): Promise<boolean> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select e.id from ticket t join escalation e on e.ticket_id = t.id
    where e.id = ${id}::uuid and e.wake_at <= ${now.toString()}::timestamptz for update skip locked`
  return rows.length > 0
}

async function decideAndApply(
  deps: EscalationDeps,
  tx: Tx,
  id: string,
  now: Temporal.Instant,
): Promise<AlertToPlace | undefined> {
  const escalation = await tx.escalation.findUniqueOrThrow({ where: { id }, include: { ticket: true } })
  const { ticket } = escalation
  if (ticket.state === 'resolved' || ticket.mergedIntoId !== null) {
    await end(tx, escalation, ticket.mergedIntoId === null ? 'closed' : 'joined', now)
    if (ticket.mergedIntoId !== null) await goOnIn(tx, deps, escalation, ticket.mergedIntoId, now)
    return undefined
  }
  const read = await readLevel(tx, deps, escalation.level, ticket.office, now)
  if (!read) {
    await end(tx, escalation, 'no-levels', now)
    return undefined
  }
  const above = await readLevel(tx, deps, escalation.level + 1, ticket.office, now)
  const severity = ticket.severity as 'stopped' | 'hindered' | 'minor' | null
  const facts = { now, severity, level: read.facts, above: above?.facts ?? null }
  const decision = decideEscalation(runningOf(escalation), facts)
  const { actions, wakeAt } = decision
  await tx.escalation.update({ where: { id }, data: { wakeAt: wakeAt && dateOf(wakeAt) } })
  if (actions.length === 0 && wakeAt !== null && escalation.acknowledgeBy !== null)
    return ringNext(deps, tx, { escalation, read, severity, now, latest: wakeAt })
  return apply(deps, tx, { escalation, read, decision, severity, now })
}

type Deciding = Omit<Parameters<typeof tell>[2], 'way' | 'acknowledgeBy'> & {
  readonly decision: EscalationDecision
}

async function apply(
  deps: EscalationDeps,
  tx: Tx,
  { decision, ...deciding }: Deciding,
): Promise<AlertToPlace | undefined> {
  const { escalation, now } = deciding
  let ringing: AlertToPlace | undefined
  const deadline = decision.actions.find(action => action.kind === 'set-deadline')
  for (const action of decision.actions)
    switch (action.kind) {
      case 'set-deadline':
        break
      case 'tell':
        ringing = await tell(deps, tx, {
          ...deciding,
          way: action.way,
          acknowledgeBy: deadline?.acknowledgeBy ?? now,
        })
        break
      case 'pass-on':
        await applyPassOn(deps, tx, { escalation, level: action.level, now })
        break
      case 'alarm':
        await raiseAlarm(deps, tx, { escalation, code: action.code, now })
        break
    }
  return ringing
}

/** The matter is in another ticket now, and nobody has taken it: that one rises as high. */
async function goOnIn(
  tx: Tx,
  deps: EscalationDeps,
  { level, cause, reason }: Escalation,
  ticketId: string,
  now: Temporal.Instant,
): Promise<void> {
  await escalate(tx, deps, { ticketId, to: level, cause: cause as EscalationCause, reason, by: '', now })
}

/** Nobody has to acknowledge it any more. */
async function end(
  tx: Tx,
  { id, ticketId, level }: Escalation,
  reason: 'closed' | 'joined' | 'no-levels',
  now: Temporal.Instant,
): Promise<void> {
  await tx.escalation.update({
    where: { id },
    data: { state: 'withdrawn', waitsFor: null, wakeAt: null, endedAt: dateOf(now) },
  })
  await addCallEntry(tx, {
    ...{ ticketId, kind: 'escalation-ended', at: now },
    detail: { escalationId: id, level, reason },
  })
}

function runningOf({ id, level, state, openedAt, acknowledgeBy, waysUsed }: Escalation): RunningEscalation {
  return {
    ...{ id, level, waysUsed },
    state: state as RunningEscalation['state'],
    openedAt: instantOf(openedAt),
    acknowledgeBy: acknowledgeBy && instantOf(acknowledgeBy),
  }
}
