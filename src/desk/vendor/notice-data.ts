import type { MistakeCode } from '../command-arguments.ts'
import type { CommandName } from '../command-words.ts'
import type { AttachmentLine, RelayedParts } from '../notice.ts'
import type { CaseDescription } from './description.ts'
import type { CaseOutcome } from './vendor-commands.ts'

/** What letters about cases at manufacturers say. Data only; instants are ISO 8601 in UTC. */

interface ToVendor {
  readonly caseNumber: string
  /** Of the case, without a word of the ticket's. */
  readonly subject: string
  /** The manufacturer's own number; '' while it is not known. */
  readonly reference: string
  readonly office: string
  /** Who answers for it on our side. */
  readonly agentName: string
  readonly relayed: RelayedParts | null
}

/** To the manufacturer: the fault, with all that it will ask for. */
export interface VendorCaseData extends ToVendor, CaseDescription {
  /** Our own number in its books; '' where we have none. */
  readonly customerNumber: string
  readonly signature: string | null
}

/** To the manufacturer: an agent's words and nothing else. */
export interface VendorMessageData extends ToVendor {
  readonly words: string
  readonly signature: string | null
}

/** To the next level inside the manufacturer: no sufficient answer came. */
export interface VendorEscalationData extends ToVendor, CaseDescription {
  readonly customerNumber: string
  /** Name of the level it goes to. */
  readonly levelName: string
  readonly openedAt: string
  /** Until then the level before should have answered; null where an agent was not content with its answer. */
  readonly dueAt: string | null
  /** The agent's words; '' where the clock turned to this level. */
  readonly reason: string
}

export type VendorNoticeEvent =
  | 'opened'
  /** The manufacturer wrote, or a machine of it. */
  | 'answer'
  | 'machine'
  | 'bounce'
  | 'letter-failed'
  | 'half'
  | 'raised'
  | 'overdue'
  /** What an agent's mail about the case did, or why nothing was done. */
  | 'done'
  | 'mistake'
  | 'note'

export interface VendorDone {
  readonly what: 'sent' | 'note' | 'share' | 'reference' | 'vendorlevel' | 'vendorclose'
  readonly value: string
}

/** To agents of a case. Answers go to the manufacturer. */
export interface VendorNoticeData {
  readonly event: VendorNoticeEvent
  /** Key of the recipient, for whom alone the reply address is signed. */
  readonly agent: string
  readonly caseNumber: string
  readonly ticketNumber: string
  readonly subject: string
  readonly office: string
  readonly vendorName: string
  readonly reference: string
  readonly levelName: string
  readonly openedAt: string
  readonly dueAt: string | null
  readonly outcome: CaseOutcome | null
  /** Words of the manufacturer, of a mail server, of a colleague or of the recipient. */
  readonly text: string
  /** Who wrote them; '' for nobody. */
  readonly author: string
  readonly attachments: readonly AttachmentLine[]
  readonly relayed: RelayedParts | null
  readonly done: readonly VendorDone[]
  readonly mistakes: readonly {
    readonly line: string
    readonly code: MistakeCode
    readonly command: CommandName | null
    readonly detail: string
  }[]
}
