import { addOfficeTime, type Office, officeMinutesBetween } from '../../desk/office-hours.ts'
import type { PromiseKind, Targets } from '../../desk/promise/matter.ts'
import type { Tx } from '../../store/database.ts'
import type { Guarantee } from '../../store/generated/client.ts'
import { addCallEntry } from '../calls/call-entry.ts'
import { instantOf } from '../calls/call-rows.ts'
import { dateOf } from '../mail-rows.ts'
import { jsonOf, minutesOf } from './guarantee-row.ts'
import { readMatter } from './matter-of.ts'
import { makePromises } from './promise-book.ts'
import { officeNamed, type PromiseDeps } from './promise-deps.ts'
import { targetsOf } from './targets.ts'

const { compare } = Temporal.Instant

/**
 * The policy is read again, because severity, impact, area, group or contract changed. A running promise becomes earlier
 * without a word. It never becomes later than what the customer was told; only with `later`, when an agent lowered the
 * severity, the time for the solution may, of which customers are told no hour. What the policy promises now and did not
 * before is promised. Each change leaves a line with the old and the new time. Gives the kinds that changed.
 */
export async function retarget(
  tx: Tx,
  deps: PromiseDeps,
  {
    ticketId,
    now,
    later = false,
  }: { readonly ticketId: string; readonly now: Temporal.Instant; readonly later?: boolean },
): Promise<readonly PromiseKind[]> {
  if (deps.config.policy.targets.length === 0) return []
  const ticket = await tx.ticket.findUniqueOrThrow({ where: { id: ticketId } })
  if (ticket.state === 'resolved') return []
  const rows = await tx.guarantee.findMany({ where: { ticketId, state: 'open' } })
  const targets = targetsOf(await readMatter(tx, deps, ticketId), deps.config)
  const changed: PromiseKind[] = []
  for (const row of rows) {
    const office = officeNamed(deps, await officeOf(tx, deps, row, ticket.office))
    const moved = movedTo(row, targets, office, { now, later })
    if (!moved) continue
    await write(tx, row, moved, now)
    changed.push(row.kind as PromiseKind)
  }
  const made = await promiseAnew(tx, deps, { ticketId, openedAt: instantOf(ticket.openedAt), now })
  return [...changed, ...made]
}

/** Only what never was promised: a solution that was late once is not promised again by naming another severity. */
async function promiseAnew(
  tx: Tx,
  deps: PromiseDeps,
  { ticketId, openedAt, now }: { ticketId: string; openedAt: Temporal.Instant; now: Temporal.Instant },
): Promise<readonly PromiseKind[]> {
  const known = await tx.guarantee.findMany({
    where: { ticketId, kind: { in: ['status-update', 'resolution'] } },
    select: { kind: true },
  })
  const made: PromiseKind[] = []
  for (const [kind, startedAt] of [
    ['status-update', now],
    ['resolution', openedAt],
  ] as const)
    if (!known.some(one => one.kind === kind))
      made.push(
        ...(await makePromises(tx, deps, { ticketId, startedAt, now, kinds: [kind] })).map(one => one.kind),
      )
  return made
}

/** The line that was rung may be another office's than that of the ticket. */
async function officeOf(tx: Tx, { config }: PromiseDeps, row: Guarantee, office: string): Promise<string> {
  if (row.kind !== 'callback') return office
  const callback = await tx.callback.findUnique({ where: { guaranteeId: row.id }, select: { line: true } })
  const [line = ''] = callback?.line.split('/') ?? []
  return config.phone?.lines[line]?.office ?? office
}

interface Moved {
  readonly startedAt: Temporal.Instant
  readonly dueAt: Temporal.Instant
  readonly minutes: number
  readonly policy: string
  readonly derivation: ReturnType<typeof addOfficeTime>['derivation']
}

/** Undefined where it stays. A time that was agreed upon stays as it was agreed. */
function movedTo(
  row: Guarantee,
  targets: Targets,
  office: Office,
  { now, later }: { readonly now: Temporal.Instant; readonly later: boolean },
): Moved | undefined {
  const target = targets[row.kind as PromiseKind]
  const before = minutesOf(row)
  if (!target || before === null || target.minutes === before) return undefined
  if (target.minutes > before && !(later && row.kind === 'resolution')) return undefined
  const startedAt = instantOf(row.startedAt)
  const dueAt = instantOf(row.dueAt)
  const from = startedAt.round({ smallestUnit: 'minute', roundingMode: 'floor' })
  const stood = Math.max(0, Math.round(officeMinutesBetween(from, dueAt, office)) - before)
  const counted = { minutes: target.minutes, policy: target.row }
  const moved = addOfficeTime(startedAt, target.minutes + stood, office)
  // A clock that stands is looked at as of the moment it stopped.
  const clock = row.pausedAt ? instantOf(row.pausedAt) : now
  if (compare(moved.dueAt, clock) > 0) return { startedAt, ...counted, ...moved }
  // It would have been over before anybody knew of it: the time counts from here, if that is earlier at all.
  const fresh = addOfficeTime(clock, target.minutes, office)
  return compare(fresh.dueAt, dueAt) < 0 ? { startedAt: clock, ...counted, ...fresh } : undefined
}

async function write(tx: Tx, row: Guarantee, moved: Moved, now: Temporal.Instant): Promise<void> {
  const { id, ticketId, kind, pausedAt, wakeAt } = row
  const { startedAt, dueAt, minutes, policy, derivation } = moved
  const isCall = kind === 'callback'
  // The callback first, as everybody else locks them.
  if (isCall)
    await tx.callback.updateMany({ where: { guaranteeId: id, state: 'owed' }, data: { wakeAt: dateOf(now) } })
  await tx.guarantee.update({
    where: { id },
    data: {
      ...{
        minutes,
        policy,
        startedAt: dateOf(startedAt),
        dueAt: dateOf(dueAt),
        derivation: jsonOf(derivation),
      },
      wakeAt: isCall ? null : pausedAt === null ? dateOf(now) : wakeAt,
    },
  })
  await addCallEntry(tx, {
    ...{ ticketId, kind: 'promise-retargeted', at: now },
    detail: { promise: kind, before: row.dueAt.toISOString(), dueAt: dueAt.toString(), because: policy },
  })
}
