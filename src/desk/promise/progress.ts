import type { MeasureKind } from './measure.ts'

/**
 * What a customer may be told of a matter by a machine: that something happened, when, and who has it now. Never what
 * was written inside the house: an entry's text is not even looked at here.
 */

export type PublicFact =
  | { readonly what: 'answered' | 'spoken'; readonly at: string }
  | { readonly what: PublicMeasure; readonly at: string }
  /** It went up, or to another department; `name` is what the company calls it. */
  | { readonly what: 'level' | 'group'; readonly name: string; readonly at: string }
  | { readonly what: 'known-problem'; readonly at: string }

/** Not a redress: what a customer is offered is for a person to say. */
export type PublicMeasure = Extract<MeasureKind, 'immediate' | 'corrective'>

const publicMeasures: readonly PublicMeasure[] = ['immediate', 'corrective']

export function isPublicMeasure(of: unknown): of is PublicMeasure {
  return publicMeasures.some(kind => kind === of)
}

/** A line of the ticket's history, without its words. */
export interface Happening {
  readonly kind: string
  readonly at: string
  /** As stored, by the version of the day. */
  readonly detail: unknown
}

/** Who has a matter: what is compared between two updates. */
export interface Standing {
  readonly level: number
  readonly group: string
}

export interface Named {
  readonly level: (level: number) => string | undefined
  readonly group: (group: string) => string | undefined
}

const spokenKinds = ['put-through', 'command-called']

/**
 * The public facts of `happenings`, oldest first, the latest of each sort. `before` is how it stood when the customer
 * last heard of it; undefined at the first time.
 */
export function publicFacts(
  happenings: readonly Happening[],
  before: Standing | undefined,
  now: Standing & { readonly at: string },
  named: Named,
): readonly PublicFact[] {
  const found = happenings.flatMap(happening => factOf(happening) ?? [])
  const latest = new Map(found.map(fact => [fact.what, fact]))
  const saw = (kind: string) => happenings.some(happening => happening.kind === kind)
  const rose = before ? now.level > before.level : saw('escalated')
  const moved = before ? now.group !== before.group : saw('passed-on')
  const level = rose ? named.level(now.level) : undefined
  const group = moved ? named.group(now.group) : undefined
  const { at } = now
  return [
    ...[...latest.values()].toSorted((a, b) => (a.at < b.at ? -1 : 1)),
    ...(group === undefined ? [] : [{ what: 'group', name: group, at } as const]),
    ...(level === undefined ? [] : [{ what: 'level', name: level, at } as const]),
  ]
}

function factOf({ kind, at, detail }: Happening): PublicFact | undefined {
  const { of, outcome } = fieldsOf(detail)
  if (kind === 'agent-answer') return { what: 'answered', at }
  if (spokenKinds.includes(kind)) return { what: 'spoken', at }
  if (kind === 'callback-attempt' && outcome === 'answered') return { what: 'spoken', at }
  if (kind === 'measure' && isPublicMeasure(of)) return { what: of, at }
  if (kind === 'known-problem') return { what: 'known-problem', at }
  return undefined
}

function fieldsOf(detail: unknown): { readonly of?: unknown; readonly outcome?: unknown } {
  return typeof detail === 'object' && detail !== null ? detail : {}
}
