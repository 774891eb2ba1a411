/** What has to be documented of a matter: its cause, what was done about it, and what came of it. */

export const measureKinds = ['cause', 'immediate', 'corrective', 'preventive', 'redress', 'result'] as const

export type MeasureKind = (typeof measureKinds)[number]

export interface Measure {
  readonly of: MeasureKind
  readonly text: string
  readonly at: Temporal.Instant
  /** Name of the agent. */
  readonly author: string
}

export function isMeasureKind(word: unknown): word is MeasureKind {
  return measureKinds.some(kind => kind === word)
}

export interface ClosingNeeds {
  /** 5 for never: there is no such level. */
  readonly fromLevel: number
  readonly entries: readonly MeasureKind[]
}

/** What a ticket of this level lacks to be closed, in the order in which it is asked for; nothing where it may be. */
export function missingToClose(
  level: number,
  recorded: Iterable<MeasureKind>,
  { fromLevel, entries }: ClosingNeeds,
): readonly MeasureKind[] {
  if (level < fromLevel || fromLevel > 4) return []
  const there = new Set(recorded)
  return [...new Set(entries)].filter(kind => !there.has(kind))
}
