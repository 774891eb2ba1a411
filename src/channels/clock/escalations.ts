import type { EscalationDeps } from '../../intake/promises/tell-level.ts'
import { wakeEscalations } from '../../intake/promises/wake-escalations.ts'
import { type DueLoop, type DueLoopDeps, openDueLoop } from './due-loop.ts'

/** Looks at escalations when they are due. Tests and simulations call `wakeEscalations` themselves instead. */
export function wakeEscalationsWhenDue(deps: EscalationDeps, after?: DueLoopDeps['after']): DueLoop {
  const { now, log } = deps
  const round = () => wakeEscalations(deps)
  return openDueLoop({ name: 'escalations', round, now, log, ...(after ? { after } : {}) })
}
