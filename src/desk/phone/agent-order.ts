import type { Language } from '../ticket.ts'
import type { AgentToRing } from './call-decision.ts'

/** Who should have the next call, of those who are there. */

export interface AgentState {
  readonly key: string
  readonly name: string
  /** E.164; null where the agent is never rung. */
  readonly phone: string | null
  /** What we say to the agent is said in it. */
  readonly language: Language
  /** Spoken with callers. */
  readonly languages: readonly Language[]
  /** In a call, or being rung for one. */
  readonly busy: boolean
  readonly onBreak: boolean
  /** Missed several calls in a row just now. */
  readonly paused: boolean
  readonly openCallbacks: number
  readonly lastRungAt: Temporal.Instant | null
}

/** Agents on duty, in the order of the configuration. */
export interface DutyFacts {
  /** The caller's. */
  readonly language: Language
  readonly agents: readonly AgentState[]
}

/** Whom to ring, one after the other. Nobody is rung in a conversation, on a break, or after missing call after call. */
export function agentsToRing({ language, agents }: DutyFacts): readonly AgentToRing[] {
  return inOrder(language, agents).flatMap(({ phone, busy, onBreak, paused, ...agent }) =>
    phone === null || busy || onBreak || paused
      ? []
      : [{ key: agent.key, name: agent.name, phone, language: agent.language }],
  )
}

/**
 * Who gets a callback to see to: everybody on duty, for it may be done later. Those who could take it at once come
 * first among those who speak the language; no telephone is needed to have it.
 */
export function agentsToAssign({ language, agents }: DutyFacts): readonly string[] {
  const isFree = ({ busy, onBreak, paused }: AgentState) => !busy && !onBreak && !paused
  const ordered = inOrder(language, agents)
  const speaks = ({ languages }: AgentState) => languages.includes(language)
  return ordered
    .toSorted((a, b) => Number(speaks(b)) - Number(speaks(a)) || Number(isFree(b)) - Number(isFree(a)))
    .map(({ key }) => key)
}

/** Spans such as "12:00-12:30" hold their beginning but not their end, as opening hours do. */
export function isOnBreak(breaks: readonly string[], timeZone: string, now: Temporal.Instant): boolean {
  const time = now.toZonedDateTimeISO(timeZone).toPlainTime().toString({ smallestUnit: 'second' })
  return breaks.some(span => {
    const [from = '', to = ''] = span.split('-')
    return `${from}:00` <= time && time < `${to}:00`
  })
}

function inOrder(language: Language, agents: readonly AgentState[]): readonly AgentState[] {
  const since = ({ lastRungAt }: AgentState) => lastRungAt?.epochMilliseconds ?? 0
  const foreign = ({ languages }: AgentState) => Number(!languages.includes(language))
  // The sort is stable: what is left equal stays in the order of the configuration.
  return agents.toSorted(
    (a, b) => foreign(a) - foreign(b) || a.openCallbacks - b.openCallbacks || since(a) - since(b),
  )
}
