import type { AskedInLetter } from '../feedback/notice-data.ts'
import type { PublicFact } from './progress.ts'

/** What letters tell a customer of how a matter stands. Data only; instants are ISO 8601. */

interface ToCustomer {
  readonly ticketNumber: string
  /** '' where it is only our own words for "somebody rang". */
  readonly subject: string
  readonly customerName: string
  readonly office: string
  /** Name of the agent who wrote; '' where no human did. */
  readonly writer: string
}

export interface StatusUpdateData extends ToCustomer {
  /** For the way to the manager. Left out in letters of older versions. */
  readonly ticketId?: string
  /** What was done, in the agent's own words; '' where only facts are told. */
  readonly done: string
  readonly facts: readonly PublicFact[]
  /** What comes next, as an agent once said; '' where nobody has. */
  readonly next: string
  /** Department that has it, and the level where it is above the first. */
  readonly responsible: string
  readonly level: string | null
  /** We wait for the customer. */
  readonly waits: boolean
  /** When the customer hears again at the latest; null where no rhythm is promised, or it stands still. */
  readonly again: string | null
}

export interface ClosingData extends ToCustomer {
  /** '' where the customer has read it elsewhere. */
  readonly result: string
  /** For the way to the manager. Left out in letters of older versions, as is `asked`. */
  readonly ticketId?: string
  /** How it went is asked in it. */
  readonly asked?: AskedInLetter | null
}
