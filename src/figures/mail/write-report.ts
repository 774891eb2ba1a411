import type { ReportConfig } from '../../config/feedback-schema.ts'
import { publicAddress } from '../../desk/page-address.ts'
import type { ReportData, ReportSection } from '../../desk/reports/report-data.ts'
import { daysWithThoseBefore, type ReportDays } from '../../desk/reports/report-days.ts'
import type { Language } from '../../desk/ticket.ts'
import type { Database } from '../../store/database.ts'
import { periodBefore } from '../comparison.ts'
import type { Dimension, FigureKey, FigureResult, Filter, Period } from '../figure.ts'
import { byteOrderMark, figureCsv } from '../figure-csv.ts'
import { type FigureDeps, readFigure } from '../report.ts'
import { readTrainingNeeds } from '../training.ts'
import { apartSection, numberLine, trainingSection, wholeSection } from './figure-sections.ts'
import { lateTickets } from './late-tickets.ts'
import { roleContents, trendUnits } from './role-contents.ts'

/** Counts and words one report in one language; who gets it is said by the name that is put in later. */
export async function writeReport(
  database: Database,
  deps: FigureDeps,
  report: ReportConfig,
  days: ReportDays,
  language: Language,
): Promise<Omit<ReportData, 'name'>> {
  const { config } = deps
  const { role, every, groups } = report
  const contents = roleContents[role]
  const timeZone = Object.values(config.offices)[0]?.timeZone ?? 'UTC'
  const period: Period = { ...days, timeZone }
  const trend: Period = { ...daysWithThoseBefore(every, days, trendUnits), timeZone }
  const filter: Filter = groups ? { groups } : {}
  const counted: FigureResult[] = []
  const read = async (key: FigureKey, over: Period, by: Dimension | null): Promise<FigureResult> => {
    const result = await readFigure(database, deps, key, { period: over, filter, by })
    counted.push(result)
    return result
  }
  const numbers = []
  for (const key of contents.numbers) {
    const before = await readFigure(database, deps, key, { period: periodBefore(period), filter })
    numbers.push(numberLine(await read(key, period, null), before, language))
  }
  const sections: (ReportSection | undefined)[] = contents.tickets
    ? [...(await lateTickets(database, config, { period, filter, language }))]
    : []
  for (const key of contents.trends) sections.push(apartSection(await read(key, trend, every), language))
  for (const [key, by] of contents.apart) sections.push(apartSection(await read(key, period, by), language))
  for (const key of contents.whole) {
    const whole =
      counted.find(({ figure, by }) => figure === key && by === null) ?? (await read(key, period, null))
    sections.push(wholeSection(whole, language))
  }
  if (contents.training)
    sections.push(trainingSection(await readTrainingNeeds(database, deps, { period, filter }), language))
  return {
    key: reportKey(report, days),
    period: daysWords(days, language),
    every,
    about: (groups ?? []).map(group => config.groups[group]?.name ?? group),
    numbers,
    sections: sections.filter(section => section !== undefined),
    link: linkOf(publicAddress(config), days, groups),
    file: {
      filename: `${role}-${days.from}-${days.to}.csv`,
      contentType: 'text/csv; charset=utf-8',
      text: byteOrderMark + figureCsv(counted, language),
    },
  }
}

/** The same for the same report of the same days, whichever process writes it. */
export function reportKey({ role, every, groups }: ReportConfig, { from }: ReportDays): string {
  return [role, every, from, ...(groups ?? []).toSorted()].join(' ')
}

function daysWords({ from, to }: ReportDays, language: Language): string {
  const locale = language === 'de' ? 'de-DE' : 'en-GB'
  const options =
    language === 'de'
      ? ({ day: '2-digit', month: '2-digit', year: 'numeric' } as const)
      : ({ day: 'numeric', month: 'long', year: 'numeric' } as const)
  const [first, last] = [from, to].map(day => day.toLocaleString(locale, options))
  return language === 'de' ? `${first} bis ${last}` : `${first} to ${last}`
}

/** Pages filter by one department; of several they show all. */
function linkOf(
  address: string | undefined,
  { from, to }: ReportDays,
  groups: readonly string[] = [],
): string {
  if (address === undefined) return ''
  const [only] = groups
  const query = {
    from: from.toString(),
    to: to.toString(),
    ...(only !== undefined && groups.length === 1 ? { group: only } : {}),
  }
  return `${address}/desk/reports?${new URLSearchParams(query).toString()}`
}
