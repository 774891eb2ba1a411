import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ReportOptions } from '../../../src/commands/report/show-report.ts'
import { showReport } from '../../../src/commands/report/show-report.ts'
import { entry, openWorld, ticket, type World, worldConfig } from '../../figures/world.ts'

/** `gateway report`, as somebody reads it who asks for figures. */

let world: World
beforeAll(async () => {
  world = await openWorld('2026-11-27T16:00:00Z')
  const own = ticket('2026-11-24T09:00:00Z', { area: 'printers' })
  await world.put('ticket', own, ticket('2026-11-25T09:00:00Z', { group: 'field' }))
  await world.put('entry', entry(own, 'agent-answer', '2026-11-24T10:20:00Z'))
})
afterAll(() => world.close())

const show = (options: ReportOptions) =>
  showReport(
    {
      ...{
        config: worldConfig,
        databaseUrl: world.url,
        data: '.',
        ticketFormat: '[#{number}]',
        timeZone: 'UTC',
      },
    },
    { from: '2026-11-23', to: '2026-11-29', ...options },
  )

describe('gateway report', () => {
  it('tells every figure of the period, in English and German', async () => {
    const english = await show({})
    expect(english.text).toContain('2026-11-23 to 2026-11-29 (Europe/Berlin)')
    expect(english.text).toMatch(/^Throughput\n {2}Opened +2\n/m)
    expect(english.text).toMatch(
      /Until the first response +1 h 20 min, 9 of 10 within 1 h 20 min \(1 counted\)/,
    )
    expect(english.text).toMatch(/\n\nSigns of a need for training\n {2}none$/)
    expect(english.data).toHaveLength(13)
    const german = await show({ language: 'de' })
    expect(german.text).toMatch(/Beantwortet +1 von 2 \(50\u00a0%\)/)
  })

  it('tells one figure apart, for some departments only', async () => {
    const { text } = await show({ figure: 'throughput', by: 'group', group: 'field,uk' })
    expect(text).toMatch(/\n {2}Department:\n {4}Field service\n {6}Opened +1\n/)
    expect(text).not.toContain('Support')
    expect(text).not.toContain('training')
  })

  it('names the areas that point to a need for training, and why', async () => {
    const closed = [0, 1, 2, 3, 4].map(() =>
      ticket('2026-11-02T09:00:00Z', { area: 'network', closedAt: '2026-11-03T09:00:00Z' }),
    )
    await world.put('ticket', ...closed)
    await world.put('entry', ...closed.slice(0, 2).map(own => entry(own, 'reopened', '2026-11-02T10:00:00Z')))
    const { text } = await show({ from: '2026-11-01', to: '2026-11-08', figure: 'causes', language: 'de' })
    expect(text).toContain(
      'Hinweise auf Schulungsbedarf\n  Netz: 2 von 5 abgeschlossenen Vorgängen waren wiedereröffnet',
    )
  })

  it('writes CSV and JSON', async () => {
    const rows: Record<string, string>[] = parse(
      (await show({ figure: 'throughput', by: 'area', format: 'csv' })).text,
      {
        columns: true,
      },
    )
    expect(rows.map(({ slice_name, part, count }) => [slice_name, part, count])).toContainEqual([
      'Printers',
      'opened',
      '1',
    ])
    const json: unknown = JSON.parse((await show({ figure: 'throughput', format: 'json' })).text)
    expect(json).toMatchObject([{ figure: 'throughput', period: { from: '2026-11-23' } }])
  })

  it('says what there is instead of what was meant', async () => {
    const faults: [ReportOptions, string][] = [
      [{ from: '23.11.2026' }, 'is no day'],
      [{ from: '2026-02-30' }, 'is no day'],
      [{ from: '2026-12-01' }, 'ends before it begins'],
      [{ from: '2020-01-01', by: 'day' }, 'choose a wider unit'],
      [{ figure: 'luck' }, 'There is no figure "luck"; use throughput'],
      [{ by: 'weather' }, 'Nothing is told apart by "weather"; use channel'],
      [{ figure: 'throughput', by: 'vendor' }, 'it is by channel'],
      [{ group: 'support,sales' }, 'There is no group "sales"; use support'],
      [{ format: 'xlsx' }, 'is no format'],
    ]
    for (const [options, words] of faults) await expect(show(options)).rejects.toThrow(words)
  })
})
