import { randomUUID } from 'node:crypto'
import type { Config } from '../config/schema.ts'
import type { Language, TicketState } from '../desk/ticket.ts'
import { enqueue, type LetterRow } from '../outbox/enqueue.ts'
import type { Tx } from '../store/database.ts'
import { alarms, noticesOfFailedLetter } from './letters.ts'

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
 * failed notice no further notice, or one wrong address would write letters without end.
 */
export async function recordFailedLetter(
  tx: Tx,
  letter: FailedLetter,
  failure: { readonly code: string; readonly response: string },
  config: Config,
  now: Temporal.Instant,
): Promise<void> {
  const letters: LetterRow[] = []
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
    if (letter.kind !== 'agent-notice') {
      const row = await tx.ticket.findUniqueOrThrow({ where: { id: letter.ticketId } })
      const ticket = { ...row, state: row.state as TicketState, language: row.language as Language }
      letters.push(...noticesOfFailedLetter(ticket, letter.recipient, failure.response, config, now))
    }
  }
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
