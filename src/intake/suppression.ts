import { answerAddress } from '../desk/answer.ts'
import type { Action } from '../desk/decide.ts'
import type { InboundMail } from '../desk/inbound.ts'
import type { BouncedRecipient } from '../desk/mail-content.ts'
import type { Tx } from '../store/database.ts'
import type { Prisma } from '../store/generated/client.ts'
import { insertRows } from '../store/insert-rows.ts'

/**
 * Addresses that get no automatic letters for a while, because a server said that they do not exist or because their
 * mailbox provider passed on a complaint. What a human writes is sent all the same.
 *
 * Who can write need not be able to receive: a scanner with an invented sender address would be answered, bounce and be
 * answered again. So a new mail from such an address is answered again after a day at the earliest, and an answer to
 * one of our letters, which proves that it arrived, lifts the suppression at once.
 */

export interface SuppressedAddress {
  readonly until: Temporal.Instant
  readonly since: Temporal.Instant
}

/** How long a fresh suppression stands even against a mail from the address itself. */
const standsHours = 24

export function suppressedAddress(row: {
  readonly until: string
  readonly since: string
}): SuppressedAddress {
  return { until: Temporal.Instant.from(row.until), since: Temporal.Instant.from(row.since) }
}

/** Until when the automatic answer to `mail` must wait; undefined where it may be tried. */
export function suppressionFor(
  mail: InboundMail,
  suppressed: SuppressedAddress | undefined,
): Temporal.Instant | undefined {
  if (!suppressed) return undefined
  const writes = mail.content.from?.address.toLowerCase() === answerAddress(mail.content)?.toLowerCase()
  const stood = Temporal.Instant.compare(mail.receivedAt, suppressed.since.add({ hours: standsHours })) > 0
  return writes && stood ? undefined : suppressed.until
}

export type SuppressionRow = Prisma.SuppressionCreateManyInput

/** The row that stops automatic letters to the recipient that a delivery report gave up on. */
export function suppressionOf(
  { recipient, status, diagnosticCode }: Pick<BouncedRecipient, 'recipient' | 'status' | 'diagnosticCode'>,
  inboundId: bigint | null,
  days: number,
  now: Temporal.Instant,
): SuppressionRow {
  return {
    address: recipient.toLowerCase(),
    until: new Date(now.add({ hours: days * 24 }).epochMilliseconds),
    reason:
      [status, diagnosticCode].filter(Boolean).join(' ').slice(0, 500).toWellFormed() || 'unknown recipient',
    inboundId,
    since: new Date(now.epochMilliseconds),
  }
}

/**
 * Addresses that `mail` shows to work: whoever answers a letter of ours had it, and whoever is answered automatically
 * once more is given the chance to.
 */
export function liftedBy({ content }: InboundMail, action: Action): readonly string[] {
  const answered = action.kind === 'open-ticket' && action.answer.send ? answerAddress(content) : undefined
  const joined =
    action.kind === 'add-entry' && action.entry === 'customer-mail' ? content.from?.address : undefined
  return [answered, joined].flatMap(address => (address ? [address.toLowerCase()] : []))
}

/** Writes what a batch found out about addresses: first those that work again, then those that failed. */
export async function recordSuppressions(
  tx: Tx,
  lifted: readonly string[],
  suppressed: readonly SuppressionRow[],
): Promise<void> {
  const again = [...lifted, ...suppressed.map(row => row.address)]
  if (again.length > 0) await tx.suppression.deleteMany({ where: { address: { in: again } } })
  const latest = new Map(suppressed.map(row => [row.address, row]))
  await insertRows(tx, 'suppression', [...latest.values()])
}
