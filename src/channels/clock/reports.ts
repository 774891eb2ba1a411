import { type ReportDeps, wakeReports } from '../../figures/mail/send-reports.ts'
import type { Log } from '../../log.ts'
import { type DueLoop, type DueLoopDeps, openDueLoop } from './due-loop.ts'

/** Sends reports when they are due. Tests and simulations call `wakeReports` themselves instead. */
export function sendReportsWhenDue(
  deps: ReportDeps & { readonly log: Log },
  after?: DueLoopDeps['after'],
): DueLoop {
  const { now, log } = deps
  const round = () => wakeReports(deps)
  return openDueLoop({ name: 'reports', round, now, log, ...(after ? { after } : {}) })
}
