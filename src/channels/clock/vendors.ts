import type { PromiseDeps } from '../../intake/promises/promise-deps.ts'
import { wakeVendorCases } from '../../intake/vendors/wake-vendor-cases.ts'
import { type DueLoop, type DueLoopDeps, openDueLoop } from './due-loop.ts'

/** Looks at cases at manufacturers when they are due. Tests and simulations call `wakeVendorCases` themselves instead. */
export function wakeVendorCasesWhenDue(deps: PromiseDeps, after?: DueLoopDeps['after']): DueLoop {
  const { now, log } = deps
  const round = () => wakeVendorCases(deps)
  return openDueLoop({ name: 'vendors', round, now, log, ...(after ? { after } : {}) })
}
