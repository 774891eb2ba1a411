import fc from 'fast-check'
import type { Dimension } from '../../src/figures/figure.ts'
import { period, worldConfig } from './world.ts'

/** What counting one by one needs, without a database: times, percentiles, and which slice a ticket belongs to. */

export const when = period('2026-10-19', '2026-11-08')
export const now = '2026-11-30T12:00:00Z'
export const until = Date.parse('2026-11-08T23:00:00Z')
const since = Date.parse('2026-10-18T22:00:00Z')

/** Three weeks around the end of summer time and a holiday of Hamburg, with some time before and after. */
export const instant = fc
  .integer({
    min: Date.parse('2026-10-15T00:00:00Z') / 60_000,
    max: Date.parse('2026-11-12T00:00:00Z') / 60_000,
  })
  .map(minute => minute * 60_000)

export const delay = fc.option(fc.integer({ min: 0, max: 12_000 }), { nil: null })

/** What figures are told apart by. */
export const drawnTicket = {
  openedAt: instant,
  group: fc.constantFrom('support', 'field', 'uk'),
  channel: fc.constantFrom('mail', 'phone', 'form'),
  area: fc.constantFrom('printers', 'network', null),
  assignee: fc.constantFrom('anna', 'bernd', 'carla', 'dora', null),
}

export interface Placed {
  readonly group: string
  readonly channel: string
  readonly area: string | null
  readonly assignee: string | null
}

export const keysOf: readonly (readonly [Dimension, (one: Placed) => string])[] = [
  ['channel', ({ channel }) => channel],
  ['group', ({ group }) => group],
  ['area', ({ area }) => area ?? ''],
  [
    'agent-group',
    ({ assignee, group }) => {
      const groups = Object.entries(worldConfig.groups)
      const of = groups.filter(([, { agents }]) => agents.includes(assignee ?? ''))
      return of.find(([key]) => key === group)?.[0] ?? of[0]?.[0] ?? ''
    },
  ],
]

export const iso = (at: number) => new Date(at).toISOString()
export const isoOf = (at: number | null) => (at === null ? null : iso(at))
export const later = (at: number, minutes: number | null) => (minutes === null ? null : at + minutes * 60_000)
export const inside = (at: number | null): at is number => at !== null && at >= since && at < until

export const count = <T>(items: readonly T[], fits: (item: T) => unknown) => items.filter(fits).length

/** As `valuesOf` writes a share. */
export const share = <T>(items: readonly T[], part: (item: T) => unknown) =>
  `${count(items, part)} of ${items.length}`

/** Interpolated between the two nearest. */
function percentile(values: readonly number[], part: number): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  const place = (sorted.length - 1) * part
  const [low, high] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]]
  if (low === undefined || high === undefined) return null
  return Math.round((low + (high - low) * (place - Math.floor(place))) * 100) / 100
}

export function minutes(found: readonly (number | null)[]): string {
  const values = found.filter(value => value !== null)
  return `${percentile(values, 0.5)}/${percentile(values, 0.9)} of ${values.length}`
}

export function score(found: readonly (number | null)[]): string {
  const votes = found.filter(vote => vote !== null)
  const mean = votes.length === 0 ? null : votes.reduce((sum, vote) => sum + vote, 0) / votes.length
  const spread = [1, 2, 3, 4, 5].map(vote => count(votes, given => given === vote))
  return `${mean === null ? null : Math.round(mean * 100) / 100}: ${spread.join(',')}`
}
