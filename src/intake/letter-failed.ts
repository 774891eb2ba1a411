import { randomUUID } from 'node:crypto'
import type { Config } from '../config/schema.ts'
import { bounceReason } from '../desk/bounce-verdict.ts'
import { internalKinds } from '../desk/notice.ts'
import { enqueue, type LetterRow } from '../outbox/enqueue.ts'
import type { Tx } from '../store/database.ts'
import { noticesOfFailedLetter } from './agent-notices.ts'
import { alarms } from './letters.ts'
import { recordSuppressions, suppressionOf } from './suppression.ts'
import { ticketOf } from './ticket-rows.ts'
import { tellOfVendorLetter } from './vendors/letter-failed.ts'

/** A letter that was given up, as the outbox reports it. */
export interface FailedLetter {
  readonly id: string
  readonly ticketId: string | null
  readonly kind: string
  readonly mailbox: string
  readonly recipient: string
}

/**
 * A letter that was given up comes back in as an event of its ticket: an entry in the history, a notice to the agents
 * where it was meant for the customer, an alarm to the administrators. A failed alarm raises no further alarm, and a
 * failed letter to an agent no notice, or one wrong address would write letters without end.
 */
export async function recordFailedLetter(
  tx: Tx,
  letter: FailedLetter,
  reported: { readonly code: string; readonly response: string },
  config: Config,
  now: Temporal.Instant,
): Promise<void> {
  // A server's words: what PostgreSQL refuses in text would bring the letter back for ever.
  const failure = { ...reported, response: reported.response.replaceAll('\0', '').toWellFormed() }
  const letters: LetterRow[] = []
  if (failure.code === 'recipient-refused') await suppressUnknown(tx, letter, failure.response, config, now)
  if (letter.ticketId) {
    await tx.entry.create({
      data: {
        id: randomUUID(),
        ticketId: letter.ticketId,
        kind: 'letter-failed',
        at: new Date(now.epochMilliseconds),
        author: '',
        text: failure.response,
        detail: { code: failure.code, letter: letter.kind, recipient: letter.recipient },
        letterId: letter.id,
      },
    })
    if (!internalKinds.some(kind => kind === letter.kind)) {
      const row = await tx.ticket.findUniqueOrThrow({ where: { id: letter.ticketId } })
      letters.push(
        ...noticesOfFailedLetter(ticketOf(row), letter.recipient, failure.response, { config, now }),
      )
    }
  }
  await tellOfVendorLetter(tx, letter, failure.response, config, now)
  if (letter.kind !== 'alarm') {
    const detail = `${letter.kind} to ${letter.recipient}: ${failure.response}`
    letters.push(
      ...alarms(
        letter.mailbox,
        { event: 'letter-failed', code: failure.code, detail, command: `gateway letters retry ${letter.id}` },
        config,
        now,
      ),
    )
  }
  await enqueue(tx, letters)
}

/** Our own server may know already that an address does not exist; then no bounce will ever say so. */
async function suppressUnknown(
  tx: Tx,
  { recipient }: FailedLetter,
  response: string,
  { budgets }: Config,
  now: Temporal.Instant,
): Promise<void> {
  const status = /\b5\.\d{1,3}\.\d{1,3}\b/.exec(response)?.[0] ?? null
  const reason = bounceReason(status, response)
  if (reason !== 'user-unknown' && reason !== 'host-unknown') return
  const refused = { recipient, status: null, diagnosticCode: response }
  await recordSuppressions(tx, [], [suppressionOf(refused, null, budgets.suppressDays, now)])
}
