import type { Language } from '../desk/ticket.ts'

/**
 * What a figure is. Each is defined once (definitions.ts) with its formula in words; pages, CSV, JSON, Prometheus, report
 * mails and docs/figures.md are made from the definition, so that a number means the same wherever it stands.
 */

export type FigureKey =
  | 'throughput'
  | 'first-response'
  | 'callback-punctuality'
  | 'promises'
  | 'cycle-time'
  | 'reopened'
  | 'escalations'
  | 'vendor-waiting'
  | 'satisfaction'
  | 'causes'
  | 'loops-stopped'
  | 'mails-held'
  | 'ledger-balance'

/**
 * Along which a figure is told apart. `agent-group`: the group that the assignee belongs to; `group`: the department;
 * `vendor`: the manufacturer, where the figure is about its cases.
 */
export type Dimension =
  | 'channel'
  | 'group'
  | 'area'
  | 'product'
  | 'customer'
  | 'agent-group'
  | 'vendor'
  | 'day'
  | 'week'
  | 'month'

/** Days of the first office's wall time, both included. */
export interface Period {
  readonly from: Temporal.PlainDate
  readonly to: Temporal.PlainDate
  readonly timeZone: string
}

/** Only tickets that fit all of these; left out: all tickets. */
export interface Filter {
  readonly channel?: string
  readonly groups?: readonly string[]
  readonly area?: string
  readonly product?: string
  /** Id of the company. */
  readonly customer?: string
  readonly agentGroup?: string
}

/** A value says what it counts, so that 100 % of three is never mistaken for 100 % of three thousand. */
export type Value =
  | { readonly kind: 'count'; readonly count: number }
  | { readonly kind: 'share'; readonly part: number; readonly of: number }
  /** Office minutes, or minutes by the clock where the definition says so. Null where `of` is 0. */
  | {
      readonly kind: 'minutes'
      readonly median: number | null
      readonly p90: number | null
      readonly of: number
    }
  /** Mean of votes from 1 to 5 with their spread: how many gave 1, 2, 3, 4, 5. */
  | { readonly kind: 'score'; readonly mean: number | null; readonly spread: readonly number[] }

/** One number of a figure, such as "kept" of callback punctuality. */
export interface Part {
  readonly key: string
  readonly name: Readonly<Record<Language, string>>
  readonly value: Value
}

export interface Slice {
  /** Key of the configuration, id, or the first day of the day, week or month; '' for "not known", '*' for the others. */
  readonly key: string
  readonly name: Readonly<Record<Language, string>>
  readonly parts: readonly Part[]
}

export interface FigureResult {
  readonly figure: FigureKey
  readonly period: Period
  readonly filter: Filter
  /** Over the whole period. */
  readonly total: readonly Part[]
  readonly by: Dimension | null
  /**
   * In the order in which they are shown. Along time: every day, week (by its Monday) or month of the period, empty ones as
   * well, 400 at most. Else the largest first, at most 48, with the rest in one slice of the key `*`, and what is not known
   * last. Empty where `by` is null.
   */
  readonly slices: readonly Slice[]
}

export interface FigureDefinition {
  readonly key: FigureKey
  readonly name: Readonly<Record<Language, string>>
  /** Exactly what is counted, in one to three sentences, with what is left out. */
  readonly formula: Readonly<Record<Language, string>>
  /** Keys of the requirements it serves, such as L6. */
  readonly serves: readonly string[]
  readonly dimensions: readonly Dimension[]
  /** Is more of its first part better, worse, or neither? */
  readonly better: 'more' | 'less' | 'neither'
}
