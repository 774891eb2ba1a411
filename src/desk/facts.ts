import type { LetterBudgets, LetterCounts } from './loop-budget.ts'
import type { Ticket } from './ticket.ts'

/** A letter of ours that a mail speaks of: by its own Message-ID, or as the returned one of a delivery report. */
export interface KnownLetter {
  readonly id: string
  readonly kind: string
  readonly recipient: string
  readonly ticketId: string | null
}

/** An agent of the configuration. */
export interface Agent {
  readonly key: string
  readonly name: string
}

/**
 * Everything the rules may know beside the mail itself, read in the transaction that will record the decision,
 * with the tickets locked. A snapshot: no promises and no functions inside.
 */
export interface Facts {
  /** Name of this gateway in the headers of its own mail. */
  readonly instance: string
  /** Addresses and aliases of all our mailboxes, lower-case. */
  readonly ownAddresses: ReadonlySet<string>
  /** The same mail, taken in before, in this or another mailbox. */
  readonly original: { readonly inboundId: bigint; readonly ticketId: string | null } | undefined
  /** This mail's Message-ID is that of a letter of ours. */
  readonly ownLetter: KnownLetter | undefined
  /** The letter that a delivery report returns. */
  readonly returnedLetter: KnownLetter | undefined
  readonly ticketByToken: Ticket | undefined
  readonly ticketByInReplyTo: Ticket | undefined
  readonly ticketByReferences: Ticket | undefined
  readonly ticketOfReturnedLetter: Ticket | undefined
  /** The agent one of whose addresses is in From. */
  readonly agent: Agent | undefined
  /** Mails received before this instant belong to the time before the gateway. */
  readonly since: Temporal.Instant | undefined
  readonly counts: LetterCounts
  readonly budgets: LetterBudgets & {
    /** Days after which a mail is too old to be answered automatically. */
    readonly maxAgeDays: number
  }
}
