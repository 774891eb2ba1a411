import type { Config } from '../config/schema.ts'
import { agentsOnDuty, isAbsent, type NotedAbsence, withDeputies } from './on-duty.ts'
import { assignByLoad, type Routed } from './routing.ts'
import type { Language } from './ticket.ts'

/** Who answers for a matter, once its group is known. All pure. */

export interface DutyNow {
  readonly config: Pick<Config, 'agents' | 'groups' | 'duty'>
  readonly absences: readonly NotedAbsence[]
  /** Of the ticket's office: says when a day of the configuration begins. */
  readonly timeZone: string
  readonly now: Temporal.Instant
  /** Open tickets of an agent. */
  readonly openOf: (agent: string) => number
}

export interface Responsible {
  readonly group: string
  /** Null: the whole group, as no row of the routing says more. */
  readonly agent: string | null
  readonly because: string
}

/**
 * Whoever the row names, or the deputy; else by language and load. Where no row hit nobody is picked out: a desk that
 * routes one product only has not asked us to share out the rest of its mail.
 */
export function responsibleFor(
  { group, agent, row }: Pick<Routed, 'group' | 'agent' | 'row'>,
  language: Language,
  duty: DutyNow,
): Responsible {
  if (row === null) return { group, agent: null, because: 'no row of the routing fits' }
  const named = agent === null ? null : standIn(agent, group, duty)
  if (agent !== null && named !== null) {
    const because = named === agent ? `${row} names ${agent}` : `${row} names ${agent}, who is not there`
    return { group, agent: named, because }
  }
  const { config } = duty
  const candidates = presentIn(group, duty).map(key => ({
    key,
    languages: config.agents[key]?.languages ?? [config.agents[key]?.language ?? 'de'],
    open: duty.openOf(key),
  }))
  const chosen = assignByLoad(language, candidates)
  const away = agent === null ? '' : ` names ${agent}, who is not there, nor a deputy`
  return chosen
    ? { group, agent: chosen.agent, because: `${row}${away}: ${chosen.because}` }
    : { group, agent: null, because: `${row}${away}: nobody of the group is on duty` }
}

/** Of the group and the deputies of its absent agents those who are there. */
function presentIn(group: string, { config, absences, timeZone, now }: DutyNow): readonly string[] {
  return agentsOnDuty(group, config, absences, timeZone, now).filter(
    key => !isAbsent(key, config, absences, timeZone, now),
  )
}

/** The agent, or whoever stands in and is there; null where nobody does. A roster counts for its own group only. */
function standIn(agent: string, group: string, duty: DutyNow): string | null {
  const { config, absences, timeZone, now } = duty
  const { agents, groups } = config
  const present = presentIn(group, duty)
  const isHere = (key: string) =>
    groups[group]?.agents.includes(key)
      ? present.includes(key)
      : agents[key] !== undefined && !isAbsent(key, config, absences, timeZone, now)
  const inLine = withDeputies([agent], config, absences, timeZone, now).map(one => one.agent)
  return [...inLine, agents[agent]?.deputy ?? agent].find(isHere) ?? null
}

/**
 * Who hears of a ticket: whoever has it, and while away those who stand in; else all of its group. Where nobody stands
 * in it is the group's again, so that no mail waits unread for somebody's return.
 */
export function readersOf(
  { assignee, group }: { readonly assignee: string | null; readonly group: string },
  { config, absences, timeZone, now }: Omit<DutyNow, 'openOf'>,
): readonly string[] {
  const all = agentsOnDuty(group, config, absences, timeZone, now)
  if (assignee === null || !config.agents[assignee]) return all
  const own = withDeputies([assignee], config, absences, timeZone, now).map(({ agent }) => agent)
  const isThere = own.some(key => !isAbsent(key, config, absences, timeZone, now))
  return isThere ? own : [...new Set([...own, ...all])]
}
