import { randomUUID } from 'node:crypto'
import type { Notice } from '../desk/notice.ts'
import type { Tx } from '../store/database.ts'
import type { Prisma } from '../store/generated/client.ts'
import { insertRows } from '../store/insert-rows.ts'

/** How a letter joins the recipient's thread (RFC 5322, 3.6.4). */
export interface Thread {
  readonly inReplyTo: string | null
  readonly references: readonly string[]
}

/** From which mailbox a letter is sent, about which ticket, and in which thread. */
export interface Envelope {
  readonly ticketId: string | null
  readonly mailbox: string
  /** Domain of the mailbox's address: the right-hand side of our Message-IDs. */
  readonly domain: string
  readonly thread: Thread
}

export type LetterRow = Prisma.LetterCreateManyInput & { readonly id: string; readonly messageId: string }

/**
 * The outbox row of a notice. Its Message-ID is fixed here, before any attempt: whatever happens while sending, every
 * copy of the letter is recognisable as the same one. Only letters, digits and one dot to the left of the @: spam
 * filters distrust more unusual shapes.
 */
export function letterRow(notice: Notice, envelope: Envelope, now: Temporal.Instant): LetterRow {
  const id = randomUUID()
  const at = new Date(now.epochMilliseconds)
  return {
    id,
    ticketId: envelope.ticketId,
    kind: notice.kind,
    template: notice.kind,
    language: notice.language,
    data: { ...notice.data } as unknown as Prisma.InputJsonObject,
    mailbox: envelope.mailbox,
    recipient: notice.recipient.toLowerCase(),
    messageId: `<${id.replaceAll('-', '')}.${notice.kind.replaceAll('-', '')}@${envelope.domain}>`,
    inReplyTo: envelope.thread.inReplyTo,
    references: [...envelope.thread.references],
    state: 'queued',
    createdAt: at,
    nextTryAt: at,
  }
}

/** Puts letters into the outbox, in the transaction that makes them necessary. */
export async function enqueue(tx: Tx, letters: readonly LetterRow[]): Promise<void> {
  await insertRows(tx, 'letter', letters)
}
