import { randomUUIDv7 } from 'node:crypto'
import type { CallEntryKind } from '../../desk/phone/entry-kinds.ts'
import type { Tx } from '../../store/database.ts'
import type { Prisma } from '../../store/generated/client.ts'

/** A line of a ticket's history about calls and promises. */
export interface CallEntry {
  readonly ticketId: string
  readonly kind: CallEntryKind
  readonly at: Temporal.Instant
  /** Key of the agent who did it; '' where a caller or the gateway did. */
  readonly author?: string
  readonly text?: string
  readonly detail?: Readonly<Record<string, unknown>>
}

export async function addCallEntry(tx: Tx, entry: CallEntry): Promise<void> {
  const { ticketId, kind, at, author = '', text = '', detail = {} } = entry
  await tx.entry.create({
    data: {
      // Several lines of one moment are read in the order in which they were written.
      id: randomUUIDv7(),
      ...{ ticketId, kind, author, text },
      at: new Date(at.epochMilliseconds),
      detail: detail as Prisma.InputJsonObject,
    },
  })
}
