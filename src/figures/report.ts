import type { Config } from '../config/schema.ts'
import type { Database, Tx } from '../store/database.ts'
import { calendarOf } from './calendar.ts'
import { isTime } from './columns.ts'
import { definitionOf, definitions } from './definitions.ts'
import type { Dimension, FigureKey, FigureResult, Filter, Part, Period, Slice, Value } from './figure.ts'
import type { Reader } from './reader.ts'
import { readers } from './readers.ts'
import { namesOf, unitsOf } from './slices.ts'
import { others, type Row, readValue, statementOf } from './statement.ts'

/** Reads figures. Each is one statement (beside a look at how far back its calendar has to reach). */

export interface FigureDeps {
  readonly config: Config
  readonly now: () => Temporal.Instant
}

export interface FigureRequest {
  readonly period: Period
  readonly filter?: Filter
  readonly by?: Dimension | null
}

/** So much memory for sorting, for this one statement, keeps a million rows out of temporary files. */
const sortingMemory = '128MB'

/**
 * What the server believes a page out of turn to cost. Its own 4 is of turning disks: with it a week of a million tickets is
 * read by going through whole tables. With 1.1, right for a cache, two years are read ticket by ticket.
 */
const costOfRandomPage = 2

/**
 * Throws RangeError, in words for whoever asked, for a period that ends before it begins, for a dimension that the figure
 * does not have, and for too many units of time.
 */
export async function readFigure(
  database: Database,
  deps: FigureDeps,
  key: FigureKey,
  { period, filter = {}, by = null }: FigureRequest,
): Promise<FigureResult> {
  assertSound(key, period, by)
  const units = isTime(by) ? unitsOf(by, period) : undefined
  const rows = await database.$transaction(tx => answer(tx, deps, readers[key], { period, filter, by }))
  const { parts } = readers[key]
  const total = partsOf(parts, rows.find(row => Number(row.total) === 1) ?? {})
  const sliced = rows.filter(row => Number(row.total) !== 1)
  const ordered = units ? alongTime(units, sliced, readers[key]) : bySize(sliced)
  const names =
    by === null
      ? new Map()
      : await namesOf(
          database,
          deps.config,
          by,
          ordered.map(row => String(row.slice)),
        )
  const slices = ordered.map((row): Slice => {
    const slice = String(row.slice)
    return { key: slice, name: names.get(slice) ?? { de: slice, en: slice }, parts: partsOf(parts, row) }
  })
  return { figure: key, period, filter, total, by, slices }
}

/** Every figure that can be told apart so, in the order of the definitions. */
export async function readAll(
  database: Database,
  deps: FigureDeps,
  request: FigureRequest,
): Promise<readonly FigureResult[]> {
  const results: FigureResult[] = []
  for (const { key, dimensions } of definitions)
    if (!request.by || dimensions.includes(request.by))
      results.push(await readFigure(database, deps, key, request))
  return results
}

function assertSound(key: FigureKey, { from, to }: Period, by: Dimension | null): void {
  if (Temporal.PlainDate.compare(from, to) > 0) throw new RangeError(`${from} to ${to} ends before it begins`)
  const { dimensions } = definitionOf(key)
  if (by !== null && !dimensions.includes(by))
    throw new RangeError(`"${key}" is not told apart by ${by}; it is by ${dimensions.join(', ')}`)
}

/** A statement's rows: one with the total, and one for each slice in which there is something. */
async function answer(
  tx: Tx,
  { config, now }: FigureDeps,
  reader: Reader,
  { period, filter, by }: Required<FigureRequest>,
): Promise<readonly Row[]> {
  const since = startOf(period.from, period.timeZone)
  const until = startOf(period.to.add({ days: 1 }), period.timeZone)
  // Compiling a statement that runs once costs more than it saves.
  await tx.$executeRawUnsafe(`set local jit = off`)
  await tx.$executeRawUnsafe(`set local work_mem = '${sortingMemory}'`)
  await tx.$executeRawUnsafe(`set local random_page_cost = ${costOfRandomPage}`)
  const calendar = await calendarFor(tx, config, reader, { since, until, now: now() })
  return tx.$queryRawUnsafe<Row[]>(
    statementOf(reader, by, filter, calendar.spans),
    since.toString(),
    until.toString(),
    period.timeZone,
    JSON.stringify(filter),
    JSON.stringify({ agents: groupsOfAgents(config.groups), mailboxes: groupsOfMailboxes(config.mailboxes) }),
    JSON.stringify(calendar.days),
    now().toString(),
  )
}

const startOf = (date: Temporal.PlainDate, timeZone: string) => date.toZonedDateTime({ timeZone }).toInstant()

async function calendarFor(
  tx: Tx,
  config: Config,
  { countsFrom }: Reader,
  { since, until, now }: Record<'since' | 'until' | 'now', Temporal.Instant>,
) {
  if (countsFrom === undefined) return { days: [], spans: 1 }
  const [row] = await tx.$queryRawUnsafe<{ since: Date | null }[]>(
    `with given as (select $1::timestamptz, $2::timestamptz) ${countsFrom}`,
    since.toString(),
    until.toString(),
  )
  if (!row?.since) return { days: [], spans: 1 }
  const from = Temporal.Instant.fromEpochMilliseconds(row.since.getTime())
  const to = Temporal.Instant.compare(until, now) > 0 ? until : now
  return calendarOf(config, from, to)
}

function groupsOfAgents(groups: Config['groups']): Readonly<Record<string, readonly string[]>> {
  const members = Object.entries(groups).flatMap(([group, { agents }]) =>
    agents.map(agent => ({ agent, group })),
  )
  const byAgent = Map.groupBy(members, ({ agent }) => agent)
  return Object.fromEntries([...byAgent].map(([agent, of]) => [agent, of.map(({ group }) => group)]))
}

const groupsOfMailboxes = (mailboxes: Config['mailboxes']) =>
  Object.fromEntries(Object.entries(mailboxes).map(([key, { group }]) => [key, group]))

const partsOf = (parts: Reader['parts'], row: Row): readonly Part[] =>
  parts.map((part, i) => ({ key: part.key, name: part.name, value: readValue(part, row[`p${i}`]) }))

/** The others and what is not known stand last, however many they are. */
function bySize(rows: readonly Row[]): readonly Row[] {
  const place = ({ slice }: Row) => (slice === '' ? 2 : slice === others ? 1 : 0)
  return rows.toSorted(
    (a, b) =>
      place(a) - place(b) || Number(b.n) - Number(a.n) || (String(a.slice) < String(b.slice) ? -1 : 1),
  )
}

/** Every unit, also where nothing happened; levels are added up, because what was open yesterday is open today. */
function alongTime(units: readonly string[], rows: readonly Row[], { parts }: Reader): readonly Row[] {
  const found = new Map(rows.map(row => [String(row.slice), row]))
  const levels = parts.flatMap((part, i) => (part.kind === 'level' ? [`p${i}`] : []))
  const sums: Record<string, number> = {}
  return units.map(slice => {
    const row: Record<string, unknown> = { ...(found.get(slice) ?? { slice }) }
    for (const level of levels) {
      sums[level] = (sums[level] ?? 0) + Number(row[level] ?? 0)
      row[level] = sums[level]
    }
    return row
  })
}

/** A value as one number, for charts and comparisons: the count, the share from 0 to 1, the median, the mean. */
export function numberOf(value: Value): number | null {
  switch (value.kind) {
    case 'count':
      return value.count
    case 'share':
      return value.of === 0 ? null : value.part / value.of
    case 'minutes':
      return value.median
    case 'score':
      return value.mean
  }
}
