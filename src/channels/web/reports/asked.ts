import type { Config } from '../../../config/schema.ts'
import { isDimension } from '../../../figures/definitions.ts'
import type { Dimension, Filter, Period } from '../../../figures/figure.ts'
import type { Told } from './words.ts'

/** What a page of figures is asked for: a period, what to look at, and what to tell apart. It stands in the address. */

export interface Asked {
  readonly period: Period
  readonly filter: Filter
  /** Undefined: along time, in units that suit the period. */
  readonly by: Dimension | undefined
  /** What was asked for and is not shown so. */
  readonly told: readonly Told[]
}

/** The filter's fields in an address; a value of `unknown` there means what nobody noted. */
export const filterFields = ['channel', 'group', 'area', 'product', 'agent-group', 'customer'] as const
export type FilterField = (typeof filterFields)[number]
/** No key of a configuration begins with a hyphen. */
export const unknownValue = '-'

const daysShown = 7
/** Calendars of more would be counted for longer than anybody waits. */
const mostYears = 10

type Query = Readonly<Record<string, unknown>>

/** Reads whatever an address says; what makes no sense is left out, and told. */
export function readAsked(query: Query, config: Pick<Config, 'offices'>, now: Temporal.Instant): Asked {
  const timeZone = Object.values(config.offices)[0]?.timeZone ?? 'UTC'
  const today = now.toZonedDateTimeISO(timeZone).toPlainDate()
  const [from, to] = [dayIn(query.from), dayIn(query.to)]
  const told: Told[] = from === null || to === null ? ['noDay'] : []
  const last = to && Temporal.PlainDate.compare(to, today) < 0 ? to : today
  const first = from ?? last.subtract({ days: daysShown - 1 })
  const usual = { from: last.subtract({ days: daysShown - 1 }), to: last, timeZone }
  const common = { filter: filterIn(query), by: byIn(query.by) }
  if (Temporal.PlainDate.compare(first, last) > 0)
    return { ...common, period: usual, told: [...told, 'order'] }
  if (first.until(last, { largestUnit: 'years' }).years >= mostYears)
    return { ...common, period: usual, told: [...told, 'long'] }
  return { ...common, period: { from: first, to: last, timeZone }, told }
}

/** Undefined where nothing was said, null for what is no day. */
function dayIn(value: unknown): Temporal.PlainDate | null | undefined {
  if (value === undefined || value === '') return undefined
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value)) return null
  try {
    return Temporal.PlainDate.from(value, { overflow: 'reject' })
  } catch {
    return null
  }
}

function byIn(value: unknown): Dimension | undefined {
  return isDimension(value) ? value : undefined
}

/** Keys that the configuration no longer has stay meaningful: their tickets are in the books. */
function filterIn(query: Query): Filter {
  const of = (field: FilterField) => {
    const value = query[field]
    if (typeof value !== 'string' || value === '' || value.length > 100 || value.includes('\0'))
      return undefined
    return value === unknownValue ? '' : value
  }
  const [channel, group, area, product, agentGroup, customer] = filterFields.map(of)
  return {
    ...(channel === undefined ? {} : { channel }),
    ...(group === undefined ? {} : { groups: [group] }),
    ...(area === undefined ? {} : { area }),
    ...(product === undefined ? {} : { product }),
    ...(agentGroup === undefined ? {} : { agentGroup }),
    ...(customer === undefined ? {} : { customer }),
  }
}

/** What the filter holds of a field; undefined for all. */
export function filteredBy({ filter }: Pick<Asked, 'filter'>, field: FilterField): string | undefined {
  if (field === 'group') return filter.groups?.[0]
  return filter[field === 'agent-group' ? 'agentGroup' : field]
}

const longestInDays = 31
const longestInWeeks = 183

/** Days for a month, weeks for half a year, months beyond. */
export function unitFor({ from, to }: Period): 'day' | 'week' | 'month' {
  const { days } = from.until(to, { largestUnit: 'days' })
  if (days <= longestInDays) return 'day'
  return days <= longestInWeeks ? 'week' : 'month'
}

/** Fields of the address to which an undefined value gives none. */
export type Changes = Readonly<Partial<Record<FilterField | 'from' | 'to' | 'by', string | undefined>>>

/** "?from=...&to=...", for the same question with some of it changed. */
export function addressOf(asked: Asked, changes: Changes = {}): string {
  const shown = (value: string | undefined) => (value === '' ? unknownValue : value)
  const fields: Changes = {
    ...{ from: asked.period.from.toString(), to: asked.period.to.toString() },
    ...Object.fromEntries(filterFields.map(field => [field, shown(filteredBy(asked, field))])),
    by: asked.by,
    ...changes,
  }
  const given = Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  )
  return `?${new URLSearchParams(given).toString()}`
}
