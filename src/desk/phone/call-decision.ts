import type { Severity } from '../command-arguments.ts'
import type { Office } from '../office-hours.ts'
import type { Language } from '../ticket.ts'
import type { CallMemory, CallOutcome, CallStep, LegOutcome } from './call.ts'
import type { NumberRules } from './destination.ts'
import type { Capabilities, Instruction } from './instruction.ts'

/** What the conversation's rules are given, and what they give back. */

export interface LineFacts {
  readonly key: string
  /** E.164; shown when we ring. */
  readonly number: string
  readonly language: Language
  readonly group: string
  readonly office: Office
  readonly officeName: string
  readonly company: string
  /** In place of our first sentence; by language. */
  readonly greeting: { readonly de?: string | undefined; readonly en?: string | undefined }
  readonly ringSeconds: number
  /** The whole hunt; then the promise. */
  readonly huntSeconds: number
  readonly mostMinutes: number
  readonly recordsCalls: boolean
  readonly messageSeconds: number
}

export interface AgentToRing {
  readonly key: string
  readonly name: string
  /** E.164 */
  readonly phone: string
  readonly language: Language
}

/** An open ticket of the same number. */
export interface OfferedTicket {
  readonly id: string
  readonly number: string
  /** Empty where it began with a call and nobody wrote what it is about. */
  readonly subject: string
  /** Told in place of a subject. */
  readonly openedAt?: Temporal.Instant
  /** The caller is owed a call on it. */
  readonly owed: boolean
  readonly severity: Severity | null
}

export interface CallFacts {
  readonly now: Temporal.Instant
  readonly line: LineFacts
  readonly can: Capabilities
  /** Of the call's own ticket. */
  readonly ticket: {
    readonly number: string
    readonly subject: string
    readonly customerName: string
    readonly company: string
    readonly severity: Severity | null
    /** Minutes since the customer has been waiting; for agents. */
    readonly waitingMinutes: number
  }
  /** Open tickets of the caller's number, newest first, the call's own left out. */
  readonly openTickets: readonly OfferedTicket[]
  /** The number belongs to one customer as far as we know; false for a switchboard behind which several ring. */
  readonly sureOfCaller: boolean
  /** Calls that are owed on the caller's number, whatever they are about. */
  readonly owedToNumber?: number
  /** Who can be rung now, in order: on duty, in the caller's language first, not on the telephone, not on a break. */
  readonly agents: readonly AgentToRing[]
  /** When a call back is due if it is owed now, or as it is promised already. */
  readonly callbackDueAt: Temporal.Instant
  /** The call's ticket is owed a call on this number. */
  readonly promisedNumber: string | null
  readonly numbers: NumberRules
  /** Unused ids for legs that this decision may ring. */
  readonly freshLegId: string
  /** Outward: what the agent is told. */
  readonly callback: {
    readonly number: string
    readonly dueAt: Temporal.Instant
    readonly attempts: number
  } | null
  /** Outward, to one of our own people: what waits to be acknowledged; left out where nothing does (any more). */
  readonly alert?: {
    readonly level: number
    readonly levelName: string
    /** Name; '' where the agent is rung in their own right. */
    readonly standsInFor: string
  }
}

/** How a try to reach the customer ended. `answered` counts as contact, the others are kept apart. */
export type AttemptOutcome =
  | 'answered'
  | 'mailbox'
  | 'busy'
  | 'no-answer'
  | 'refused'
  | 'failed'
  /** The agent did not take it. */
  | 'not-taken'
  /** The customer rang in meanwhile, or the matter was closed. */
  | 'cancelled'
  /** The provider never placed it. */
  | 'not-placed'

/** What follows from an event, carried out by intake in the event's transaction. */
export type CallEffect =
  | { readonly kind: 'classify'; readonly severity: Severity }
  | { readonly kind: 'speak'; readonly language: Language }
  /** The call is about that older ticket: its own one is merged into it. */
  | { readonly kind: 'join-ticket'; readonly ticketId: string; readonly by: 'key' | 'silence' | 'hang-up' }
  /** Another matter: the call's own ticket gets a promise of its own. */
  | { readonly kind: 'separate-ticket' }
  /** The caller is owed a call on this number; a promise that runs is changed, not doubled. */
  | { readonly kind: 'owe-callback'; readonly number: string; readonly given: boolean }
  /** There is no number that we may ring. */
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'number-refused'; readonly number: string; readonly reason: string }
  | {
      readonly kind: 'ring'
      readonly legId: string
      readonly party: 'agent' | 'customer'
      readonly agent: string | null
      readonly number: string
    }
  | { readonly kind: 'leg-answered'; readonly legId: string }
  | { readonly kind: 'leg-accepted'; readonly legId: string }
  | {
      readonly kind: 'leg-ended'
      readonly legId: string
      readonly outcome: LegOutcome
      readonly seconds: number | null
    }
  /** An agent spoke with the caller: the callback is not owed any more. */
  | { readonly kind: 'connected'; readonly agent: string }
  /** The agent had accepted, but the caller was gone: the agent is told, the promise goes on. */
  | { readonly kind: 'caller-gone'; readonly agent: string }
  | { readonly kind: 'consent'; readonly given: boolean; readonly textVersion: string }
  | {
      readonly kind: 'recording'
      readonly recordingId: string
      readonly of: 'message' | 'call'
      readonly seconds: number | null
    }
  | {
      readonly kind: 'recording-state'
      readonly recordingId: string
      readonly state: 'ready' | 'absent'
      readonly seconds: number | null
    }
  /** One of our own people takes an escalation by a key. */
  | { readonly kind: 'acknowledged'; readonly agent: string }
  /** A call about an escalation is over. */
  | { readonly kind: 'alert-ended' }
  | { readonly kind: 'attempt-started' }
  | { readonly kind: 'attempt-accepted' }
  /** The customer's telephone rings with the agent on the line. */
  | { readonly kind: 'attempt-rang' }
  | {
      readonly kind: 'attempt-ended'
      readonly outcome: AttemptOutcome
      readonly seconds: number | null
      readonly confirmed: boolean
      readonly unknownNumber: boolean
    }
  /** Ends the call with its customer; said once. The confirmation is sent now. */
  | { readonly kind: 'ended'; readonly outcome: CallOutcome | null; readonly at: CallStep }

export interface CallDecision {
  readonly step: CallStep
  readonly memory: CallMemory
  readonly state: 'open' | 'ended'
  readonly outcome: CallOutcome | null
  readonly effects: readonly CallEffect[]
  /** Null: the event asks for no answer, and the one given last stands. */
  readonly answer: readonly Instruction[] | null
  /** In a sentence for whoever asks why. */
  readonly because: string
}
