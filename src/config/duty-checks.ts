/**
 * Rosters with a gap: office hours in which nobody of a group would be on duty. Judged week by week without absences,
 * so that the same file is as sound tomorrow as it is today; absences are the running gateway's to watch.
 */
import { type ConfigDraft, type Draft, entriesOf } from './draft.ts'
import type { Fault } from './faults.ts'
import { spanFaults } from './office-checks.ts'
import { listed, reference } from './references.ts'
import { strangerIn } from './routing-checks.ts'
import type { Config } from './schema.ts'
import type { Path } from './shape.ts'

type DutyRow = Draft<Config['duty'][number]>

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

export function dutyFaults(config: ConfigDraft): readonly Fault[] {
  const rows = (config.duty ?? []).flatMap((row, at) => (row ? [{ row, at }] : []))
  const rostered = new Set(rows.flatMap(({ row }) => row.group ?? []))
  return [
    ...rows.flatMap(({ row, at }) => rowFaults(config, ['duty', at], row)),
    ...[...rostered].flatMap(group => gapFaults(config, group, rows)),
  ]
}

function rowFaults(config: ConfigDraft, path: Path, { group, agent, hours }: DutyRow): readonly Fault[] {
  return [
    ...reference([...path, 'group'], group, 'a group', Object.keys(config.groups ?? {})),
    ...reference([...path, 'agent'], agent, 'an agent', Object.keys(config.agents ?? {})),
    ...strangerIn(config, [...path, 'agent'], group, agent),
    ...spanFaults([...path, 'hours'], hours ?? []),
  ]
}

/** One fault for each office, at the group's first row: the days and times that are left. */
function gapFaults(
  config: ConfigDraft,
  group: string,
  rows: readonly { readonly row: DutyRow; readonly at: number }[],
): readonly Fault[] {
  const own = rows.filter(({ row }) => row.group === group)
  const [first] = own
  if (!first) return []
  return officesServed(config, group).flatMap(office => {
    const gaps = weekdays.flatMap(day => {
      const open = listed(config.offices?.[office]?.hours?.[day])
      const manned = own.flatMap(({ row }) => (row.days?.includes(day) ? listed(row.hours) : []))
      return open.flatMap(span => left(span, manned)).map(span => `${day} ${span}`)
    })
    if (gaps.length === 0) return []
    const says = `leaves nobody of ${group} on duty at ${office} ${gaps.join(', ')}; roster somebody for that time`
    return [{ path: ['duty', first.at], says }]
  })
}

/**
 * The offices whose hours a group has to staff: those of its mailboxes, lines, extensions and levels. A level without
 * an office of its own keeps the hours of whichever office a ticket belongs to.
 */
function officesServed({ mailboxes, phone, levels, offices }: ConfigDraft, group: string): readonly string[] {
  const lines = entriesOf(phone?.lines).flatMap(([, line]) => [
    line,
    ...entriesOf(line.extensions).map(([, one]) => ({
      group: one.group ?? line.group,
      office: one.office ?? line.office,
    })),
  ])
  const desks = [...entriesOf(mailboxes).map(([, one]) => one), ...lines]
  const used = entriesOf(levels).flatMap(([, one]) =>
    one.group === group ? (one.office ?? desks.map(({ office }) => office)) : [],
  )
  const own = desks.flatMap(one => (one.group === group ? one.office : []))
  return Object.keys(offices ?? {}).filter(office => [...own, ...used].includes(office))
}

/** What is left of a span once others are taken out of it. "HH:MM" texts compare as times. */
function left(span: string, taken: readonly string[]): readonly string[] {
  const [start = '', end = ''] = span.split('-')
  const spans = taken.map(one => one.split('-') as [string, string]).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const gaps: string[] = []
  let from = start
  for (const [begin, until] of spans) {
    if (begin >= end) break
    if (begin > from) gaps.push(`${from}-${begin}`)
    if (until > from) from = until
  }
  if (from < end) gaps.push(`${from}-${end}`)
  return gaps
}
