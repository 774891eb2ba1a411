import type { Unhappiness, VoteWay } from './vote.ts'

/** What letters about votes say. Data only; instants are ISO 8601 in UTC. */

/** How a customer is asked, in the letter that closes the matter. */
export interface AskedInLetter {
  readonly surveyId: string
  readonly openUntil: string
}

/** To the technical support manager: a customer is not satisfied, or wants to be heard. */
export interface FeedbackTaskData {
  /** Key of the recipient. */
  readonly agent: string
  readonly ticketNumber: string
  readonly subject: string
  readonly office: string
  readonly customerName: string
  readonly customerAddress: string
  /** E.164; null where none is known. */
  readonly phone: string | null
  readonly why: readonly Unhappiness[]
  /** Null where the customer turned to the manager without a vote. */
  readonly score: number | null
  readonly solved: boolean | null
  readonly words: string
  readonly how: VoteWay
  /** The ticket is open: the customer asked for it, or it never was closed. */
  readonly isOpen: boolean
  /** What the customer was told as the result; '' where nothing was. */
  readonly result: string
  /** Until then the customer was promised to hear from the manager. */
  readonly dueAt: string
  readonly derivation: string
}

/** To a customer who answered by mail and is not satisfied: who will get in touch, and until when. */
export interface FeedbackAnswerData {
  readonly ticketNumber: string
  readonly subject: string
  readonly customerName: string
  readonly office: string
  readonly dueAt: string
  readonly solved: boolean | null
}
