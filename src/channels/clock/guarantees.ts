import type { PromiseDeps } from '../../intake/promises/promise-deps.ts'
import { wakeGuarantees, watchOlderPromises } from '../../intake/promises/wake-guarantees.ts'
import { type DueLoop, type DueLoopDeps, openDueLoop } from './due-loop.ts'

/**
 * Looks at promises when they are due, those of an earlier version from the first round on. Tests and simulations call
 * `wakeGuarantees` themselves instead.
 */
export function wakeGuaranteesWhenDue(deps: PromiseDeps, after?: DueLoopDeps['after']): DueLoop {
  const { database, now, log } = deps
  let first = true
  const round = async () => {
    if (first) await watchOlderPromises(database, now())
    first = false
    return wakeGuarantees(deps)
  }
  return openDueLoop({ name: 'guarantees', round, now, log, ...(after ? { after } : {}) })
}
