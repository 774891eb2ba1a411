import { calendarTable, withCalendar } from './calendar.ts'
import { conditionOf, isTime, sliceOf } from './columns.ts'
import type { Dimension, Filter, Value } from './figure.ts'
import type { PartSpec, Reader } from './reader.ts'

/** The one statement of a figure: its total, and its slices where it is told apart by something. */

/** The key of the slice in which all but the largest are taken together; no key of a configuration looks so. */
export const others = '*'
/** With those and with what is not known a figure has 50 slices at the most. */
const shownSlices = 48

/** A row of the answer: p0, p1, ... hold what `readValue` reads. */
export type Row = Readonly<Record<string, unknown>>

export function statementOf(
  { facts, parts, countsFrom }: Reader,
  by: Dimension | null,
  filter: Filter,
  spans: number,
): string {
  const columns = parts.map((part, i) => `${columnOf(part)} as p${i}`).join(',\n  ')
  const limited = by !== null && !isTime(by)
  const slice = by === null ? `''` : sliceOf(by)
  // Office minutes are worked out once a row, not once for everything that is asked of them: hence materialized.
  // What no statement mentions has no type for the server: every parameter is mentioned here, in a table nobody reads.
  const given = `given as (select $1::timestamptz, $2::timestamptz, $3::text, $4::jsonb, $5::jsonb, $6::jsonb, $7::timestamptz)`
  return `with ${given},
${countsFrom === undefined ? '' : `${calendarTable(spans)},`}
facts as ${countsFrom === undefined ? 'not materialized' : 'materialized'} (${withCalendar(facts, spans)}),
shown as ${limited ? 'materialized' : 'not materialized'} (
  select facts.*, ${slice} as slice from facts where ${conditionOf(filter)})
${limited ? `, largest as (select slice from shown where slice <> '' group by slice order by count(*) desc, slice limit ${shownSlices})` : ''}
select ${by === null ? '1' : 'grouping(shown_slice)'} as total, ${by === null ? `''` : 'shown_slice'} as slice, count(*) as n,
  ${columns}
from ${limited ? named : '(select shown.*, slice as shown_slice from shown) as named'}
${by === null ? '' : 'group by grouping sets ((), (shown_slice))'}`
}

const named = `(select s.*, case when s.slice = '' or l.slice is not null then s.slice else '${others}' end as shown_slice
    from shown s left join largest l on l.slice = s.slice) as named`

/** Numbers as JSON: one column a part, whatever the part consists of. */
function columnOf(part: PartSpec): string {
  const count = (where: string) => `count(*) filter (where ${where})`
  switch (part.kind) {
    case 'count':
      return count(part.where)
    case 'sum':
      return `coalesce(sum(${part.value}), 0)`
    case 'level':
      return `${count(part.plus)} - ${count(part.minus)}`
    case 'share':
      return `json_build_array(${count(`(${part.part}) and (${part.of})`)}, ${count(part.of)})`
    case 'minutes': {
      const rows = `filter (where (${part.where}) and (${part.value}) is not null)`
      return `json_build_array(percentile_cont(array[0.5, 0.9]) within group (order by (${part.value})::float8) ${rows}, count(*) ${rows})`
    }
    case 'score': {
      const votes = [1, 2, 3, 4, 5].map(vote => count(`(${part.where}) and (${part.value}) = ${vote}`))
      return `json_build_array(${votes.join(', ')})`
    }
  }
}

/** `undefined` for a slice in which there is nothing. */
export function readValue(part: PartSpec, answer: unknown): Value {
  switch (part.kind) {
    case 'count':
    case 'sum':
    case 'level':
      return { kind: 'count', count: Number(answer ?? 0) }
    case 'share': {
      const [own, of] = numbers(answer)
      return { kind: 'share', part: own ?? 0, of: of ?? 0 }
    }
    case 'minutes': {
      const [spread, of] = Array.isArray(answer) ? answer : []
      const [median, p90] = numbers(spread).map(minutes => Math.round(minutes * 100) / 100)
      return { kind: 'minutes', median: median ?? null, p90: p90 ?? null, of: Number(of ?? 0) }
    }
    case 'score': {
      const spread = [0, 0, 0, 0, 0].map((none, i) => numbers(answer)[i] ?? none)
      const votes = spread.reduce((sum, count) => sum + count, 0)
      const points = spread.reduce((sum, count, i) => sum + count * (i + 1), 0)
      return { kind: 'score', mean: votes === 0 ? null : Math.round((points / votes) * 100) / 100, spread }
    }
  }
}

function numbers(answer: unknown): readonly number[] {
  return Array.isArray(answer) ? answer.map(Number) : []
}
