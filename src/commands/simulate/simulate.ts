import { inThrowAwayPlace } from '../../simulation/throw-away-place.ts'
import type { WeekOptions } from '../../simulation/week/options.ts'
import type { WeekReport } from '../../simulation/week/report.ts'
import { managerLine, weekText } from '../../simulation/week/report-text.ts'
import { simulateWeek } from '../../simulation/week/simulate.ts'
import type { Answer } from '../answer.ts'
import type { SimulateOptions } from './command.ts'

/** Needs no configuration, reaches nobody, and leaves nothing behind. */
export async function simulate(asked: SimulateOptions): Promise<Answer> {
  const { start, days, calls, agents, holidays, seed, ringSeconds, minutes, compare } = asked
  const mails = asked.mails ?? Math.round(calls / 2)
  const week: WeekOptions = {
    start: Temporal.PlainDate.from(start),
    ...{ days, calls, mails, agents, holidays, seed, ringSeconds, minutes },
  }
  const reports: WeekReport[] = []
  for (const count of compare ?? [agents])
    reports.push(await inThrowAwayPlace(place => simulateWeek({ ...week, agents: count }, place)))
  const lines = compare ? [reports.map(managerLine).join('\n')] : []
  return { text: [...reports.map(weekText), ...lines].join('\n\n\n'), data: { reports } }
}
