import type { SurveyFacts } from './feedback/feedback-rule.ts'
import type { NoticeText } from './internal-text.ts'
import type { LetterBudgets, LetterCounts, TicketCounts } from './loop-budget.ts'
import type { Ticket } from './ticket.ts'
import type { VendorFacts } from './vendor/facts.ts'

/** A letter of ours that a mail speaks of: by its own Message-ID, or as the returned one of a delivery report. */
export interface KnownLetter {
  readonly id: string
  readonly kind: string
  readonly recipient: string
  readonly ticketId: string | null
  /** What a notice to agents told of; null in letters of other kinds. */
  readonly event?: string | null
}

/** An agent of the configuration. */
export interface Agent {
  readonly key: string
  readonly name: string
}

/** A number of ours in the subject. Bare digits can be an order number; `marked` ones are written as a ticket's. */
export interface SubjectMatch {
  readonly ticket: Ticket
  readonly marked: boolean
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
  /** From here on tickets are those that a merged one leads to. */
  readonly ticketByInReplyTo: Ticket | undefined
  readonly ticketByReferences: Ticket | undefined
  /** From the signed marker that our letters carry in their text. */
  readonly ticketByMarker: Ticket | undefined
  /** A ticket of this sender whose customer's Outlook gave it the same conversation and the same topic. */
  readonly ticketByConversation: Ticket | undefined
  readonly ticketBySubject: SubjectMatch | undefined
  /** An open ticket of the same sender with the same subject: proposed to the agents, never joined. */
  readonly ticketLikely: Ticket | undefined
  /**
   * Ids of the tickets of which In-Reply-To or References name a letter that we wrote to a customer. Its Message-ID
   * cannot be guessed: who names it was sent the letter, by us or by somebody who was.
   */
  readonly ourLettersNamed: ReadonlySet<string>
  /** Ids of the tickets, among those above, that the address in From takes part in. */
  readonly participantOf: ReadonlySet<string>
  /** From the signed reply address of one agent for one ticket. */
  readonly agentTicket: Ticket | undefined
  /** Key of the agent whom that address was made for; not yet a proof that the agent wrote. */
  readonly agentOfToken: string | undefined
  /** Notices to agents about `agentTicket`, newest first: their words must never reach a customer. */
  readonly noticeTexts: readonly NoticeText[]
  /** What people sent to that ticket's customer before, newest first. */
  readonly toldTexts?: readonly string[]
  /** In-Reply-To names a letter that asked an agent about a held mail. */
  readonly answersQuestion: boolean
  /** In-Reply-To names a notice of a colleague's internal note. */
  readonly answersNote: boolean
  readonly ticketOfReturnedLetter: Ticket | undefined
  /** The agent one of whose addresses is in From. */
  readonly agent: Agent | undefined
  /** What it has to do with cases at manufacturers; left out where nothing points to one. */
  readonly vendors?: VendorFacts | undefined
  /** The closing letter that it answers, where that asked how it went; left out where it answers none. */
  readonly survey?: SurveyFacts | undefined
  /** Mails received before this instant belong to the time before the gateway. */
  readonly since: Temporal.Instant | undefined
  readonly counts: LetterCounts
  /** Automatic letters about each ticket that the mail may belong to, by the ticket's id. */
  readonly ticketCounts: Readonly<Record<string, TicketCounts>>
  /** Until then the address that an answer would go to gets no automatic letters: a server called it unknown. */
  readonly suppressedUntil: Temporal.Instant | undefined
  /** Days after closing within which an answer opens the ticket again. */
  readonly reopenDays: number
  readonly budgets: LetterBudgets & {
    /** Days after which a mail is too old to be answered automatically. */
    readonly maxAgeDays: number
  }
}
