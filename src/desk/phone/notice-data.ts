import type { KnownLine } from '../checklist.ts'
import type { Severity } from '../command-arguments.ts'
import type { InBooks } from '../customers/in-books.ts'
import type { EarlierTickets } from '../notice.ts'
import type { Language } from '../ticket.ts'
import type { AttemptOutcome } from './call-decision.ts'

/**
 * What letters about telephone calls say. Data only; instants are ISO 8601, numbers E.164. None of it opens a door: the
 * link to call a customer is signed when the letter is rendered.
 */

/** Sound that is sent along: a message that a caller left. */
export interface AudioPart {
  /** Key of the blob store. */
  readonly sha256: string
  readonly filename: string
  readonly contentType: string
}

/** Why an agent is written to about a callback. */
export type CallbackTaskAbout = 'assigned' | 'half' | 'three-quarters' | 'retry' | 'broken' | 'unreached'

/** One try to reach the customer; without an outcome it is under way. */
export interface AttemptLine {
  readonly at: string
  /** Key of the agent. */
  readonly agent: string
  readonly outcome: AttemptOutcome | null
  readonly remark: string
}

/** A message that the caller left. */
export interface SpokenMessage {
  readonly at: string
  readonly seconds: number | null
  /** Null where nobody, and nothing, has written it down. */
  readonly transcript: string | null
  /** We have the sound; otherwise it is on its way from the provider. */
  readonly stored: boolean
}

/** To one agent: whom to ring, until when, and all that is known. */
export interface CallbackTaskData {
  readonly about: CallbackTaskAbout
  readonly agent: string
  readonly callbackId: string
  readonly ticketNumber: string
  readonly subject: string
  readonly office: string
  readonly customerName: string
  readonly customerAddress: string
  readonly company: string
  readonly number: string
  /** Spoken by the customer. */
  readonly speaks: Language
  /** End of the promise that runs; null where an attempt has kept it already. */
  readonly dueAt: string | null
  /** End of the promise that was broken. */
  readonly brokenAt: string | null
  readonly waitingSince: string
  readonly severity: string | null
  readonly level: number
  readonly assignee: string | null
  /** What the caller said by keys beside the severity. */
  readonly chose: 'joined' | 'separate' | null
  /** The number was keyed in; it is not the one that rang us. */
  readonly keyedNumber: boolean
  readonly attempts: readonly AttemptLine[]
  readonly messages: readonly SpokenMessage[]
  readonly known: readonly KnownLine[]
  readonly missing: readonly string[]
  readonly earlier: EarlierTickets
  /** What the customers' books say; null where none are kept. */
  readonly books?: InBooks | null
  /** We ring the agent and the customer; otherwise the agent dials. */
  readonly canRing: boolean
  readonly linkUntil: string
}

/** To a customer after a call, where we know an address. */
export interface CallConfirmationData {
  readonly outcome: 'connected' | 'promised' | 'unreachable'
  readonly ticketNumber: string
  readonly subject: string
  readonly customerName: string
  readonly office: string
  readonly calledAt: string
  readonly severity: Severity | null
  /** With `promised`: until when we ring, and where. */
  readonly dueAt: string | null
  readonly number: string | null
  /** Where the customer reaches us. */
  readonly line: string
  /** Name of who took the call. */
  readonly spokeWith: string
  readonly known: readonly KnownLine[]
  readonly missing: readonly string[]
}

/**
 * To a customer who is owed a call or an answer. apology: we are late; tried: we rang and nobody was there; later: our
 * call comes later than we said, because the office is closed for a time that nobody knew of then; answer-later: so does
 * the answer to a mail; answer-late: we did not answer in time, and say until when we do now.
 */
export interface CallbackNewsData {
  readonly about: 'apology' | 'tried' | 'later' | 'answer-later' | 'answer-late'
  readonly ticketNumber: string
  readonly subject: string
  readonly customerName: string
  readonly office: string
  /** Null for an answer. */
  readonly number: string | null
  /** The promise that runs now; null where none does. */
  readonly dueAt: string | null
  readonly triedAt: string | null
  /** We try once more by ourselves. */
  readonly again: boolean
  /** '' where no line of ours is known to the customer. */
  readonly line: string
}
