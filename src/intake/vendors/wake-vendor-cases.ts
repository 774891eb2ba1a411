import { type CaseStage, decideCase } from '../../desk/vendor/decide-case.ts'
import { inTransaction, type Tx } from '../../store/database.ts'
import { instantOf } from '../calls/call-rows.ts'
import { dateOf } from '../mail-rows.ts'
import type { PromiseDeps } from '../promises/promise-deps.ts'
import { raiseCase } from './case-acts.ts'
import { levelPeopleOf, peopleOf, tellAgents } from './case-letters.ts'
import { addMessage, addVendorEntry, type OpenedCase, readCase } from './case-rows.ts'

/** Cases whose manufacturer has been awaited for a while, each looked at once, whichever process has it. */

export interface WokenCases {
  readonly woken: number
  /** When the next one is due; in the past where some are left, or where another process has them just now. */
  readonly nextAt: Temporal.Instant | null
}

const usualMost = 100

/**
 * Looks at what is due, oldest first, one transaction each. What fails is thrown once the rest is done; that case waits a
 * minute. Throws TransientFailure('database') while the database is away.
 */
export async function wakeVendorCases(deps: PromiseDeps, most = usualMost): Promise<WokenCases> {
  const failures: unknown[] = []
  const { database } = deps
  const due = await database.vendorCase.findMany({
    where: { wakeAt: { lte: dateOf(deps.now()) } },
    orderBy: [{ wakeAt: 'asc' }, { id: 'asc' }],
    take: most,
    select: { id: true },
  })
  let woken = 0
  for (const { id } of due) if (await wakeOne(deps, id, failures)) woken += 1
  if (woken > 0) {
    deps.nudge()
    deps.wake()
  }
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} cases at manufacturers could not be decided`)
  const next = await database.vendorCase.findFirst({
    where: { wakeAt: { not: null } },
    orderBy: { wakeAt: 'asc' },
    select: { wakeAt: true },
  })
  return { woken, nextAt: next?.wakeAt ? instantOf(next.wakeAt) : null }
}

async function wakeOne(deps: PromiseDeps, id: string, failures: unknown[]): Promise<boolean> {
  let claimed = false
  try {
    await inTransaction(deps.database, async tx => {
      claimed = await claim(tx, id, deps.now())
      if (claimed) await decideAndApply(deps, tx, id)
    })
  } catch (error) {
    // Without a row in hand it is the database itself that fails.
    if (!claimed) throw error
    failures.push(error)
    const wakeAt = dateOf(deps.now().add({ minutes: 1 }))
    await deps.database.vendorCase.updateMany({ where: { id }, data: { wakeAt } })
    return true
  }
  return claimed
}

/** With its ticket, whose clocks may change: whoever holds one of the two is not waited for. */
async function claim(tx: Tx, id: string, now: Temporal.Instant): Promise<boolean> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select c.id from vendor_case c join ticket t on t.id = c.ticket_id
    where c.id = ${id}::uuid and c.wake_at <= ${now.toString()}::timestamptz for update skip locked`
  return rows.length > 0
}

async function decideAndApply(deps: PromiseDeps, tx: Tx, id: string): Promise<void> {
  const now = deps.now()
  const opened = await readCase(tx, deps, id)
  const { row, vendor } = opened
  if (row.state !== 'open' || row.dueAt === null) {
    await tx.vendorCase.update({ where: { id }, data: { wakeAt: null } })
    return
  }
  const awaited = { stage: row.stage as CaseStage, level: row.level, dueAt: instantOf(row.dueAt) }
  const { action, stage, wakeAt } = decideCase(awaited, { now, highest: vendor?.levels.length ?? 0 })
  await tx.vendorCase.update({ where: { id }, data: { stage, wakeAt: wakeAt && dateOf(wakeAt) } })
  if (action === 'remind') await tell(tx, deps, opened, 'half', now)
  if (action === 'raise') {
    const raised = await raiseCase(tx, deps, opened, { by: '', reason: '' }, now)
    await tell(tx, deps, raised, 'raised', now)
  }
  if (action === 'hand-back') {
    await addMessage(tx, { caseId: id, direction: 'note', kind: 'overdue', at: now, author: '' })
    await addVendorEntry(tx, opened, 'vendor-overdue', now)
    const people = await levelPeopleOf(tx, deps, opened, now)
    await tellAgents(tx, deps, opened, people, { event: 'overdue' }, now)
  }
}

async function tell(
  tx: Tx,
  deps: PromiseDeps,
  one: OpenedCase,
  event: 'half' | 'raised',
  now: Temporal.Instant,
): Promise<void> {
  await tellAgents(tx, deps, one, await peopleOf(tx, deps, one, now), { event }, now)
}
