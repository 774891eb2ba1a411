import type { Log } from '../../log.ts'
import type { Jobs } from '../../store/jobs.ts'

/** Before the office opens: whoever reads it can act on it first thing. */
const everyMorning = '30 7 * * *'

/** Writes the digest each morning, on one of the gateways that share the database. `write` gives the letters written. */
export async function digestDaily(
  jobs: Jobs,
  timeZone: string,
  write: () => Promise<number>,
  log: Log,
): Promise<void> {
  await jobs.work('daily-digest', async () => {
    const letters = await write()
    log.info({ letters }, letters === 0 ? 'nothing to report in the digest' : 'digest written')
  })
  await jobs.schedule('daily-digest', everyMorning, timeZone)
}
