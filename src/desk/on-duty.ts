import { type RosterRow, rosteredNow } from './roster.ts'

/**
 * Who of a group gets its mail just now: its agents, as its roster has them, and for each that is away the deputy as
 * well. The absent agent still gets everything: mail that waits for somebody's return is better than mail that never
 * came. For the same reason everybody gets it while nobody is there. Who really is there says duty.ts.
 */

/** What the configuration says about agents and groups; the keys of `Config`. */
export interface Roster {
  readonly groups: Readonly<Record<string, { readonly agents: readonly string[] }>>
  readonly agents: Readonly<
    Record<
      string,
      {
        readonly deputy?: string | undefined
        readonly absences: readonly { readonly from: string; readonly to: string }[]
      }
    >
  >
  /** Groups that are staffed at certain times. */
  readonly duty?: readonly RosterRow[]
}

/** An absence that an agent's own note told us of. */
export interface NotedAbsence {
  readonly agent: string
  readonly fromAt: Temporal.Instant
  /** Null where the note names no end; then it counts for `openEndedDays`. */
  readonly untilAt: Temporal.Instant | null
  readonly deputy: string | null
}

/** A note without a date must not send an agent's mail to a deputy for ever. */
const openEndedDays = 7

function isAway(noted: NotedAbsence, now: Temporal.Instant): boolean {
  const until = noted.untilAt ?? noted.fromAt.add({ hours: openEndedDays * 24 })
  return Temporal.Instant.compare(noted.fromAt, now) <= 0 && Temporal.Instant.compare(now, until) < 0
}

/** By the roster or by a note of the agent's own. `timeZone` says when a day of the configuration begins. */
export function isAbsent(
  key: string,
  { agents }: Pick<Roster, 'agents'>,
  absences: readonly NotedAbsence[],
  timeZone: string,
  now: Temporal.Instant,
): boolean {
  const today = now.toZonedDateTimeISO(timeZone).toPlainDate().toString()
  const planned = agents[key]?.absences.some(({ from, to }) => from <= today && today <= to) ?? false
  return planned || absences.some(absence => absence.agent === key && isAway(absence, now))
}

/**
 * Keys of the agents to tell, each once, deputies last. `timeZone` is that of the group's office: it says when a day
 * of the configuration begins. A deputy who is away too passes the mail on to the next.
 */
export function agentsOnDuty(
  group: string,
  roster: Roster,
  absences: readonly NotedAbsence[],
  timeZone: string,
  now: Temporal.Instant,
): readonly string[] {
  const all = roster.groups[group]?.agents ?? []
  const rostered = rosteredNow(group, all, roster.duty ?? [], timeZone, now)
  const told = withDeputies(rostered, roster, absences, timeZone, now).map(({ agent }) => agent)
  const isThere = told.some(key => !isAbsent(key, roster, absences, timeZone, now))
  if (isThere || rostered.length === all.length) return told
  return withDeputies(all, roster, absences, timeZone, now).map(({ agent }) => agent)
}

export interface StandIn {
  readonly agent: string
  /** Whom the agent stands in for; null for those who are told in their own right. */
  readonly standsInFor: string | null
}

/** The agents, and the deputies of those who are away, each once, deputies last; those who are away stay in the list. */
export function withDeputies(
  keys: readonly string[],
  { agents }: Pick<Roster, 'agents'>,
  absences: readonly NotedAbsence[],
  timeZone: string,
  now: Temporal.Instant,
): readonly StandIn[] {
  const told = new Map<string, string | null>(keys.map(key => [key, null]))
  // The map grows while it is walked through: deputies are looked at as well, each once.
  for (const [key, standsInFor] of told) {
    if (!isAbsent(key, { agents }, absences, timeZone, now)) continue
    const noted = absences.find(
      absence => absence.agent === key && absence.deputy !== null && isAway(absence, now),
    )
    const deputy = agents[key]?.deputy ?? noted?.deputy
    if (deputy && agents[deputy] && !told.has(deputy)) told.set(deputy, standsInFor ?? key)
  }
  return [...told].map(([agent, standsInFor]) => ({ agent, standsInFor }))
}
