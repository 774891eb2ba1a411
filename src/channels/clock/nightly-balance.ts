import type { Log } from '../../log.ts'
import type { Jobs } from '../../store/jobs.ts'

/** What a comparison of folder and ledger found; see ledger-balance.ts. */
export interface Balance {
  readonly mailbox: string
  readonly gaps: readonly number[]
  readonly reread: number
  readonly missing: readonly number[]
}

/** In the small hours, when a mailbox is quiet and a server can list a large folder in peace. */
const everyNight = '20 2 * * *'

/**
 * Compares every mailbox with the ledger each night, on one of the gateways that share the database. What was missing
 * is read again; what is still missing after that is logged as an error: it is a mail nobody has.
 */
export async function balanceNightly(
  jobs: Jobs,
  mailboxes: readonly string[],
  timeZone: string,
  balance: (mailbox: string) => Promise<Balance>,
  log: Log,
): Promise<void> {
  await jobs.work('ledger-balance', async () => {
    for (const mailbox of mailboxes) report(await balance(mailbox), log)
  })
  await jobs.schedule('ledger-balance', everyNight, timeZone)
}

function report({ mailbox, gaps, reread, missing }: Balance, log: Log): void {
  const facts = { mailbox, gaps: gaps.length, reread, missing: missing.slice(0, 50) }
  if (missing.length > 0) log.error(facts, 'mails on the server have no row in the ledger')
  else log.info(facts, 'the ledger balances')
}
