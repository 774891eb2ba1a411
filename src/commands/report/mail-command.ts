/** `gateway report preview` and `gateway report send` on the command line. */
import type { Command } from 'commander'
import { type Answering, type Common, examples } from '../registration.ts'
import type { ReportMailOptions } from './report-mails.ts'

export function addReportMails(report: Command, answering: Answering): void {
  const preview = report
    .command('preview <role>')
    .description('the report by mail of a role as it would read now: team, division or executive')
    .option('--part <part>', 'only the subject, text or html')
    .addHelpText(
      'after',
      examples('gateway report preview executive', 'gateway report preview team --part html'),
    )
  answering(preview, async (role: string, options: Common & ReportMailOptions) => {
    const { findPlace } = await import('../with-database.ts')
    const { previewReport } = await import('./report-mails.ts')
    return previewReport(await findPlace(options.config), role, options)
  })
  const send = report
    .command('send <role>')
    .description('puts the reports of a role about the last whole week or month into the outbox')
    .option('--again', 'also to those who have them already')
    .addHelpText('after', examples('gateway report send team', 'gateway report send division --again'))
  answering(send, async (role: string, options: Common & ReportMailOptions) => {
    const { findPlace } = await import('../with-database.ts')
    const { sendReports } = await import('./report-mails.ts')
    return sendReports(await findPlace(options.config), role, options)
  })
}
