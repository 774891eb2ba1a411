import { resumedPromise, type WaitsFor } from '../../desk/promise/resumed-promise.ts'
import type { Tx } from '../../store/database.ts'
import { addCallEntry } from '../calls/call-entry.ts'
import { instantOf } from '../calls/call-rows.ts'
import { dateOf } from '../mail-rows.ts'
import { jsonOf, minutesOf, stepsOf } from './guarantee-row.ts'
import { officeNamed, type PromiseDeps } from './promise-deps.ts'
import { promisedKinds } from './targets.ts'

/** Clocks that stand while we wait for somebody else, visibly: each stop and each start is a line of the history. */

/**
 * Stops the clocks that the policy allows to be stopped for `waitsFor`; at `until` they go on by themselves. Those that
 * stand already get the new end. A promise whose time is over is not saved by waiting. Gives the kinds that stand now.
 */
export async function pausePromises(
  tx: Tx,
  { config }: Pick<PromiseDeps, 'config'>,
  {
    ticketId,
    waitsFor,
    now,
    until = null,
  }: {
    readonly ticketId: string
    readonly waitsFor: WaitsFor
    readonly now: Temporal.Instant
    readonly until?: Temporal.Instant | null
  },
): Promise<readonly string[]> {
  const allowed: readonly string[] = config.policy.pauses[waitsFor]
  const kinds = promisedKinds.filter(kind => allowed.includes(kind))
  const at = now.toString()
  const end = until?.toString() ?? null
  await tx.$executeRaw`
    update guarantee set wake_at = ${end}::timestamptz
    where ticket_id = ${ticketId}::uuid and state = 'open' and paused_at is not null`
  const stopped = await tx.$queryRaw<{ kind: string }[]>`
    update guarantee set paused_at = ${at}::timestamptz, paused_for = ${waitsFor}, wake_at = ${end}::timestamptz
    where ticket_id = ${ticketId}::uuid and state = 'open' and paused_at is null and due_at > ${at}::timestamptz
      and kind = any(${kinds}::text[])
    returning kind`
  const promises = stopped.map(({ kind }) => kind).toSorted()
  if (promises.length > 0)
    await addCallEntry(tx, {
      ...{ ticketId, kind: 'promise-paused', at: now },
      detail: { promises, waitsFor, until: end },
    })
  return promises
}

/**
 * Clocks go on with the office minutes that were left when they stopped. Only those that stand for `waitsFor`, where it
 * is named. Gives the kinds that go on.
 */
export async function resumePromises(
  tx: Tx,
  deps: Pick<PromiseDeps, 'offices'>,
  {
    ticketId,
    now,
    waitsFor,
  }: { readonly ticketId: string; readonly now: Temporal.Instant; readonly waitsFor?: WaitsFor },
): Promise<readonly string[]> {
  const rows = await tx.guarantee.findMany({
    where: { ticketId, state: 'open', pausedAt: { not: null }, ...(waitsFor ? { pausedFor: waitsFor } : {}) },
    include: { ticket: { select: { office: true } } },
    orderBy: { kind: 'asc' },
  })
  for (const row of rows) {
    const { id, kind, ticket, pausedAt, pausedFor } = row
    if (pausedAt === null) continue
    const resumed = resumedPromise(
      {
        dueAt: instantOf(row.dueAt),
        pausedAt: instantOf(pausedAt),
        waitsFor: pausedFor === 'vendor' ? 'vendor' : 'customer',
        derivation: stepsOf(row.derivation),
      },
      now,
      officeNamed(deps, ticket.office),
    )
    await tx.guarantee.update({
      where: { id },
      data: {
        ...{ pausedAt: null, pausedFor: null, wakeAt: dateOf(now), dueAt: dateOf(resumed.dueAt) },
        // Older rows have none, and from here on the time that was waited has to be told from the time that counts.
        minutes: minutesOf(row) ?? resumed.left,
        derivation: jsonOf(resumed.derivation),
      },
    })
    await addCallEntry(tx, {
      ...{ ticketId, kind: 'promise-resumed', at: now },
      detail: {
        ...{ promise: kind, waitsFor: pausedFor, since: pausedAt.toISOString() },
        ...{ before: row.dueAt.toISOString(), dueAt: resumed.dueAt.toString() },
      },
    })
  }
  return rows.map(({ kind }) => kind)
}
