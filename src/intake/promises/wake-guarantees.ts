import { officeMinutesBetween } from '../../desk/office-hours.ts'
import { decideGuarantee } from '../../desk/promise/decide-guarantee.ts'
import type { GuaranteeStage, RunningGuarantee } from '../../desk/promise/guarantee.ts'
import type { PromiseKind } from '../../desk/promise/matter.ts'
import { mostBroken } from '../../desk/promise/next-promise.ts'
import type { Database, Tx } from '../../store/database.ts'
import type { Guarantee, Ticket } from '../../store/generated/client.ts'
import { instantOf } from '../calls/call-rows.ts'
import { readersOf } from '../calls/told-ticket.ts'
import { managersNow } from '../feedback/manager-contact.ts'
import { dateOf } from '../mail-rows.ts'
import { ticketOf } from '../ticket-rows.ts'
import { type Woken, wakeDue } from '../wake-due.ts'
import { applyGuarantee } from './guarantee-actions.ts'
import { minutesOf } from './guarantee-row.ts'
import { readMatter } from './matter-of.ts'
import { officeNamed, type PromiseDeps } from './promise-deps.ts'
import { remindersOf, targetsOf } from './targets.ts'

/** Looks at the promises that are due; see wake-due.ts for what it gives and throws. */
export function wakeGuarantees(deps: PromiseDeps, most?: number): Promise<Woken> {
  return wakeDue(
    deps,
    {
      ...{ table: 'guarantee', what: 'promises' },
      decide: (tx, id) => decideAndApply(deps, tx, id),
      stirred() {
        deps.nudge()
        // A broken promise may have made an escalation, or a text, due.
        deps.wake()
      },
    },
    most,
  )
}

async function decideAndApply(deps: PromiseDeps, tx: Tx, id: string): Promise<void> {
  const now = deps.now()
  const { ticket, ...row } = await tx.guarantee.findUniqueOrThrow({
    where: { id },
    include: { ticket: true },
  })
  const office = officeNamed(deps, ticket.office)
  const kind = row.kind as PromiseKind
  const target = targetsOf(await readMatter(tx, deps, ticket.id), deps.config)[kind]
  const brokenBefore = await brokenInARow(tx, ticket.id, kind)
  const decision = decideGuarantee(runningOf(row, officeMinutes(row, office)), {
    ...{ now, office, reminders: remindersOf(deps.config) },
    // Whoever has it has let it lie: all who answer for it hear of it.
    owners:
      kind === 'manager-contact'
        ? await managersNow(tx, deps, ticket.office, now)
        : await readersOf(tx, deps, ticketOf(brokenBefore < mostBroken ? ticket : nobodys(ticket)), now),
    nextMinutes: kind === 'first-response' ? (target?.minutes ?? 0) : 0,
    brokenBefore,
    isEscalating: (await tx.escalation.count({ where: { waitsFor: ticket.id } })) > 0,
  })
  await tx.guarantee.update({
    where: { id },
    data: { stage: decision.stage, wakeAt: decision.wakeAt && dateOf(decision.wakeAt) },
  })
  await applyGuarantee({ deps, tx, row, ticket, office, target, now }, decision.actions)
}

const nobodys = (ticket: Ticket): Ticket => ({ ...ticket, assignee: null })

/** Of that kind since one was kept; while an answer is owed, at least as many as were broken of that. */
async function brokenInARow(tx: Tx, ticketId: string, kind: PromiseKind): Promise<number> {
  const [row] = await tx.$queryRaw<{ own: number; answers: number }[]>`
    with ended as (
      select kind, state, row_number() over (partition by kind order by ended_at desc, due_at desc) as back from guarantee
      where ticket_id = ${ticketId}::uuid and kind in (${kind}, 'first-response') and state in ('kept', 'broken')
    ), broken as (
      select kind, count(*)::int as count from ended e
      where not exists (select 1 from ended k where k.kind = e.kind and k.state = 'kept' and k.back <= e.back)
      group by kind
    )
    select coalesce((select count from broken where kind = ${kind}), 0) as own,
      coalesce((select count from broken where kind = 'first-response' and exists (
        select 1 from guarantee where ticket_id = ${ticketId}::uuid and kind = 'first-response' and state = 'open')), 0) as answers`
  return Math.max(row?.own ?? 0, row?.answers ?? 0)
}

/** Rows of older versions do not say what they were made of. */
function officeMinutes(row: Guarantee, office: Parameters<typeof officeMinutesBetween>[2]): number {
  return (
    minutesOf(row) ?? Math.ceil(officeMinutesBetween(instantOf(row.startedAt), instantOf(row.dueAt), office))
  )
}

function runningOf(row: Guarantee, minutes: number): RunningGuarantee {
  const { id, pausedAt, wakeAt } = row
  return {
    ...{ id, minutes },
    kind: row.kind as PromiseKind,
    state: row.state as RunningGuarantee['state'],
    stage: row.stage as GuaranteeStage,
    startedAt: instantOf(row.startedAt),
    dueAt: instantOf(row.dueAt),
    pausedAt: pausedAt && instantOf(pausedAt),
    pausedFor: row.pausedFor as RunningGuarantee['pausedFor'],
    pausedUntil: pausedAt && wakeAt && instantOf(wakeAt),
  }
}

/** Promises of so many hours ago were over before anybody watched: nobody is written to about them now. */
const hoursBack = 24

/**
 * Promises to answer that an earlier version made are watched from now on. Those that are long over stay as they are,
 * where the digest shows them: a customer who was forgotten for weeks hears from a person, not from a machine. Gives how
 * many there were. Cheap where there are none: the index on state and deadline finds what is open and not over.
 */
export async function watchOlderPromises(database: Database, now: Temporal.Instant): Promise<number> {
  const since = now.subtract({ hours: hoursBack }).toString()
  return database.$executeRaw`
    update guarantee set wake_at = ${now.toString()}::timestamptz
    where state = 'open' and due_at > ${since}::timestamptz and wake_at is null and paused_at is null
      and kind <> 'callback'`
}
