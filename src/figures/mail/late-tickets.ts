import type { Config } from '../../config/schema.ts'
import { oneLine, shortened } from '../../desk/plain-text.ts'
import type { ReportSection } from '../../desk/reports/report-data.ts'
import type { Language } from '../../desk/ticket.ts'
import { showTicketNumber } from '../../desk/ticket-number.ts'
import type { Database } from '../../store/database.ts'
import type { Filter, Period } from '../figure.ts'

/** What a team has to look after, ticket by ticket: promises that were broken, and what has been open the longest. */

const mostRows = 25
const longestSubject = 60

const words = {
  de: {
    broken: 'Gebrochene Zusagen',
    open: 'Am längsten offen',
    ticket: 'Ticket',
    promise: 'Zusage',
    due: 'Fällig',
    since: 'Offen seit',
    level: 'Stufe',
    assignee: 'Zuständig',
    nobody: 'niemand',
    kinds: {
      'first-response': 'Erste Antwort',
      callback: 'Rückruf',
      'status-update': 'Zwischenstand',
      resolution: 'Lösung',
      'manager-contact': 'Gespräch mit der Leitung',
    },
  },
  en: {
    broken: 'Broken promises',
    open: 'Open the longest',
    ticket: 'Ticket',
    promise: 'Promise',
    due: 'Due',
    since: 'Open since',
    level: 'Level',
    assignee: 'Responsible',
    nobody: 'nobody',
    kinds: {
      'first-response': 'First response',
      callback: 'Callback',
      'status-update': 'Status update',
      resolution: 'Resolution',
      'manager-contact': "Manager's contact",
    },
  },
} as const

interface TicketRow {
  readonly number: string
  readonly subject: string
  readonly customerName: string
  readonly assignee: string | null
  readonly level: number
  readonly at: Date
  readonly kind: string
  readonly count: bigint
}

const columns = `t.number, t.subject, t.customer_name as "customerName", t.assignee, t.level`
const ofGroups = `t.merged_into_id is null and ($1::text[] is null or t."group" = any($1))`

const broken = `
  select ${columns}, g.due_at as at, g.kind, count(*) over () as count
  from guarantee g join ticket t on t.id = g.ticket_id
  where ${ofGroups} and g.state = 'broken' and g.due_at >= $2 and g.due_at < $3
  order by g.due_at, t.number limit ${mostRows}`

const open = `
  select ${columns}, t.opened_at as at, '' as kind, count(*) over () as count
  from ticket t where ${ofGroups} and t.closed_at is null and t.opened_at < $3 and $2 < $3
  order by t.opened_at, t.number limit ${mostRows}`

/** Agents are named by whom the ticket waits for, and not counted. */
export async function lateTickets(
  database: Database,
  config: Pick<Config, 'agents' | 'tickets'>,
  {
    period,
    filter,
    language,
  }: { readonly period: Period; readonly filter: Filter; readonly language: Language },
): Promise<readonly ReportSection[]> {
  const { from, to, timeZone } = period
  const ask = (question: string) =>
    database.$queryRawUnsafe<TicketRow[]>(
      question,
      filter.groups ?? null,
      new Date(from.toZonedDateTime({ timeZone }).epochMilliseconds),
      new Date(to.add({ days: 1 }).toZonedDateTime({ timeZone }).epochMilliseconds),
    )
  const say = words[language]
  const ticket = ({ number, subject, customerName }: TicketRow) =>
    [
      showTicketNumber(number, config.tickets.format),
      shortened(oneLine(subject), longestSubject),
      ...(customerName === '' ? [] : [`(${shortened(oneLine(customerName), longestSubject)})`]),
    ].join(' ')
  const who = ({ assignee }: TicketRow) =>
    assignee === null ? say.nobody : (config.agents[assignee]?.name ?? assignee)
  const at = (row: TicketRow) => dayWords(row.at, timeZone, language)
  const sectionOf = (
    title: string,
    heads: readonly string[],
    rows: readonly TicketRow[],
    cells: (row: TicketRow) => readonly string[],
  ): ReportSection => ({
    ...{ title, columns: heads, rows: rows.map(row => ({ cells: cells(row), bar: null })) },
    more: Number(rows[0]?.count ?? 0) - rows.length,
  })
  return [
    sectionOf(say.broken, [say.ticket, say.promise, say.due, say.assignee], await ask(broken), row => [
      ...[ticket(row), kindWords(row.kind, say.kinds), at(row), who(row)],
    ]),
    sectionOf(say.open, [say.ticket, say.since, say.level, say.assignee], await ask(open), row => [
      ...[ticket(row), at(row), String(row.level), who(row)],
    ]),
  ]
}

function kindWords(kind: string, kinds: Readonly<Record<string, string>>): string {
  return kinds[kind] ?? kind
}

function dayWords(at: Date, timeZone: string, language: Language): string {
  const options = { day: '2-digit', month: '2-digit', hour: '2-digit', minute: '2-digit', timeZone } as const
  return at.toLocaleString(language === 'de' ? 'de-DE' : 'en-GB', options)
}
