import { decideEscalation } from '../../desk/promise/decide-escalation.ts'
import type { EscalationCause, EscalationDecision, RunningEscalation } from '../../desk/promise/escalation.ts'
import type { Tx } from '../../store/database.ts'
import type { Escalation } from '../../store/generated/client.ts'
import { addCallEntry } from '../calls/call-entry.ts'
import { instantOf } from '../calls/call-rows.ts'
import { dateOf } from '../mail-rows.ts'
import { type Woken, wakeDue } from '../wake-due.ts'
import { type AlertToPlace, placeAlert, ringNext } from './alert-calls.ts'
import { escalate } from './escalate.ts'
import { readLevel } from './level-people.ts'
import { type EscalationDeps, tell } from './tell-level.ts'
import { applyPassOn, raiseAlarm } from './unacknowledged.ts'

/** Looks at the escalations that are due; see wake-due.ts for what it gives and throws. */
export function wakeEscalations(deps: EscalationDeps, most?: number): Promise<Woken> {
  return wakeDue(
    deps,
    {
      ...{ table: 'escalation', what: 'escalations' },
      decide: (tx, id) => decideAndApply(deps, tx, id, deps.now()),
      // A telephone rings only for what is committed.
      afterwards: async (_, ringing) => void (ringing && (await placeAlert(deps, ringing))),
      stirred() {
        deps.nudge()
        // Texts are sent by a loop of their own.
        deps.wake()
      },
    },
    most,
  )
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
