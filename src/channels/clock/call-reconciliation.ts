import type { Reconciled } from '../../intake/calls/reconcile.ts'
import { type DueLoop, type DueLoopDeps, openDueLoop } from './due-loop.ts'

const minutesBetween = 5

/** Compares the providers' lists of calls with ours, at the start and every five minutes. */
export function reconcileCallsRegularly(
  reconcile: () => Promise<Reconciled>,
  { now, log, after }: Pick<DueLoopDeps, 'now' | 'log' | 'after'>,
): DueLoop {
  let nextAt: Temporal.Instant | undefined
  // The loop looks in more often than that, for rows of other processes; a provider's list has none of these.
  const round = async () => {
    if (nextAt && Temporal.Instant.compare(now(), nextAt) < 0) return { nextAt }
    const { created, ended, settled, failed, listed } = await reconcile()
    const level = created + ended + settled + failed.length > 0 ? 'warn' : 'debug'
    log[level]({ listed, created, ended, settled, failed }, 'calls compared with their providers')
    nextAt = now().add({ minutes: minutesBetween })
    return { nextAt }
  }
  return openDueLoop({ name: 'call-reconciliation', round, now, log, ...(after ? { after } : {}) })
}
