import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import type { WeekOptions } from '../../src/simulation/week/options.ts'
import type { WeekReport } from '../../src/simulation/week/report.ts'
import { weekText } from '../../src/simulation/week/report-text.ts'
import { simulateWeek } from '../../src/simulation/week/simulate.ts'
import { cloneDatabase } from '../database.ts'

const tuesday: WeekOptions = {
  ...{ start: Temporal.PlainDate.from('2026-05-12'), days: 1, calls: 12, mails: 2, agents: 3, seed: '1' },
  holidays: 'DE-HH',
}

async function simulate(options: WeekOptions): Promise<WeekReport> {
  const { url, drop } = await cloneDatabase()
  const folder = mkdtempSync(join(tmpdir(), 'gateway-week-'))
  onTestFinished(async () => {
    await drop()
    await rm(folder, { recursive: true })
  })
  return simulateWeek(options, { databaseUrl: url, folder })
}

it('lives through a day with callers, mails and agents, and tells the same of it for the same seed', async () => {
  const report = await simulate(tuesday)
  const { calls, faults, mails, agents } = report
  expect(Object.values(calls).reduce((sum, count) => sum + count, 0)).toBe(12)
  expect(calls).not.toHaveProperty('open')
  expect({ faults, tickets: mails.tickets }).toEqual({ faults: 0, tickets: 2 })
  expect(agents.map(({ name }) => name)).toEqual(['Anna Fink', 'Bernd Ohm', 'Clara Voss'])
  expect(weekText(await simulate(tuesday))).toBe(weekText(report))
}, 180_000)
