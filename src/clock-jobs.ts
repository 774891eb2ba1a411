import { digestDaily } from './channels/clock/daily-digest.ts'
import { balanceNightly } from './channels/clock/nightly-balance.ts'
import { balanceMailbox } from './channels/mail/ledger-balance.ts'
import type { MailboxDeps } from './channels/mail/mailbox.ts'
import type { Config } from './config/schema.ts'
import type { Log } from './log.ts'
import type { Jobs } from './store/jobs.ts'

/** Nights and mornings are those of the first office. */
export const timeZoneOf = ({ offices }: Config): string => Object.values(offices)[0]?.timeZone ?? 'UTC'

/** Jobs that come back in by themselves. */
export async function startClock(
  { config, log }: { readonly config: Config; readonly log: Log },
  jobs: Jobs,
  parts: readonly MailboxDeps[],
  digest: () => Promise<number>,
): Promise<void> {
  const timeZone = timeZoneOf(config)
  const balance = (key: string) => {
    const part = parts.find(one => one.key === key)
    if (!part) throw new Error(`mailbox "${key}" is not in the configuration`)
    return balanceMailbox(part)
  }
  await balanceNightly(
    jobs,
    parts.map(part => part.key),
    timeZone,
    balance,
    log,
  )
  await digestDaily(jobs, timeZone, digest, log)
  await jobs.start()
}
