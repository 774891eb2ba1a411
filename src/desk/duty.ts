import { isAbsent, type NotedAbsence, type Roster, type StandIn, withDeputies } from './on-duty.ts'
import { rosteredNow } from './roster.ts'

/**
 * Who of a group really is there at a moment: whom the roster has and who is not away, with deputies in the place of
 * those who are. Empty where nobody is. `timeZone` is that of the office: rosters and days are its wall time.
 */
export function peopleOnDuty(
  group: string,
  roster: Roster,
  absences: readonly NotedAbsence[],
  timeZone: string,
  now: Temporal.Instant,
): readonly StandIn[] {
  const rostered = rosteredNow(group, roster.groups[group]?.agents ?? [], roster.duty ?? [], timeZone, now)
  return withDeputies(rostered, roster, absences, timeZone, now).filter(
    ({ agent }) => !isAbsent(agent, roster, absences, timeZone, now),
  )
}

/**
 * Who may speak for a group: its agents, their deputies whether needed now or not, and whoever stands in now. Rosters
 * do not count: whoever takes a matter after hours has taken it.
 */
export function maySpeakFor(
  group: string,
  agent: string,
  roster: Roster,
  absences: readonly NotedAbsence[],
  timeZone: string,
  now: Temporal.Instant,
): boolean {
  const members = roster.groups[group]?.agents ?? []
  const deputies = members.flatMap(key => roster.agents[key]?.deputy ?? [])
  const standIns = withDeputies(members, roster, absences, timeZone, now)
  return [...members, ...deputies, ...standIns.map(one => one.agent)].includes(agent)
}
