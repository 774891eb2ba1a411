import { type CaseStage, decideCase } from '../../desk/vendor/decide-case.ts'
import type { Tx } from '../../store/database.ts'
import { instantOf } from '../calls/call-rows.ts'
import { dateOf } from '../mail-rows.ts'
import type { PromiseDeps } from '../promises/promise-deps.ts'
import { type Woken, wakeDue } from '../wake-due.ts'
import { raiseCase } from './case-acts.ts'
import { levelPeopleOf, peopleOf, tellAgents } from './case-letters.ts'
import { addMessage, addVendorEntry, type OpenedCase, readCase } from './case-rows.ts'

/** Looks at the cases whose manufacturer has been awaited for a while; see wake-due.ts for what it gives and throws. */
export function wakeVendorCases(deps: PromiseDeps, most?: number): Promise<Woken> {
  return wakeDue(
    deps,
    {
      ...{ table: 'vendor_case', what: 'cases at manufacturers' },
      decide: (tx, id) => decideAndApply(deps, tx, id),
      stirred() {
        deps.nudge()
        deps.wake()
      },
    },
    most,
  )
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
