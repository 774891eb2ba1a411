/** `gateway report` on the command line. */
import type { Command } from 'commander'
import { type Answering, type Common, examples } from '../registration.ts'
import { addReportMails } from './mail-command.ts'
import type { ReportOptions } from './show-report.ts'

export function addReport(program: Command, answering: Answering): void {
  const report = program
    .command('report')
    .description('figures over a period: times, promises, quality, and whether the books are right')
    .option('--from <day>', 'first day, such as 2026-11-23; without it the seventh to last')
    .option('--to <day>', 'last day; without it today')
    .option('--figure <key>', 'only this figure, such as first-response; docs/figures.md lists them')
    .option(
      '--by <dimension>',
      'told apart by channel, group, area, product, customer, agent-group, vendor, day, week or month',
    )
    .option('--group <keys>', 'only about tickets of these departments, with commas between them')
    .option('--format <format>', 'table, csv or json', 'table')
    .option('--language <language>', 'de or en', 'en')
    .addHelpText(
      'after',
      examples(
        'gateway report',
        'gateway report --figure callback-punctuality --by week --from 2026-09-01',
        'gateway report --from 2026-11-01 --to 2026-11-30 --format csv > november.csv',
      ),
    )
  addReportMails(report, answering)
  answering(report, async (options: Common & ReportOptions) => {
    const { findPlace } = await import('../with-database.ts')
    const { showReport } = await import('./show-report.ts')
    return showReport(await findPlace(options.config), options)
  })
}
