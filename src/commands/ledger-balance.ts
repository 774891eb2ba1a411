/** `gateway ledger balance`: proves, mailbox by mailbox, that every mail on the server has its row. */
import { authenticatingReader } from '../channels/mail/authenticate.ts'
import { type BalanceReport, balanceMailbox } from '../channels/mail/ledger-balance.ts'
import { openAccounts } from '../channels/mail/oauth/accounts.ts'
import { fingerprintOf } from '../channels/mail/read-mail.ts'
import { suggestion } from '../config/suggest.ts'
import { PermanentFailure, TransientFailure } from '../desk/failure.ts'
import { takeIn } from '../intake/take-in.ts'
import { type Answer, CommandFailed } from './answer.ts'
import type { Place } from './with-database.ts'
import { type Desk, withDesk } from './with-desk.ts'

/** The comparison of one mailbox, or the reason why there is none. */
export type BalanceLine = BalanceReport | { readonly mailbox: string; readonly failure: string }

/** Throws CommandFailed for an unknown mailbox. A mailbox that cannot be reached does not keep others from being compared. */
export async function balanceLedger(place: Place, mailbox: string | undefined): Promise<Answer> {
  const lines = await withDesk(place, async desk => {
    const keys = Object.keys(desk.config.mailboxes)
    if (mailbox !== undefined && !keys.includes(mailbox)) {
      throw new CommandFailed(`There is no mailbox "${mailbox}"${suggestion(mailbox, keys)}`)
    }
    const balanced: BalanceLine[] = []
    for (const key of mailbox === undefined ? keys : [mailbox]) balanced.push(await balanceOne(desk, key))
    return balanced
  })
  return { text: lines.map(balanceText).join('\n'), data: lines, failed: lines.some(isBad) }
}

async function balanceOne({ config, takeInDeps, blobs }: Desk, key: string): Promise<BalanceLine> {
  const mailbox = config.mailboxes[key]
  if (!mailbox) throw new CommandFailed(`There is no mailbox "${key}"`)
  try {
    return await balanceMailbox({
      key,
      config: mailbox,
      limits: config.limits,
      database: takeInDeps.database,
      blobs,
      takeIn: mails => takeIn(takeInDeps, mails),
      readMail: authenticatingReader(config, key, { now: takeInDeps.now }),
      fingerprintOf,
      log: takeInDeps.log,
      tokens: openAccounts(config, {
        dataFolder: config.data,
        fetch,
        now: takeInDeps.now,
      }).mailboxes.get(key),
    })
  } catch (error) {
    const known = error instanceof TransientFailure || error instanceof PermanentFailure
    if (!known || error.code === 'database') throw error
    return { mailbox: key, failure: `${error.code}: ${error.message}` }
  }
}

function isBad(line: BalanceLine): boolean {
  return 'failure' in line || line.missing.length > 0 || line.unfinished > 0
}

/** One mailbox in two or three lines; the first word says whether all is well. */
export function balanceText(line: BalanceLine): string {
  const mark = isBad(line) ? '✗' : '✓'
  if ('failure' in line) return `${mark} ${line.mailbox}: could not be compared, ${line.failure}`
  const { mailbox, folder, onServer, inLedger, gone, waiting, gaps, reread, missing, unfinished } = line
  const found =
    gaps.length === 0
      ? 'no gaps'
      : `${gaps.length} ${gaps.length === 1 ? 'gap' : 'gaps'}, ${reread} read again`
  const lines = [
    `${mark} ${mailbox}: ${found}`,
    `  ${folder} holds ${onServer} mails, the ledger ${inLedger} rows; ${gone} have left the folder, ${waiting} are waiting for the reader`,
  ]
  if (missing.length > 0)
    lines.push(
      `  still missing: UID ${missing.slice(0, 50).join(', ')}; run this again, or look at these mails on the server`,
    )
  if (unfinished > 0)
    lines.push(`  ${unfinished} mails could not be flagged or moved; look at mailboxes.${mailbox}.after`)
  return lines.join('\n')
}
