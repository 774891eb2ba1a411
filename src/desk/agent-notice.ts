import type { MistakeCode } from './command-arguments.ts'
import type { CommandName } from './command-words.ts'

/**
 * What the letters to an agent about the agent's own mails say: done, not understood, why, held. Data only; instants
 * are ISO 8601 in UTC. `agent` is the key of the recipient, for whom alone the reply address is signed.
 */

interface ToAgent {
  readonly agent: string
  readonly ticketNumber: string
  readonly subject: string
  readonly office: string
}

/** What the customer hears beside the agent's own words: facts about a measure, or the result at the end. */
export type ToCustomer = 'facts-told' | 'result-told'

/** One thing that was done because an agent said so. */
export interface DoneLine {
  readonly what: CommandName | 'sent' | 'reopened' | ToCustomer
  /** End of a wait, time of a callback. */
  readonly at?: string | null
  /** An agent's name, an address, a phone number, a ticket number, a severity: whatever `what` speaks of. */
  readonly value?: string
  readonly level?: number
  /** Until when a call is promised. */
  readonly due?: string
  /** It ended a promised call. */
  readonly ended?: boolean
}

export interface ReceiptData extends ToAgent {
  readonly done: readonly DoneLine[]
  /** Who got the answer; null where nothing was sent. */
  readonly sentTo: string | null
  /** The customer hears of it in another way. */
  readonly isTold?: boolean
}

export interface MistakeLine {
  readonly line: string
  readonly code: MistakeCode
  readonly command: CommandName | null
  /** What the code alone does not say; '' for nothing. */
  readonly detail?: string
}

export interface HelpData extends ToAgent {
  /** Empty where the agent asked for help. */
  readonly mistakes: readonly MistakeLine[]
  /** What the agent wrote and what went to nobody. */
  readonly words: string
}

export interface WhyMail {
  readonly receivedAt: string
  readonly from: string
  readonly subject: string
  readonly outcome: string
  readonly rule: string
  readonly trail: readonly { readonly rule: string; readonly hit: boolean; readonly because: string }[]
}

export interface WhyClock {
  readonly kind: string
  readonly state: string
  readonly startedAt: string
  readonly dueAt: string
  readonly endedAt: string | null
}

export interface WhyData extends ToAgent {
  /** The last mails of the ticket, newest first. */
  readonly mails: readonly WhyMail[]
  readonly clocks: readonly WhyClock[]
}

export type HoldReason = 'stranger' | 'agent-unproven' | 'audience' | 'internal-text' | (string & {})

export interface HoldQuestionData extends Omit<ToAgent, 'ticketNumber' | 'agent'> {
  /** null where the mail belongs to no ticket. */
  readonly ticketNumber: string | null
  readonly agent: string | null
  readonly reason: HoldReason
  /** Why, in words for an administrator; may be ''. */
  readonly because: string
  readonly sender: string
  readonly receivedAt: string
  readonly excerpt: string
  /** Id of the inbound row: what `gateway held` is told. */
  readonly heldId: string
  /** A reply with #senden decides it as well. */
  readonly byReply: boolean
}
