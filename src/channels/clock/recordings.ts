import type { Log } from '../../log.ts'
import type { Jobs } from '../../store/jobs.ts'
import { type DueLoop, type DueLoopDeps, openDueLoop } from './due-loop.ts'

/** Fetches, keeps and deletes recordings when they are due. `work` works on some of them. */
export function workRecordingsWhenDue(
  work: DueLoopDeps['round'],
  deps: Pick<DueLoopDeps, 'now' | 'log' | 'after'>,
): DueLoop {
  return openDueLoop({ name: 'recordings', round: work, ...deps })
}

/** When hardly anybody rings. */
const everyNight = '20 3 * * *'

/** Deletes what providers sent, once it is old enough, on one of the gateways that share the database. */
export async function forgetPayloadsNightly(
  jobs: Jobs,
  timeZone: string,
  forget: () => Promise<number>,
  log: Log,
): Promise<void> {
  await jobs.work('forget-payloads', async () => {
    log.info({ events: await forget() }, 'old payloads of calls deleted')
  })
  await jobs.schedule('forget-payloads', everyNight, timeZone)
}
