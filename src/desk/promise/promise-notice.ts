import type { KnownLine } from '../checklist.ts'
import type { PromiseKind } from './matter.ts'

/** What the letter to the owner of a promise says. Data only; instants are ISO 8601 in UTC. */

export type PromiseTaskAbout = 'half' | 'three-quarters' | 'broken'

/** Something that was said on the ticket. */
export interface SaidLine {
  readonly at: string
  /** Whose words these are. */
  readonly by: 'customer' | 'agent' | 'note'
  /** Name of the colleague; '' for the customer. */
  readonly author: string
  readonly text: string
}

/** To one agent: what was promised until when, how much is left of it, and what was said last. */
export interface PromiseTaskData {
  readonly about: PromiseTaskAbout
  /** Calls have a letter of their own. */
  readonly promise: Exclude<PromiseKind, 'callback'>
  readonly agent: string
  readonly ticketNumber: string
  readonly subject: string
  readonly office: string
  readonly customerName: string
  readonly customerAddress: string
  /** End of the promise that runs; null where a broken one has no successor. */
  readonly dueAt: string | null
  /** End of the promise that was broken. */
  readonly brokenAt: string | null
  /** Office minutes that are left of it; null for a broken one. */
  readonly leftMinutes: number | null
  /** How its time came about, in one sentence of the reader's language. */
  readonly derivation: string
  readonly severity: string | null
  readonly level: number
  readonly assignee: string | null
  /** The last of it, oldest first. */
  readonly said: readonly SaidLine[]
  readonly known: readonly KnownLine[]
  readonly missing: readonly string[]
}
