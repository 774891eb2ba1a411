import type { StepConfig } from '../../config/policy-schema.ts'

/** A procedure on a ticket: what its request type prescribes, step by step, with how far it has come. */

export type StepKind = StepConfig['kind']
export type StepState = 'waiting' | 'open' | 'done' | 'refused' | 'skipped'

/** One step of a ticket, as its row remembers it: a change of the configuration does not change what is under way. */
export interface Step {
  readonly key: string
  readonly kind: StepKind
  readonly state: StepState
  /** Agent or group; null where anybody may. */
  readonly by: string | null
}

/** The steps of a request type, by their keys. */
export type StepConfigs = Readonly<Record<string, StepConfig>>

/** What begins now. `send` and `pass-on` are done as soon as they are carried out; the others wait for somebody. */
export type StepAction =
  /** `letter` null: the standard question, with what is missing of the checklist. */
  | { readonly kind: 'ask'; readonly key: string; readonly letter: string | null }
  | { readonly kind: 'send'; readonly key: string; readonly letter: string }
  | {
      readonly kind: 'tell'
      readonly key: string
      readonly by: string | null
      readonly want: 'approve' | 'task'
    }
  | { readonly kind: 'pass-on'; readonly key: string; readonly group: string }

export interface ProcedureDecision {
  readonly actions: readonly StepAction[]
  readonly state: 'running' | 'done' | 'refused'
  readonly because: string
}

/** What somebody says of a step. Without `key` the one that waits is meant. */
export type StepOrder =
  | { readonly kind: 'done'; readonly key: string; readonly remark: string }
  | { readonly kind: 'approve' | 'refuse' | 'skip'; readonly remark: string }
