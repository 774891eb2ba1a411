import type { Config } from '../config/schema.ts'
import { peopleOnDuty } from './duty.ts'
import { isOpen, type Office } from './office-hours.ts'
import type { NotedAbsence } from './on-duty.ts'
import { isOnBreak } from './phone/agent-order.ts'
import { rosteredNow } from './roster.ts'

/** Times at which an office is open and nobody of a group that is needed there is on duty, found before they come. */

export type GapReason =
  /** The roster has nobody. */
  | { readonly kind: 'roster' }
  /** All whom it has are away, and nobody stands in. */
  | { readonly kind: 'absent'; readonly agents: readonly string[] }
  /** The only ones who are there have their break; told of groups that answer a line. */
  | { readonly kind: 'break'; readonly agents: readonly string[] }

export interface Gap {
  readonly group: string
  /** Key of the office whose hours count. */
  readonly office: string
  readonly from: Temporal.Instant
  readonly until: Temporal.Instant
  readonly reason: GapReason
}

export type DutyConfig = Pick<Config, 'groups' | 'agents' | 'duty' | 'mailboxes' | 'phone' | 'levels'>

/** A group that somebody relies on in an office's hours. */
export interface Staffed {
  readonly group: string
  readonly office: string
  /** It answers a line: a break of the only one is a gap too. */
  readonly answers: boolean
}

/** Groups of mailboxes, lines, extensions and levels, each once for an office. */
export function staffedGroups({ mailboxes, phone, levels }: DutyConfig): readonly Staffed[] {
  const found = new Map<string, Staffed>()
  const add = (group: string, office: string, answers: boolean) => {
    const id = `${group}\n${office}`
    found.set(id, { group, office, answers: answers || found.get(id)?.answers === true })
  }
  for (const { group, office } of Object.values(mailboxes)) add(group, office, false)
  for (const { group, office, extensions } of Object.values(phone?.lines ?? {})) {
    add(group, office, true)
    for (const extension of Object.values(extensions)) add(extension.group, extension.office ?? office, true)
  }
  // A level without an office of its own keeps the hours of whichever office a ticket belongs to.
  const offices = new Set([...found.values()].map(({ office }) => office))
  for (const { group, office } of Object.values(levels ?? {}))
    for (const key of office === undefined ? offices : [office]) add(group, key, false)
  return [...found.values()]
}

/** All gaps between two instants, by their beginning. Looks no further than an office's holidays are known. */
export function dutyGaps(
  config: DutyConfig,
  offices: ReadonlyMap<string, Office>,
  absences: readonly NotedAbsence[],
  from: Temporal.Instant,
  until: Temporal.Instant,
): readonly Gap[] {
  return staffedGroups(config)
    .flatMap(staffed => {
      const office = offices.get(staffed.office)
      return office ? gapsOf(staffed, office, config, absences, from, until) : []
    })
    .toSorted((a, b) => Temporal.Instant.compare(a.from, b.from))
}

function gapsOf(
  staffed: Staffed,
  office: Office,
  config: DutyConfig,
  absences: readonly NotedAbsence[],
  from: Temporal.Instant,
  until: Temporal.Instant,
): readonly Gap[] {
  const gaps: Gap[] = []
  /** Nobody was missed since the last gap: only the office was closed. */
  let joins = false
  const moments = momentsOf(staffed.group, office, config, absences, from, until)
  for (const [index, at] of moments.entries()) {
    const end = moments[index + 1]
    if (end === undefined || !isOpen(at, office)) continue
    const reason = reasonAt(staffed, office, config, absences, at)
    const last = gaps.at(-1)
    if (reason && last && joins && isSame(last.reason, reason)) gaps.splice(-1, 1, { ...last, until: end })
    else if (reason) gaps.push({ group: staffed.group, office: staffed.office, from: at, until: end, reason })
    joins = reason !== undefined
  }
  return gaps
}

function reasonAt(
  { group, answers }: Staffed,
  { timeZone }: Office,
  config: DutyConfig,
  absences: readonly NotedAbsence[],
  at: Temporal.Instant,
): GapReason | undefined {
  const rostered = rosteredNow(group, config.groups[group]?.agents ?? [], config.duty, timeZone, at)
  if (rostered.length === 0) return { kind: 'roster' }
  const there = peopleOnDuty(group, config, absences, timeZone, at).map(({ agent }) => agent)
  if (there.length === 0) return { kind: 'absent', agents: rostered }
  const onBreak = answers && there.every(key => isOnBreak(config.agents[key]?.breaks ?? [], timeZone, at))
  return onBreak ? { kind: 'break', agents: there } : undefined
}

const isSame = (a: GapReason, b: GapReason): boolean => JSON.stringify(a) === JSON.stringify(b)

/** Whenever something about a group may change: between two of these moments everything stays as it is. */
function momentsOf(
  group: string,
  office: Office,
  { duty, agents }: DutyConfig,
  absences: readonly NotedAbsence[],
  from: Temporal.Instant,
  until: Temporal.Instant,
): readonly Temporal.Instant[] {
  const { timeZone, knownUntil } = office
  const always = [
    ...Object.values(office.hours).flat(),
    ...duty.filter(row => row.group === group).flatMap(({ hours }) => hours),
    ...Object.values(agents).flatMap(({ breaks }) => breaks),
  ]
  const moments = [from, until]
  const last = until.toZonedDateTimeISO(timeZone).toPlainDate()
  const known = knownUntil === undefined ? last : Temporal.PlainDate.from(knownUntil)
  for (
    let date = from.toZonedDateTimeISO(timeZone).toPlainDate();
    Temporal.PlainDate.compare(date, last) <= 0 && Temporal.PlainDate.compare(date, known) <= 0;
    date = date.add({ days: 1 })
  ) {
    const spans = [...always, ...(office.exceptions.get(date.toString())?.spans ?? [])]
    const times = new Set(['00:00', ...spans.flatMap(span => span.split('-'))])
    for (const time of times)
      moments.push(
        time === '24:00'
          ? date.add({ days: 1 }).toZonedDateTime(timeZone).toInstant()
          : date.toZonedDateTime({ timeZone, plainTime: time }).toInstant(),
      )
  }
  for (const { fromAt, untilAt } of absences) moments.push(fromAt, ...(untilAt ? [untilAt] : []))
  const end = known.add({ days: 1 }).toZonedDateTime(timeZone).toInstant()
  const { compare } = Temporal.Instant
  const within = moments.filter(
    at => compare(from, at) <= 0 && compare(at, until) <= 0 && compare(at, end) <= 0,
  )
  return [...new Map(within.map(at => [at.epochMilliseconds, at])).values()].toSorted(compare)
}
