import type { PhoneCall } from '../../desk/phone/call.ts'
import type { CallFacts } from '../../desk/phone/call-decision.ts'
import type { Tx } from '../../store/database.ts'
import { dateOf } from '../mail-rows.ts'
import { acknowledge } from '../promises/acknowledge.ts'
import { levelConfigOf, readLevel } from '../promises/level-people.ts'
import type { CallDeps } from './call-deps.ts'
import { addCallEntry } from './call-entry.ts'

/** Calls to our own people about an escalation: what they are told, and what follows from a key or a hang-up. */

type Alert = NonNullable<CallFacts['alert']>

/** Undefined where the call is about none, or where nobody has to acknowledge any more. */
export async function readAlert(
  tx: Tx,
  deps: Pick<CallDeps, 'config' | 'offices'>,
  { memory, language }: PhoneCall,
  now: Temporal.Instant,
): Promise<Alert | undefined> {
  if (memory.escalationId === undefined) return undefined
  const escalation = await tx.escalation.findUnique({
    where: { id: memory.escalationId },
    include: { ticket: { select: { office: true } } },
  })
  const level = escalation?.state === 'waiting' ? levelConfigOf(deps.config, escalation.level) : undefined
  if (!escalation || !level) return undefined
  const read = await readLevel(tx, deps, escalation.level, escalation.ticket.office, now)
  const person = read?.people.find(({ agent }) => agent === memory.alertAgent)
  const standsInFor = person?.standsInFor ?? null
  return {
    level: escalation.level,
    levelName: level.name[language],
    standsInFor: standsInFor === null ? '' : (deps.config.agents[standsInFor]?.name ?? ''),
  }
}

/** In the event's transaction. After a call without the key the next person is rung at once. */
export async function applyAlertEffect(
  tx: Tx,
  deps: Pick<CallDeps, 'config' | 'offices'>,
  { id: callId, ticketId, memory }: PhoneCall,
  kind: 'acknowledged' | 'alert-ended',
  now: Temporal.Instant,
): Promise<void> {
  const { escalationId, alertAgent: agent } = memory
  if (escalationId === undefined || agent === undefined) return
  if (kind === 'acknowledged') {
    await acknowledge(tx, deps, { escalationId, by: agent, how: 'key', now })
    return
  }
  const { count } = await tx.escalation.updateMany({
    where: { id: escalationId, state: 'waiting' },
    data: { wakeAt: dateOf(now) },
  })
  if (count > 0)
    await addCallEntry(tx, {
      ticketId,
      kind: 'escalation-call',
      at: now,
      detail: { callId, escalationId, agent },
    })
}
