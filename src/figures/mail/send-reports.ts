import type { ReportConfig } from '../../config/feedback-schema.ts'
import type { Config } from '../../config/schema.ts'
import type { Notice } from '../../desk/notice.ts'
import type { Office } from '../../desk/office-hours.ts'
import type { ReportData } from '../../desk/reports/report-data.ts'
import { dueAfter, lastDays, nextDue, type ReportDays } from '../../desk/reports/report-days.ts'
import type { Language } from '../../desk/ticket.ts'
import { enqueue, type LetterRow, letterRow } from '../../outbox/enqueue.ts'
import { type Database, inTransaction } from '../../store/database.ts'
import type { FigureDeps } from '../report.ts'
import { reportKey, writeReport } from './write-report.ts'

/**
 * Puts reports into the outbox when they are due: each once for its days and reader, however often this is asked, by however
 * many processes. The letter itself is the note that it was written.
 */

export interface ReportDeps extends FigureDeps {
  readonly database: Database
  readonly offices: ReadonlyMap<string, Office>
  readonly nudge: () => void
}

export interface Reader {
  readonly name: string
  readonly address: string
  readonly language: Language
}

/** A gateway that was away sends what is due when it comes back, as long as no later report has become due. */
export async function wakeReports(
  deps: ReportDeps,
): Promise<{ readonly sent: number; readonly nextAt: Temporal.Instant | null }> {
  const { config, offices, now } = deps
  const [office] = offices.values()
  if (!office || config.reports.length === 0) return { sent: 0, nextAt: null }
  const today = now().toZonedDateTimeISO(office.timeZone).toPlainDate()
  const due: Temporal.Instant[] = []
  let sent = 0
  for (const report of config.reports) {
    const days = lastDays(report.every, today)
    const dueAt = dueAfter(days, office)
    if (Temporal.Instant.compare(dueAt, now()) > 0) due.push(dueAt)
    else {
      sent += await sendReport(deps, report, days)
      due.push(nextDue(report.every, today, office))
    }
  }
  if (sent > 0) deps.nudge()
  return { sent, nextAt: due.toSorted(Temporal.Instant.compare)[0] ?? null }
}

/** Gives how many letters were written; those who have this report already get none, unless told `again`. */
export async function sendReport(
  deps: ReportDeps,
  report: ReportConfig,
  days: ReportDays,
  again: 'again' | 'once' = 'once',
): Promise<number> {
  const { database, config, now } = deps
  const readers = readersOf(report, config)
  const envelope = envelopeOf(report, config)
  if (!envelope || (await hadNothing(deps, days))) return 0
  const key = reportKey(report, days)
  const isNew = async (reader: Reader) => again === 'again' || !(await hasIt(database, report, key, reader))
  const waiting: Reader[] = []
  for (const reader of readers) if (await isNew(reader)) waiting.push(reader)
  if (waiting.length === 0) return 0
  const written = new Map<Language, Omit<ReportData, 'name'>>()
  for (const language of new Set(waiting.map(reader => reader.language)))
    written.set(language, await writeReport(database, deps, report, days, language))
  return inTransaction(database, async tx => {
    // Another process may have counted at the same time.
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`report ${key}`}, 0))`
    const letters: LetterRow[] = []
    for (const reader of waiting) {
      const data = written.get(reader.language)
      if (!data || (again === 'once' && (await hasIt(tx, report, key, reader)))) continue
      letters.push(letterRow(noticeOf(report, { ...data, name: reader.name }, reader), envelope, now()))
    }
    await enqueue(tx, letters)
    return letters.length
  })
}

function noticeOf({ role }: ReportConfig, data: ReportData, { language, address }: Reader): Notice {
  return { kind: `report-${role}`, language, recipient: address, data }
}

async function hasIt(
  database: Pick<Database, 'letter'>,
  { role }: ReportConfig,
  key: string,
  { address }: Reader,
): Promise<boolean> {
  const found = await database.letter.findFirst({
    where: { kind: `report-${role}`, recipient: address.toLowerCase(), data: { path: ['key'], equals: key } },
    select: { id: true },
  })
  return found !== null
}

/** Of days before anything came in there is nothing to report: a new gateway does not begin with a page of zeros. */
async function hadNothing({ database, config }: ReportDeps, { to }: ReportDays): Promise<boolean> {
  const timeZone = Object.values(config.offices)[0]?.timeZone ?? 'UTC'
  const until = new Date(to.add({ days: 1 }).toZonedDateTime({ timeZone }).epochMilliseconds)
  const first = await database.ticket.findFirst({ where: { openedAt: { lt: until } }, select: { id: true } })
  return first === null
}

/** Each once, whichever groups somebody belongs to. */
export function readersOf(
  { to }: ReportConfig,
  { groups, agents }: Pick<Config, 'groups' | 'agents'>,
): readonly Reader[] {
  const keys = new Set(to.flatMap(key => groups[key]?.agents ?? [key]))
  return [...keys].flatMap(key => {
    const { name, addresses: [address] = [], language } = agents[key] ?? {}
    return name === undefined || address === undefined || language === undefined
      ? []
      : [{ name, address, language }]
  })
}

/** From the mailbox of the departments it is about, else from the first. */
function envelopeOf({ groups = [] }: ReportConfig, { mailboxes }: Pick<Config, 'mailboxes'>) {
  const all = Object.entries(mailboxes)
  const [mailbox, own] = all.find(([, { group }]) => groups.includes(group)) ?? all[0] ?? []
  if (mailbox === undefined || !own) return undefined
  const domain = own.address.slice(own.address.lastIndexOf('@') + 1)
  return { ticketId: null, mailbox, domain, thread: { inReplyTo: null, references: [] } }
}
