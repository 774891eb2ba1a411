import type { KnownLine } from '../checklist.ts'

/** What letters about a procedure say. Data only; instants are ISO 8601 in UTC. */

/** A step that is behind us. */
export interface PastStep {
  readonly name: string
  readonly state: 'done' | 'skipped' | 'refused'
  /** An agent's name; '' where the customer or the gateway did it. */
  readonly by: string
  readonly remark: string
}

/** To an agent who has to act on a step, or who must hear of one. Names are in the reader's language. */
export interface ProcedureTaskData {
  readonly about:
    | 'task'
    | 'approve'
    | 'may-skip'
    | 'no-address'
    | 'refused'
    | 'urgent'
    | 'not-closed'
    | 'case-open'
  /** Key of the recipient, for whom alone the reply address is signed. */
  readonly agent: string
  readonly ticketNumber: string
  readonly subject: string
  readonly office: string
  readonly customerName: string
  readonly customerAddress: string
  /** Name of the kind of request. */
  readonly requestType: string
  /** The step that it is about; null for an urgent matter without one. */
  readonly step: { readonly key: string; readonly name: string; readonly optional: boolean } | null
  readonly past: readonly PastStep[]
  /** Names of the steps that come after this one. */
  readonly next: readonly string[]
  /** What the customer wrote last, capped. */
  readonly excerpt: string
  readonly known: readonly KnownLine[]
}

/** To the customer: a letter that a step of the procedure names, or the standard question. */
export interface ProcedureLetterData {
  readonly ticketNumber: string
  readonly subject: string
  readonly customerName: string
  readonly office: string
  /** Names in the customer's language. */
  readonly requestType: string
  readonly step: string
  /** What we still have to ask for, in words. */
  readonly missing: readonly string[]
  readonly threadIndex: string | null
  readonly threadTopic: string
}

/** Tickets that look like the one a notice is about: "has this happened before?" */
export interface SimilarData {
  readonly tickets: number
  readonly customers: number
  /** The oldest of them. */
  readonly since: string
  /** The nearest, best first. */
  readonly numbers: readonly string[]
  /** An open known problem that it may be one more case of; suggested, never linked by itself. */
  readonly problem: { readonly key: string; readonly title: string } | null
}
