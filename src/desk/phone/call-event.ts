/**
 * What a provider tells us of a call, in our words. Providers repeat themselves, overtake themselves and forget: `key`
 * is the same for the same fact however often it is told, and every event can come before, after or without any other.
 */

/** How a leg ended, as far as the provider says. `completed` only says that it was picked up at some time. */
export type DialResult = 'completed' | 'busy' | 'no-answer' | 'failed' | 'cancelled'

interface EventBase {
  /** Key of the provider in the configuration. */
  readonly provider: string
  /** The provider's own id of the call (for a leg: of the call it belongs to); at outgoing calls that of the call to the agent. */
  readonly providerId: string
  /** Our own id of the call or of the attempt, where the address that was asked names it: goes before `providerId`. */
  readonly callId?: string
  /** Unique for this fact at this provider; made of the call's id and what happened, never of an id of the delivery. */
  readonly key: string
  /** When we had it; out of the spool, when we had it first. Deadlines count from it. */
  readonly at: Temporal.Instant
  /** The provider's clock: evidence only. */
  readonly providerAt: Temporal.Instant | null
  /** The fields as they came, without secrets. */
  readonly payload: Readonly<Record<string, string | readonly string[]>>
  /** It was answered by the safe branch and is taken in afterwards: nobody hears the answer any more. */
  readonly late?: boolean
}

export type CallEvent = EventBase &
  (
    | {
        /** Somebody rings one of our numbers, or (`out`) a telephone system tells us that an agent rings somebody. */
        readonly kind: 'arrived'
        readonly direction: 'in' | 'out'
        readonly from: string
        readonly to: string
        readonly callerName: string
        /** The provider's id of the call that this one goes on with (a transfer). */
        readonly continues: string | null
        /** Of an outgoing call that a telephone system tells of: who dialled, as that system names them. */
        readonly user: string | null
      }
    | {
        /** Keys, or '' when none came in time. Of the caller, or at a leg of ours: of whoever picked it up. */
        readonly kind: 'keys'
        readonly turn: number
        readonly legId: string | null
        readonly digits: string
      }
    | {
        /** A message was spoken, or the caller hung up while we listened. */
        readonly kind: 'recorded'
        readonly turn: number
        readonly recordingId: string | null
        readonly seconds: number
        readonly hungUp: boolean
      }
    | {
        /** The file is there, or there is none. The only sure sign. */
        readonly kind: 'recording'
        readonly recordingId: string
        readonly state: 'ready' | 'absent'
        readonly seconds: number | null
      }
    /** Whoever we rang picked up; `mailbox` where the provider can tell. */
    | { readonly kind: 'leg-answered'; readonly legId: string; readonly mailbox: boolean }
    | {
        readonly kind: 'leg-progress'
        readonly legId: string
        readonly state: 'ringing' | 'answered' | 'ended'
        readonly result: DialResult | null
      }
    | {
        /** A dial of ours is over; `bridged`: both sides were really joined. */
        readonly kind: 'leg-ended'
        readonly turn: number
        readonly legId: string
        readonly result: DialResult
        readonly bridged: boolean
        readonly seconds: number | null
        /** Whoever waited on the other side has hung up: nobody hears an answer. */
        readonly callerGone?: boolean
      }
    /** A telephone system says who of its users picked up. */
    | { readonly kind: 'picked-up'; readonly user: string | null; readonly mailbox: boolean }
    | { readonly kind: 'progress'; readonly state: 'ringing' | 'in-progress' }
    | {
        readonly kind: 'ended'
        readonly result: DialResult
        readonly seconds: number | null
        /** For a call that nobody told us of before. */
        readonly from: string
        readonly to: string
        readonly direction: 'in' | 'out'
        /** The number exists, but not behind this network (SIP 404): a human has to look. */
        readonly unknownNumber: boolean
      }
    /** Ours, by the clock: a call whose end, or whose leg's end, was never told. */
    | { readonly kind: 'settle' }
  )

export type CallEventKind = CallEvent['kind']
