/** An agent asks to be let in to the pages: a letter brings the link. */
import type { Config } from '../config/schema.ts'
import type { Notice } from '../desk/notice.ts'
import { enqueue, letterRow } from '../outbox/enqueue.ts'
import { inTransaction } from '../store/database.ts'
import { domainOf } from './letters.ts'
import { dateOf } from './mail-rows.ts'
import type { PromiseDeps } from './promises/promise-deps.ts'

/** Letters an hour: nobody fills an agent's mailbox by pressing a button that needs no key. */
export const signInLettersPerHour = 5

/**
 * Writes the letter where `address` is one of an agent's; it goes to that address. Tells nobody whether it did: who works
 * here is nobody's business. Throws TransientFailure('database').
 */
export async function askForSignIn(
  { database, config, now, nudge }: Pick<PromiseDeps, 'database' | 'config' | 'now' | 'nudge'>,
  address: string,
): Promise<void> {
  const recipient = address.trim().toLowerCase()
  const found = Object.entries(config.agents).find(([, { addresses }]) =>
    addresses.some(one => one.toLowerCase() === recipient),
  )
  const at = now()
  const written = await inTransaction(database, async tx => {
    // Done for strangers as well, so that the time an answer takes tells nothing.
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended('sign-in ' || ${found?.[0] ?? recipient}, 0))`
    const own = found?.[1].addresses.map(one => one.toLowerCase()) ?? [recipient]
    const sent = await tx.letter.count({
      where: {
        kind: 'sign-in',
        recipient: { in: own },
        createdAt: { gt: dateOf(at.subtract({ hours: 1 })) },
      },
    })
    if (!found || sent >= signInLettersPerHour) return 0
    const [agent, { name, language }] = found
    const mailbox = mailboxOf(config, agent)
    const notice: Notice = { kind: 'sign-in', language, recipient, data: { agent, name } }
    const thread = { inReplyTo: null, references: [] }
    await enqueue(tx, [
      letterRow(notice, { ticketId: null, mailbox, domain: domainOf(config, mailbox), thread }, at),
    ])
    return 1
  })
  if (written > 0) nudge()
}

/** That of a group the agent is in, else the first. */
function mailboxOf({ mailboxes, groups }: Config, agent: string): string {
  const own = Object.entries(mailboxes).find(([, { group }]) => groups[group]?.agents.includes(agent))
  return (own ?? Object.entries(mailboxes)[0])?.[0] ?? ''
}
