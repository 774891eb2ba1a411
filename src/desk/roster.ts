/** Rosters of the configuration: who staffs a group when. A group without rows is staffed by all of its agents always. */

export interface RosterRow {
  readonly group: string
  readonly agent: string
  readonly days: readonly string[]
  /** "HH:MM-HH:MM", wall time of the office. A span holds its beginning but not its end. */
  readonly hours: readonly string[]
}

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

/** Those of `agents` whom the roster has at this moment; all of them where the group has none. Order is kept. */
export function rosteredNow(
  group: string,
  agents: readonly string[],
  rows: readonly RosterRow[],
  timeZone: string,
  now: Temporal.Instant,
): readonly string[] {
  const own = rows.filter(row => row.group === group)
  if (own.length === 0) return agents
  const wall = now.toZonedDateTimeISO(timeZone)
  const day = weekdays[wall.dayOfWeek - 1] ?? 'mon'
  const time = wall.toPlainTime().toString({ smallestUnit: 'second' })
  return agents.filter(agent =>
    own.some(
      row => row.agent === agent && row.days.includes(day) && row.hours.some(span => holds(span, time)),
    ),
  )
}

function holds(span: string, time: string): boolean {
  const [from = '', to = ''] = span.split('-')
  return `${from}:00` <= time && time < `${to}:00`
}
