/** A policy that says what it cannot mean: names nobody knows, rows that never count, promises that contradict. */
import type { ConfigDraft, Draft } from './draft.ts'
import type { Fault } from './faults.ts'
import type { Policy } from './policy-schema.ts'
import { covers, listed, references } from './references.ts'
import type { Path } from './shape.ts'

type Target = Draft<Policy['targets'][number]>
type LevelRule = Draft<Policy['levels'][number]>
interface Placed<Row> {
  readonly row: Row
  readonly at: number
}

const columns = ['firstResponse', 'callback', 'statusUpdate', 'resolution'] as const
type Column = (typeof columns)[number]

/** The kinds of promise whose broken time a row of `policy.levels` can name, and where they are promised. */
const promisedBy: Readonly<Record<string, Column>> = {
  'first-response': 'firstResponse',
  callback: 'callback',
  'status-update': 'statusUpdate',
  resolution: 'resolution',
}

export function policyFaults(config: ConfigDraft): readonly Fault[] {
  const targets = placed<Target>(config.policy?.targets)
  const levels = placed<LevelRule>(config.policy?.levels)
  return [
    ...targets.flatMap(({ row, at }) => whenFaults(config, ['policy', 'targets', at, 'when'], row.when)),
    ...levels.flatMap(({ row, at }) => whenFaults(config, ['policy', 'levels', at, 'when'], row.when)),
    ...targets.flatMap(emptyTarget),
    ...targets.flatMap(one => hiddenTargets(one, targets)),
    ...targets.flatMap(one => contradictions(one, targets)),
    ...levels.flatMap(one => pointlessLevel(one, levels)),
    ...levels.flatMap(({ row, at }) => neverPromised(config, at, row, targets)),
  ]
}

function placed<Row>(rows: readonly (Row | undefined)[] | undefined): readonly Placed<Row>[] {
  return (rows ?? []).flatMap((row, at) => (row === undefined || row === null ? [] : [{ row, at }]))
}

/** Entitlements that no section names. */
const usualContracts = ['none', 'warranty']

function whenFaults(config: ConfigDraft, path: Path, when: Target['when']): readonly Fault[] {
  if (!when) return []
  const keys = (section: object | undefined) => Object.keys(section ?? {})
  const contracts = [...keys(config.contracts), ...usualContracts]
  return [
    ...references([...path, 'contract'], when.contract, 'a kind of contract', contracts),
    ...references([...path, 'area'], when.area, 'a service area', keys(config.areas)),
    ...references([...path, 'group'], when.group, 'a group', keys(config.groups)),
  ]
}

function emptyTarget({ row, at }: Placed<Target>): readonly Fault[] {
  return columns.some(column => column in row)
    ? []
    : [{ path: ['policy', 'targets', at], says: `promises nothing; name one of ${columns.join(', ')}` }]
}

/** The first row that fits and names a time counts, so a row behind one that fits all of its matters never does. */
function hiddenTargets({ row, at }: Placed<Target>, all: readonly Placed<Target>[]): readonly Fault[] {
  return columns.flatMap(column => {
    if (row[column] === undefined) return []
    const before = all.find(
      other =>
        other.at < at && other.row[column] !== undefined && covers(other.row.when ?? {}, row.when ?? {}),
    )
    if (!before) return []
    const says = `never counts, because policy.targets row ${before.at + 1} stands before it and fits all of its matters; move it above, or take it away`
    return [{ path: ['policy', 'targets', at, column], says }]
  })
}

/** Pairs where the first must not take longer than the second. */
const orders: readonly (readonly [Column, Column, string])[] = [
  ['statusUpdate', 'resolution', 'no status update would ever be due'],
  ['firstResponse', 'resolution', 'it would be solved before anybody answers'],
  ['callback', 'resolution', 'it would be solved before anybody rings back'],
]

/** Judged for the matters of each row, with the times that other rows give to all of them. */
function contradictions(own: Placed<Target>, all: readonly Placed<Target>[]): readonly Fault[] {
  const when = own.row.when ?? {}
  const inForce = (column: Column) => {
    const hit = all.find(({ row }) => row[column] !== undefined && covers(row.when ?? {}, when))
    return hit && { at: hit.at, when: hit.row.when ?? {}, column, minutes: hit.row[column] ?? 0 }
  }
  return orders.flatMap(([sooner, later, consequence]) => {
    const [first, second] = [inForce(sooner), inForce(later)]
    if (!first || !second || first.minutes <= second.minutes) return []
    const [here, there] = first.at === own.at ? [first, second] : [second, first]
    // Of two rows for the same matters the later one is told; rows that only take over both times are not.
    if (here.at !== own.at || (there.at > own.at && covers(when, there.when))) return []
    const where = here.at === there.at ? '' : ` in policy.targets row ${there.at + 1}`
    const compared = here === first ? 'longer' : 'shorter'
    const says = `is ${here.minutes}, ${compared} than ${there.column}${where} with ${there.minutes}: ${consequence}`
    return [{ path: ['policy', 'targets', own.at, here.column], says }]
  })
}

/** The highest row that fits counts, wherever it stands; of equal ones the first. */
function pointlessLevel({ row, at }: Placed<LevelRule>, all: readonly Placed<LevelRule>[]): readonly Fault[] {
  const { level, when = {} } = row
  const path: Path = ['policy', 'levels', at]
  if (level === undefined) return []
  if (level === 1)
    return [{ path: [...path, 'level'], says: 'is 1, where every matter begins; use 2, 3, 4 or next' }]
  const instead = all.find(
    other =>
      other.at !== at &&
      other.row.level !== undefined &&
      covers(other.row.when ?? {}, when) &&
      (outranks(other.row.level, level) || (other.row.level === level && other.at < at)),
  )
  if (!instead) return []
  const says = `never counts, because policy.levels row ${instead.at + 1} fits all of its matters and does not rise less; take it away, or let it rise higher`
  return [{ path, says }]
}

/** `next` may be any level, so nothing is told of it but that it is never above 4. */
function outranks(one: number | 'next', other: number | 'next'): boolean {
  if (one === 'next') return false
  return other === 'next' ? one === 4 : one > other
}

function howToPromise(kind: string): string {
  const column = promisedBy[kind]
  return column ? `give it a time with ${column} in policy.targets` : 'describe the section feedback'
}

function neverPromised(
  config: ConfigDraft,
  at: number,
  { when }: LevelRule,
  targets: readonly Placed<Target>[],
): readonly Fault[] {
  const isPromised = (kind: string) => {
    // Answers and calls back have their usual times beside the policy.
    if (kind === 'first-response') return true
    if (kind === 'callback' && config.phone) return true
    if (kind === 'manager-contact') return config.feedback !== undefined
    const column = promisedBy[kind]
    return column === undefined || targets.some(({ row }) => row[column] !== undefined)
  }
  return (['broken', 'endangered'] as const).flatMap(part =>
    listed<string>(when?.[part]).flatMap(kind =>
      isPromised(kind)
        ? []
        : [
            {
              path: ['policy', 'levels', at, 'when', part],
              says: `names ${kind}, which nothing promises; ${howToPromise(kind)}, or leave it out`,
            },
          ],
    ),
  )
}
