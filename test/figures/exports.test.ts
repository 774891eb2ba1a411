import { readFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FigureResult } from '../../src/figures/figure.ts'
import { figureCsv } from '../../src/figures/figure-csv.ts'
import { figureJson, figureResultSchema } from '../../src/figures/figure-schema.ts'
import { valueWords } from '../../src/figures/figure-words.ts'
import { figureSamples } from '../../src/figures/gauges.ts'
import { figuresManual } from '../../src/figures/manual.ts'
import { readAll } from '../../src/figures/report.ts'
import { openWorld, period, ticket, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld('2026-11-27T16:00:00Z')
  await world.put('ticket', ticket('2026-11-24T09:00:00Z', { area: 'printers' }))
})
afterAll(() => world.close())

const week = period('2026-11-23', '2026-11-29')

/** A result as a hostile or careless name would make it. */
function named(name: string): FigureResult {
  return {
    ...{ figure: 'throughput', period: week, filter: {}, total: [], by: 'customer' },
    slices: [
      {
        ...{ key: '*', name: { de: name, en: name } },
        parts: [
          { key: 'opened', name: { de: 'Neu', en: 'New' }, value: { kind: 'count', count: -3 } },
          { key: 'share', name: { de: 'Teil', en: 'Part' }, value: { kind: 'share', part: 1, of: 3 } },
        ],
      },
    ],
  }
}

describe('CSV', () => {
  it('is read back as it was written, whatever is in a name', () => {
    for (const name of ['Müller, "Söhne" & Co.\nHamburg', 'plain', ' spaced ', 'a\r\nb', '日本']) {
      const rows: Record<string, string>[] = parse(figureCsv([named(name)], 'de'), { columns: true })
      expect(rows.map(row => row.slice_name)).toEqual([name, name])
      expect(rows[0]).toMatchObject({ part: 'opened', kind: 'count', count: '-3', from: '2026-11-23' })
      expect(rows[1]).toMatchObject({ count: '1', of: '3', share: '0.3333' })
    }
  })

  it('lets no name become a formula of a spreadsheet', () => {
    const formulas = [
      '=1+1',
      '+1',
      '-1',
      '@SUM(A1)',
      '\t=1',
      '\r=1',
      '  =1',
      '=HYPERLINK("http://x","y")',
      '\u0000=1',
    ]
    for (const formula of formulas) {
      const rows: Record<string, string>[] = parse(figureCsv([named(formula)], 'en'), { columns: true })
      expect(rows[0]?.slice_name).toBe(`'${formula}`)
    }
  })

  it('has a line for every part, in lines of equal length that end in CRLF', async () => {
    const results = await readAll(world.database, world.deps, { period: week, by: 'day' })
    const csv = figureCsv(results, 'de')
    const parts = results.flatMap(({ total, slices }) => [total, ...slices.map(slice => slice.parts)]).flat()
    expect(csv.endsWith('\r\n')).toBe(true)
    expect(parse(csv, { columns: true })).toHaveLength(parts.length)
  })
})

describe('JSON', () => {
  it('keeps to its schema for every figure', async () => {
    const results = await readAll(world.database, world.deps, { period: week, by: 'week' })
    expect(results).toHaveLength(13)
    for (const result of results) {
      const json: unknown = JSON.parse(JSON.stringify(figureJson(result)))
      expect(figureResultSchema.parse(json)).toEqual(json)
    }
  })
})

describe('words', () => {
  it('say what was counted, in both languages, and nothing where nothing was', () => {
    expect(valueWords({ kind: 'share', part: 3, of: 4 }, 'de')).toBe('3 von 4 (75\u00a0%)')
    expect(valueWords({ kind: 'share', part: 3, of: 4 }, 'en')).toBe('3 of 4 (75%)')
    expect(valueWords({ kind: 'share', part: 0, of: 0 }, 'en')).toBe('–')
    expect(valueWords({ kind: 'minutes', median: 80, p90: 1860, of: 1200 }, 'de')).toBe(
      '1 h 20 min, 9 von 10 in 31 h (1.200 gezählt)',
    )
    expect(valueWords({ kind: 'minutes', median: null, p90: null, of: 0 }, 'de')).toBe('–')
    expect(valueWords({ kind: 'score', mean: 4.25, spread: [0, 0, 1, 1, 2] }, 'de')).toBe(
      '4,25 (1: 0, 2: 0, 3: 1, 4: 1, 5: 2)',
    )
  })
})

describe('gauges', () => {
  it('are read once a minute however often they are asked for', async () => {
    let now = Temporal.Instant.from('2026-11-24T12:00:00Z')
    const samples = figureSamples(world.database, { ...world.deps, now: () => now })
    const [first, second] = await Promise.all([samples(), samples()])
    expect(second).toBe(first)
    const opened = { figure: 'throughput', part: 'opened', stat: 'count', value: 1 } as const
    expect(first).toContainEqual({ ...opened, window: 'today' })
    expect(first).toContainEqual({ ...opened, window: '7d' })
    expect(first.some(({ figure, stat }) => figure === 'first-response' && stat === 'median')).toBe(false)
    now = now.add({ seconds: 59 })
    expect(await samples()).toBe(first)
    now = now.add({ seconds: 1 })
    expect(await samples()).not.toBe(first)
  })
})

describe('docs/figures.md', () => {
  it('is what the definitions say', async () => {
    const written = await readFile(new URL('../../docs/figures.md', import.meta.url), 'utf8')
    expect(written, 'run `node scripts/write-figure-docs.ts`').toBe(figuresManual())
  })
})
