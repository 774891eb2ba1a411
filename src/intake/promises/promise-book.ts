import type { PromiseKind } from '../../desk/promise/matter.ts'
import type { Tx } from '../../store/database.ts'
import { insertRows } from '../../store/insert-rows.ts'
import { instantOf } from '../calls/call-rows.ts'
import { guaranteeRow } from './guarantee-row.ts'
import { readMatter } from './matter-of.ts'
import { pausePromises } from './pause.ts'
import { officeNamed, type PromiseDeps } from './promise-deps.ts'
import { promisedKinds, remindersOf, targetsOf } from './targets.ts'

/**
 * The book of promises beside promised calls, which telephony keeps: they are made, kept and withdrawn here. The caller
 * has locked the ticket, or opens it in the same transaction.
 */

type BookedKind = (typeof promisedKinds)[number]

export interface Made {
  readonly kind: BookedKind
  readonly dueAt: Temporal.Instant
}

/**
 * Promises what the policy says, of `kinds` or of all, each of which the ticket is not promised already. Their clocks run
 * from `startedAt`, and stand at once while the ticket waits for its customer. Nothing is promised for what is closed: a
 * later mail of the same batch may have closed it. Gives those that were made.
 */
export async function makePromises(
  tx: Tx,
  deps: PromiseDeps,
  {
    ticketId,
    startedAt,
    now,
    kinds = promisedKinds,
  }: {
    readonly ticketId: string
    readonly startedAt: Temporal.Instant
    readonly now: Temporal.Instant
    readonly kinds?: readonly PromiseKind[]
  },
): Promise<readonly Made[]> {
  if (!kinds.includes('first-response') && deps.config.policy.targets.length === 0) return []
  const {
    office: key,
    state,
    waitingUntil,
  } = await tx.ticket.findUniqueOrThrow({
    where: { id: ticketId },
    select: { office: true, state: true, waitingUntil: true },
  })
  if (state === 'resolved') return []
  const office = officeNamed(deps, key)
  const running = await tx.guarantee.findMany({
    where: { ticketId, state: 'open' },
    select: { kind: true },
  })
  const wanted = promisedKinds.filter(kind => kinds.includes(kind) && !running.some(one => one.kind === kind))
  if (wanted.length === 0) return []
  const targets = targetsOf(await readMatter(tx, deps, ticketId), deps.config)
  const reminders = remindersOf(deps.config)
  const rows = wanted.flatMap(kind => {
    const target = targets[kind]
    return target ? [guaranteeRow({ ticketId, kind, target, startedAt, now, office, reminders })] : []
  })
  await insertRows(tx, 'guarantee', rows)
  const until = waitingUntil && instantOf(waitingUntil)
  if (state === 'waiting' && rows.length > 0)
    await pausePromises(tx, deps, { ticketId, waitsFor: 'customer', now, until })
  return rows.map(({ kind, dueAt }) => ({ kind: kind as BookedKind, dueAt: instantOf(dueAt) }))
}

/**
 * Ends the running promises of these kinds, or of all but calls. What comes after its time does not keep a promise, and
 * closing the matter does not undo that it was broken. Gives the number of those that ended.
 */
export async function endPromises(
  tx: Tx,
  _: unknown,
  {
    ticketId,
    kinds = promisedKinds,
    how,
    reason,
    at,
  }: {
    readonly ticketId: string
    readonly kinds?: readonly PromiseKind[]
    readonly how: 'kept' | 'withdrawn'
    readonly reason: string
    readonly at: Temporal.Instant
  },
): Promise<number> {
  const when = at.toString()
  const booked = promisedKinds.filter(kind => kinds.includes(kind))
  // A clock that stands cannot run out.
  return tx.$executeRaw`
    update guarantee set ended_at = ${when}::timestamptz, wake_at = null,
      state = case when paused_at is not null or due_at >= ${when}::timestamptz then ${how} else 'broken' end,
      reason = case when paused_at is not null or due_at >= ${when}::timestamptz then ${reason} else 'too-late' end
    where ticket_id = ${ticketId}::uuid and state = 'open' and kind = any(${booked}::text[])`
}
