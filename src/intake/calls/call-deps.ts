import type { Config } from '../../config/schema.ts'
import type { Office } from '../../desk/office-hours.ts'
import type { CallEvent } from '../../desk/phone/call-event.ts'
import type { Instruction } from '../../desk/phone/instruction.ts'
import type { PhoneProvider } from '../../desk/phone/provider.ts'
import type { Log } from '../../log.ts'
import type { Database } from '../../store/database.ts'

/** What everything about calls needs. `config.phone` is there: without it none of this is started. */
export interface CallDeps {
  readonly database: Database
  readonly config: Config
  readonly offices: ReadonlyMap<string, Office>
  readonly providers: ReadonlyMap<string, PhoneProvider>
  readonly now: () => Temporal.Instant
  /** Called after a commit that put letters into the outbox. */
  readonly nudge: () => void
  /** Called after a commit that made a callback, text or recording due. */
  readonly wake: () => void
  readonly log: Log
  /** Told of work that goes on beside an answer; never rejects. Virtual time stands still for it. */
  readonly beside?: ((work: Promise<void>) => void) | undefined
  /** Fault hook: the moments at which a crash must not hurt. */
  readonly step?: ((name: CallStepName) => void | Promise<void>) | undefined
}

export type CallStepName =
  | 'call-recorded'
  | 'call-committed'
  | 'attempt-committed'
  | 'attempt-placed'
  | 'text-claimed'
  | 'text-sent'

/** What became of an event. */
export interface TakenCall {
  /** new: acted on; repeated: the stored answer again; stale: of an earlier turn, nothing done; refused: no line has that number. */
  readonly result: 'new' | 'repeated' | 'stale' | 'refused'
  readonly answer: readonly Instruction[]
  /** Of that answer: adapters put it into the addresses of what comes next. */
  readonly turn: number
  readonly callId: string | undefined
  readonly ticketNumber: string | undefined
}

export type TakeInCall = (event: CallEvent) => Promise<TakenCall>
