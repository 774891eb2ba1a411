/** `gateway duty`: the plan day by day, and below it what is missing. */
import { officesOf } from '../../config/office-calendar.ts'
import type { Config } from '../../config/schema.ts'
import { peopleOnDuty } from '../../desk/duty.ts'
import { type Gap, staffedGroups } from '../../desk/duty-gaps.ts'
import { gapWords } from '../../desk/gap-words.ts'
import { isOpen, nextOpening, type Office } from '../../desk/office-hours.ts'
import type { NotedAbsence } from '../../desk/on-duty.ts'
import { readAbsences } from '../../intake/calls/duty.ts'
import { readGaps } from '../../intake/promises/report-gaps.ts'
import { type Answer, CommandFailed } from '../answer.ts'
import { type Place, withDatabase } from '../with-database.ts'

export interface DutyDay {
  readonly date: string
  readonly group: string
  readonly office: string
  /** Keys of the agents, as the day begins. */
  readonly agents: readonly string[]
}

export async function showDuty(place: Place, days: number): Promise<Answer> {
  const { config } = place
  if (!config) throw new CommandFailed('This needs a configuration file; name it with --config.')
  const now = Temporal.Now.instant()
  const offices = officesOf(config, now)
  const until = now.add({ hours: days * 24 })
  const { gaps, absences } = await withDatabase(place, async database => ({
    gaps: await readGaps(database, { config, offices }, now, until),
    absences: await readAbsences(database, now, until),
  }))
  const plan = planOf(config, offices, absences, now, until)
  return { text: dutyText(plan, gaps, config, offices), data: { plan, gaps: gaps.map(shown) } }
}

/** Who is there when each office opens; a change later in the day shows as a gap, if it is one. */
export function planOf(
  config: Config,
  offices: ReadonlyMap<string, Office>,
  absences: readonly NotedAbsence[],
  from: Temporal.Instant,
  until: Temporal.Instant,
): readonly DutyDay[] {
  return staffedGroups(config).flatMap(({ group, office: key }) => {
    const office = offices.get(key)
    if (!office) return []
    return openingsOf(office, from, until).map(at => ({
      date: at.toZonedDateTimeISO(office.timeZone).toPlainDate().toString(),
      ...{ group, office: key },
      agents: peopleOnDuty(group, config, absences, office.timeZone, at).map(({ agent }) => agent),
    }))
  })
}

/** Each day's first, as far as the holidays are known. */
function openingsOf(
  office: Office,
  from: Temporal.Instant,
  until: Temporal.Instant,
): readonly Temporal.Instant[] {
  const { timeZone, knownUntil } = office
  const found: Temporal.Instant[] = []
  const known = knownUntil === undefined ? until : endOf(knownUntil, timeZone)
  const last = Temporal.Instant.compare(known, until) < 0 ? known : until
  for (
    let at = isOpen(from, office) ? from : nextOpening(from, office);
    Temporal.Instant.compare(at, last) < 0;
  ) {
    found.push(at)
    const tomorrow = at.toZonedDateTimeISO(timeZone).startOfDay().add({ days: 1 }).toInstant()
    if (Temporal.Instant.compare(tomorrow, last) >= 0) break
    at = isOpen(tomorrow, office) ? tomorrow : nextOpening(tomorrow, office)
  }
  return found
}

function endOf(day: string, timeZone: string): Temporal.Instant {
  return Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime(timeZone).toInstant()
}

/** Exported for its test. */
export function dutyText(
  plan: readonly DutyDay[],
  gaps: readonly Gap[],
  config: Config,
  offices: ReadonlyMap<string, Office>,
): string {
  const groups = Map.groupBy(plan, ({ group, office }) => `${group} (${office})`)
  const sections = [...groups].map(([title, days]) =>
    [title, ...days.map(({ date, agents }) => `  ${date}  ${agents.join(', ') || 'nobody'}`)].join('\n'),
  )
  const missing = gaps.map(gap => {
    const timeZone = offices.get(gap.office)?.timeZone ?? 'UTC'
    return `  ${gap.group} (${gap.office})  ${gapWords(gap, timeZone, 'en', key => config.agents[key]?.name ?? key)}`
  })
  const end =
    gaps.length === 0 ? ['No gaps.'] : [`${gaps.length === 1 ? '1 gap' : `${gaps.length} gaps`}:`, ...missing]
  return [...sections, end.join('\n')].join('\n\n')
}

const shown = ({ from, until, ...gap }: Gap) => ({ ...gap, from: from.toString(), until: until.toString() })
