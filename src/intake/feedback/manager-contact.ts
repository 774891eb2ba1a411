import { maySpeakFor, peopleOnDuty } from '../../desk/duty.ts'
import { isAbsent, withDeputies } from '../../desk/on-duty.ts'
import type { Tx } from '../../store/database.ts'
import type { Guarantee } from '../../store/generated/client.ts'
import { insertRows } from '../../store/insert-rows.ts'
import { addCallEntry } from '../calls/call-entry.ts'
import { readAbsences } from '../calls/duty.ts'
import { guaranteeRow } from '../promises/guarantee-row.ts'
import { officeNamed, type PromiseDeps } from '../promises/promise-deps.ts'
import { remindersOf } from '../promises/targets.ts'

/**
 * The promise that a dissatisfied customer hears from the technical support manager. It belongs to the customer and not to
 * the matter: closing the ticket does not end it, and only the manager, or who stands in, keeps it.
 */

const kind = 'manager-contact'
/** What the guarantee names as the row of the policy. */
const policyRow = 'feedback.managerMinutes'

type ManagerDeps = Pick<PromiseDeps, 'config' | 'offices'>

/** Keys of those who are told: the manager, or the group's people who are there; those who are away are better than nobody. */
export async function managersNow(
  tx: Tx,
  { config }: ManagerDeps,
  office: string,
  now: Temporal.Instant,
): Promise<readonly string[]> {
  const { manager } = config.feedback ?? {}
  if (manager === undefined) return []
  const absences = await readAbsences(tx, now)
  const timeZone = config.offices[office]?.timeZone ?? 'UTC'
  if (config.groups[manager]) {
    const there = peopleOnDuty(manager, config, absences, timeZone, now).map(({ agent }) => agent)
    return there.length > 0 ? there : config.groups[manager].agents
  }
  const there = withDeputies([manager], config, absences, timeZone, now)
    .map(({ agent }) => agent)
    .filter(agent => !isAbsent(agent, config, absences, timeZone, now))
  return there.length > 0 ? there : [manager]
}

/** Does what this agent tells the customer count as the manager's? Deputies' words do, needed now or not. */
async function isManager(
  tx: Tx,
  { config }: ManagerDeps,
  agent: string,
  office: string,
  now: Temporal.Instant,
): Promise<boolean> {
  const { manager } = config.feedback ?? {}
  if (manager === undefined) return false
  if (agent === manager || config.agents[manager]?.deputy === agent) return true
  const absences = await readAbsences(tx, now)
  const timeZone = config.offices[office]?.timeZone ?? 'UTC'
  if (config.groups[manager]) return maySpeakFor(manager, agent, config, absences, timeZone, now)
  return withDeputies([manager], config, absences, timeZone, now).some(one => one.agent === agent)
}

/** Promises it, unless that is promised already. The caller has locked the ticket. */
export async function promiseManager(
  tx: Tx,
  deps: PromiseDeps,
  { ticketId, office: key, now }: { ticketId: string; office: string; now: Temporal.Instant },
): Promise<{ readonly guarantee: Guarantee; readonly isNew: boolean }> {
  const running = await tx.guarantee.findFirst({ where: { ticketId, kind, state: 'open' } })
  if (running) return { guarantee: running, isNew: false }
  const minutes = deps.config.feedback?.managerMinutes
  if (minutes === undefined) throw new Error('a manager is promised only where the configuration names one')
  const row = guaranteeRow({
    ...{ ticketId, kind, startedAt: now, now, office: officeNamed(deps, key) },
    ...{ target: { minutes, row: policyRow }, reminders: remindersOf(deps.config) },
  })
  await insertRows(tx, 'guarantee', [row])
  return { guarantee: await tx.guarantee.findUniqueOrThrow({ where: { id: row.id } }), isNew: true }
}

/** The agent has answered the customer, or spoken with them, at that moment. */
export async function keepManagerContact(
  tx: Tx,
  deps: ManagerDeps,
  { ticketId, by, at }: { readonly ticketId: string; readonly by: string; readonly at: Temporal.Instant },
): Promise<void> {
  const open = await tx.guarantee.findFirst({
    where: { ticketId, kind, state: 'open' },
    include: { ticket: { select: { office: true } } },
  })
  if (!open || !(await isManager(tx, deps, by, open.ticket.office, at))) return
  const inTime = at.epochMilliseconds <= open.dueAt.getTime()
  const ended = inTime ? { state: 'kept', reason: 'contact' } : { state: 'broken', reason: 'too-late' }
  const endedAt = new Date(at.epochMilliseconds)
  // The clock may have broken it meanwhile, or another of the manager's words kept it.
  const { count } = await tx.guarantee.updateMany({
    where: { id: open.id, state: 'open' },
    data: { ...ended, endedAt, wakeAt: null },
  })
  if (count === 0) return
  await addCallEntry(tx, { ticketId, kind: 'manager-contacted', at, author: by })
}

/** Spam is owed nothing; what was promised on a merged ticket is owed on the one that goes on. */
export async function moveManagerContact(tx: Tx, ticketId: string, at: Temporal.Instant): Promise<void> {
  const open = await tx.guarantee.findFirst({
    where: { ticketId, kind, state: 'open' },
    include: { ticket: { select: { mergedIntoId: true } } },
  })
  if (!open) return
  const into = open.ticket.mergedIntoId
  const there = into && (await tx.guarantee.count({ where: { ticketId: into, kind, state: 'open' } }))
  if (into && there === 0) {
    await tx.guarantee.update({ where: { id: open.id }, data: { ticketId: into } })
    return
  }
  await withdrawManagerContact(tx, { ticketId, reason: into ? 'joined' : 'closed', at })
}

/** Nothing where it is not promised. */
export async function withdrawManagerContact(
  tx: Tx,
  {
    ticketId,
    reason,
    at,
  }: { readonly ticketId: string; readonly reason: string; readonly at: Temporal.Instant },
): Promise<void> {
  const ended = { state: 'withdrawn', reason, wakeAt: null, endedAt: new Date(at.epochMilliseconds) }
  await tx.guarantee.updateMany({ where: { ticketId, kind, state: 'open' }, data: ended })
}
