import type { RoutingRule } from '../config/policy-schema.ts'
import type { TrailStep } from './decide.ts'
import type { Language } from './ticket.ts'

/** Where a matter goes, and who of the group gets it. All pure; the rows are the configuration's. */

/** What a row of `routing` can speak of. */
export interface RoutingFacts {
  /** "hotline" or "hotline/195"; null for what came by mail. */
  readonly line: string | null
  /** Null for calls: what letters are sent from is not where they came in. */
  readonly mailbox: string | null
  readonly product: string | null
  readonly area: string | null
  readonly language: Language
  readonly requestType: string | null
  readonly customer: { readonly name: string; readonly number: string | null } | null
  /** Of the mailbox or line. */
  readonly group: string
}

export interface Routed {
  readonly group: string
  /** Key of the agent whom the row names. */
  readonly agent: string | null
  /** Null where no row fits. */
  readonly row: string | null
  /** The rows up to the one that hit, in their order. */
  readonly trail: readonly TrailStep[]
}

type When = RoutingRule['when']

/** What the matter is, in the words of the rows; several where a row may name any of them. */
const told: Readonly<Record<keyof When, (facts: RoutingFacts) => readonly (string | null)[]>> = {
  // A row for a line speaks of all its extensions.
  line: ({ line }) => [line, line?.split('/')[0] ?? null],
  mailbox: ({ mailbox }) => [mailbox],
  product: ({ product }) => [product],
  area: ({ area }) => [area],
  language: ({ language }) => [language],
  requestType: ({ requestType }) => [requestType],
  customer: ({ customer }) => [customer?.number ?? null, customer?.name ?? null],
}

interface Rows {
  readonly routing: readonly RoutingRule[]
}

/** The first row that fits, else the group of the mailbox or line: a matter always has its group. */
export function route(facts: RoutingFacts, { routing }: Rows): Routed {
  return firstFit(facts, routing, () => true)
}

/** A human chose the group, `facts.group`: only the rows that lead there can still name somebody. */
export function routeWithin(facts: RoutingFacts, { routing }: Rows): Routed {
  return firstFit(facts, routing, group => group === facts.group)
}

function firstFit(
  facts: RoutingFacts,
  routing: readonly RoutingRule[],
  mayLeadTo: (group: string) => boolean,
): Routed {
  const trail: TrailStep[] = []
  for (const [index, { when, group, agent = null }] of routing.entries()) {
    const row = `routing row ${index + 1}`
    const misfit = mayLeadTo(group) ? misfitOf(when, facts) : `it leads to ${group}, not ${facts.group}`
    trail.push({ rule: row, hit: misfit === undefined, because: misfit ?? fitsBecause(when) })
    if (misfit === undefined) return { group, agent, row, trail }
  }
  return { group: facts.group, agent: null, row: null, trail }
}

/** The first thing that does not fit; undefined where the row does. */
function misfitOf(when: When, facts: RoutingFacts): string | undefined {
  for (const [part, read] of Object.entries(told)) {
    const wanted = when[part as keyof When]
    if (wanted === undefined) continue
    const is = read(facts).filter(one => one !== null)
    const hit = wanted.some(word => is.some(one => one.toLowerCase() === word.toLowerCase()))
    if (!hit) return `${part} is ${is[0] ?? 'unknown'}, not ${wanted.join(' or ')}`
  }
  return undefined
}

function fitsBecause(when: When): string {
  const parts = Object.entries(when).flatMap(([part, wanted]) =>
    wanted === undefined ? [] : [`${part} is ${wanted.join(' or ')}`],
  )
  return parts.join(', ') || 'it fits everything'
}

/** An agent to whom a matter may be given. */
export interface Candidate {
  readonly key: string
  /** Spoken with customers. */
  readonly languages: readonly Language[]
  /** Open tickets that this agent answers for. */
  readonly open: number
}

export interface Assigned {
  readonly agent: string
  readonly because: string
}

/**
 * Who of those on duty gets it: of those who speak the customer's language the one with the fewest open tickets. Where
 * nobody speaks it, of all: somebody must find a way, and an unassigned matter is nobody's. Null where nobody is there.
 */
export function assignByLoad(language: Language, onDuty: readonly Candidate[]): Assigned | null {
  const speakers = onDuty.filter(({ languages }) => languages.includes(language))
  // The sort is stable: of equally busy ones the configuration's first gets it.
  const [first] = (speakers.length > 0 ? speakers : onDuty).toSorted((a, b) => a.open - b.open)
  if (!first) return null
  const speaks = speakers.length > 0 ? `speaks ${language}` : `nobody on duty speaks ${language}`
  return { agent: first.key, because: `${speaks}, fewest open tickets (${first.open})` }
}
