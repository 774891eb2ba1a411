import type { CallDeps } from '../../intake/calls/call-deps.ts'
import { wakeCallbacks } from '../../intake/calls/wake-callbacks.ts'
import { type DueLoop, type DueLoopDeps, openDueLoop } from './due-loop.ts'

/** Looks at callbacks when they are due. Tests and simulations call `wakeCallbacks` themselves instead. */
export function wakeCallbacksWhenDue(deps: CallDeps, after?: DueLoopDeps['after']): DueLoop {
  const { now, log } = deps
  const round = () => wakeCallbacks(deps)
  return openDueLoop({ name: 'callbacks', round, now, log, ...(after ? { after } : {}) })
}
