import type { Severity } from '../command-arguments.ts'
import type { Language } from '../ticket.ts'

/** What policy and routing are told of a ticket: everything that a row's `when` can speak of. */

export type Impact = 'financial-loss' | 'serious' | 'normal'
/** manager-contact: a dissatisfied customer hears from the manager; no row of the policy promises it. */
export type PromiseKind = 'first-response' | 'callback' | 'status-update' | 'resolution' | 'manager-contact'

export interface Matter {
  /** Null counts as `unclassified` in the policy's tables. */
  readonly severity: Severity | null
  readonly customerSeverity: Severity | null
  /** Null counts as normal. */
  readonly impact: Impact | null
  readonly entitlement: Entitlement
  readonly area: string | null
  readonly product: string | null
  readonly requestType: string | null
  readonly group: string
  readonly language: Language
  /** Company's name and number; null where we do not know the customer. */
  readonly customer: { readonly name: string; readonly number: string | null } | null
  readonly level: number
  readonly reopened: number
  readonly broken: readonly PromiseKind[]
  readonly endangered: readonly PromiseKind[]
}

/** G3: what entitles to support. An unknown customer is served all the same; this steers targets, it closes no door. */
export type Entitlement =
  | {
      readonly kind: 'contract'
      readonly contract: string
      readonly number: string
      readonly validTo: string | null
    }
  | { readonly kind: 'warranty'; readonly until: string }
  | { readonly kind: 'expired'; readonly what: 'contract' | 'warranty'; readonly since: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown-customer' }

/** Office minutes by kind, each with the row that says so, for whoever asks why. Left out: nothing is promised. */
export type Targets = Readonly<
  Partial<Record<PromiseKind, { readonly minutes: number; readonly row: string }>>
>

export interface LevelVerdict {
  /** Not below the ticket's. */
  readonly level: number
  readonly rises: boolean
  /** The policy's own words, and the row; null where nothing rises. */
  readonly because: string | null
  readonly row: string | null
  /** Which rows fit and which did not, in order. */
  readonly trail: readonly { readonly row: string; readonly hit: boolean; readonly because: string }[]
}
