import { agentsOnDuty, isAbsent, type NotedAbsence, type Roster } from '../on-duty.ts'

/** When and where somebody is looked for: `timeZone` is that of the ticket's office. */
export interface Moment {
  readonly absences: readonly NotedAbsence[]
  readonly timeZone: string
  readonly now: Temporal.Instant
}

/**
 * Keys of the agents that a step is for: they are told of it, and only they may say that it is done. `by` is an agent or
 * a group; for whoever is away the deputy may as well. Without `by` it is for `group`, that of the ticket.
 */
export function peopleFor(
  by: string | null,
  group: string,
  roster: Roster,
  { absences, timeZone, now }: Moment,
): readonly string[] {
  const agent = by === null ? undefined : roster.agents[by]
  if (by === null || !agent) return agentsOnDuty(by ?? group, roster, absences, timeZone, now)
  if (!isAbsent(by, roster, absences, timeZone, now)) return [by]
  const alone = { ...roster, groups: { [by]: { agents: [by] } } }
  return agentsOnDuty(by, alone, absences, timeZone, now)
}
