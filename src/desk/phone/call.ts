import type { Severity } from '../command-arguments.ts'
import type { Language } from '../ticket.ts'

/**
 * A telephone call as the rules see it, whoever carries it. Providers' names, statuses and markup end at their adapters
 * (channels/phone/<provider>); nothing here knows of them.
 */

export type CallDirection = 'in' | 'out'

/**
 * Where in the conversation a call is. Inward: `arrived` (nothing asked yet), `which-ticket`, `number` (the ticket number
 * is spoken), `severity`, `ask-number`, `check-number`, `consent`, `hunt` (agents are rung), `promise`, `message`,
 * `goodbye`; `apology`: the caller heard the safe answer while we could not work. Outward: `offer` (the agent hears what
 * it is about), `customer` (the customer is rung), `result` (the agent says how it went). `observed`: a telephone system
 * only tells us of the call.
 */
export type CallStep =
  | 'arrived'
  | 'which-ticket'
  | 'number'
  | 'severity'
  | 'ask-number'
  | 'check-number'
  | 'consent'
  | 'hunt'
  | 'promise'
  | 'message'
  | 'goodbye'
  | 'apology'
  | 'offer'
  | 'customer'
  | 'result'
  | 'observed'

/**
 * How an inward call ended for the caller. connected: spoke with an agent who had accepted; promised: knows until when
 * we ring; unreachable: has no number we may ring and was told so; abandoned: hung up before any of these.
 */
export type CallOutcome = 'connected' | 'promised' | 'unreachable' | 'abandoned'

/** How a telephone that we rang ended. Only `bridged` is a conversation; `completed` of a provider never is by itself. */
export type LegOutcome =
  | 'bridged'
  | 'declined'
  | 'mailbox'
  | 'busy'
  | 'no-answer'
  | 'failed'
  | 'cancelled'
  /** The agent had accepted, but the other side was gone. */
  | 'abandoned'

export interface CallLeg {
  readonly id: string
  readonly party: 'agent' | 'customer'
  /** Key of the agent; null for a customer. */
  readonly agent: string | null
  /** E.164 */
  readonly number: string
  readonly state: 'ringing' | 'answered' | 'accepted' | 'ended'
  readonly outcome: LegOutcome | null
  readonly acceptedAt: Temporal.Instant | null
}

/** What a conversation remembers between two events. Stored as JSON. */
export interface CallMemory {
  /** Times the present question was asked without a usable answer. */
  readonly tries?: number
  /** Tickets that the caller can choose from by keys 1, 2, 3. */
  readonly offered?: readonly { readonly ticketId: string; readonly number: string }[]
  /** The caller said which ticket it is: an older one, or that it is another matter. */
  readonly chose?: 'joined' | 'separate'
  /** E.164: where we ring back. Set as soon as there is one that we may ring. */
  readonly ringBack?: string
  /** E.164: keyed in, not confirmed yet. */
  readonly keyed?: string
  /** Where to go on when a number has been asked for. */
  readonly afterNumber?: 'consent' | 'promise'
  readonly severity?: Severity
  /** Agents who have been rung in this call. */
  readonly rung?: readonly string[]
  /** When the hunt for an agent ends, ISO 8601. */
  readonly huntUntil?: string
  readonly consent?: boolean
  /** The caller heard until when we ring, and hung up afterwards or confirmed. */
  readonly promiseTold?: boolean
  readonly messageLeft?: boolean
  /** The caller was told that there is no number on which we can ring back. */
  readonly unreachable?: boolean
  /** Of the agent who is rung just now. */
  readonly agentLanguage?: Language
  /** Outward: how far the attempt has come, so that its end is told once in every order of events. */
  readonly attempt?: {
    readonly started?: boolean
    readonly rang?: boolean
    readonly ended?: boolean
    readonly pickedUp?: 'person' | 'mailbox'
    /** Of the conversation; null where nobody said how long it was. */
    readonly bridgedSeconds?: number | null
  }
  /** Outward: the attempt and the callback that the call is made for. */
  readonly attemptId?: string
  readonly callbackId?: string
  /** Outward, to one of our own people: the escalation and the agent. */
  readonly escalationId?: string
  readonly alertAgent?: string
  /** That it ended has been told. */
  readonly alertOver?: boolean
}

export interface PhoneCall {
  readonly id: string
  /** Key of the provider in the configuration, and its own id of the call. */
  readonly provider: string
  readonly providerId: string
  readonly direction: CallDirection
  /** Key of the line. */
  readonly line: string
  readonly language: Language
  readonly ticketId: string
  /** The customer's number in E.164; null where it is withheld or unusable. */
  readonly number: string | null
  readonly callerName: string
  readonly state: 'open' | 'ended'
  readonly step: CallStep
  /** Counts answers; events name the one that they react to. */
  readonly turn: number
  readonly memory: CallMemory
  readonly outcome: CallOutcome | null
  readonly legs: readonly CallLeg[]
  readonly arrivedAt: Temporal.Instant
  readonly answeredAt: Temporal.Instant | null
  readonly endedAt: Temporal.Instant | null
}
