/** Reports by mail on demand: to read how they would look, or to have them now. */
import type { ReportConfig } from '../../config/feedback-schema.ts'
import type { Config } from '../../config/schema.ts'
import { type ReportRole, reportRoles } from '../../desk/reports/report-data.ts'
import { lastDays } from '../../desk/reports/report-days.ts'
import { readersOf, sendReport } from '../../figures/mail/send-reports.ts'
import { writeReport } from '../../figures/mail/write-report.ts'
import { composeLetter } from '../../outbox/letter.ts'
import { templatesOf } from '../../templates.ts'
import { type Answer, CommandFailed } from '../answer.ts'
import { languageIn } from '../language-argument.ts'
import type { Place } from '../with-database.ts'
import { withDesk } from '../with-desk.ts'

export interface ReportMailOptions {
  readonly language?: string
  readonly part?: string
  readonly again?: boolean
}

const parts = ['subject', 'text', 'html'] as const

/** With the numbers of the last whole week or month; about all departments where no report of the role is configured. */
export async function previewReport(place: Place, role: string, options: ReportMailOptions): Promise<Answer> {
  const part = parts.find(one => one === options.part)
  if (options.part !== undefined && part === undefined)
    throw new CommandFailed(`"${options.part}" is no part of a letter; use subject, text or html.`)
  return withDesk(place, async ({ config, takeInDeps: { database, offices, now } }) => {
    const report = configured(config, roleIn(role))[0] ?? usual(config, roleIn(role))
    const [reader] = readersOf(report, config)
    const language = languageIn(options.language, reader?.language ?? 'en')
    const days = lastDays(report.every, today(config, now()))
    const data = {
      ...(await writeReport(database, { config, now }, report, days, language)),
      name: reader?.name ?? '',
    }
    const [mailbox = ''] = Object.keys(config.mailboxes)
    const kind = `report-${report.role}`
    const letter = composeLetter(
      {
        ...{
          kind,
          template: kind,
          language,
          data,
          mailbox,
          recipient: reader?.address ?? 'nobody@example.com',
        },
        ...{ messageId: '<preview@report>', inReplyTo: null, references: [] },
        createdAt: new Date(now().epochMilliseconds),
      },
      config,
      await templatesOf(config),
      offices,
    )
    const { subject, text, html } = letter
    const whole = `Subject: ${subject}\n\n${text}`
    return { text: part === undefined ? whole : letter[part], data: { role, subject, text, html } }
  })
}

/** Throws CommandFailed where no report of the role is configured. */
export async function sendReports(place: Place, role: string, { again }: ReportMailOptions): Promise<Answer> {
  return withDesk(place, async ({ config, takeInDeps: { database, offices, now, nudge } }) => {
    const reports = configured(config, roleIn(role))
    if (reports.length === 0)
      throw new CommandFailed(
        `No report of the role "${role}" is configured; see "reports" in docs/configuration.md.`,
      )
    let sent = 0
    for (const report of reports) {
      const days = lastDays(report.every, today(config, now()))
      sent += await sendReport(
        { database, config, offices, now, nudge },
        report,
        days,
        again ? 'again' : 'once',
      )
    }
    const text =
      sent === 0
        ? 'Nobody gets one: all readers have it already, or there is nothing to report yet. With --again they get it once more.'
        : `${sent} ${sent === 1 ? 'letter is' : 'letters are'} in the outbox; the gateway sends them.`
    return { text, data: { role, sent } }
  })
}

function roleIn(word: string): ReportRole {
  const role = reportRoles.find(one => one === word)
  if (role) return role
  throw new CommandFailed(`There is no role "${word}"; use ${reportRoles.join(', ')}.`)
}

const configured = ({ reports }: Config, role: ReportRole): readonly ReportConfig[] =>
  reports.filter(report => report.role === role)

function usual({ agents }: Config, role: ReportRole): ReportConfig {
  const [first = ''] = Object.keys(agents)
  return { role, every: 'week', to: [first] }
}

function today({ offices }: Config, now: Temporal.Instant): Temporal.PlainDate {
  return now.toZonedDateTimeISO(Object.values(offices)[0]?.timeZone ?? 'UTC').toPlainDate()
}
