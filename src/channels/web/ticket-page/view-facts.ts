import type { Severity } from '../../../desk/command-arguments.ts'
import { entitlementWords } from '../../../desk/customers/words.ts'
import { officeMinutesBetween } from '../../../desk/office-hours.ts'
import { derivationSentence } from '../../../desk/promise/derivation-words.ts'
import type { Impact } from '../../../desk/promise/matter.ts'
import type { TicketPageToken } from '../../../desk/promise/ticket-page-token.ts'
import { showTicketNumber } from '../../../desk/ticket-number.ts'
import { titledName } from '../../../desk/titled-name.ts'
import { booksOfTicket, dayOf } from '../../../intake/customers/entitlement-of-ticket.ts'
import { mayClose } from '../../../intake/promises/closing.ts'
import { stepsOf } from '../../../intake/promises/guarantee-row.ts'
import { levelConfigOf } from '../../../intake/promises/level-people.ts'
import { measuresOf } from '../../../intake/promises/measures.ts'
import { officeNamed, type PromiseDeps } from '../../../intake/promises/promise-deps.ts'
import type { Escalation, Guarantee, Ticket } from '../../../store/generated/client.ts'
import type { ShownEscalation, ShownPromise, TicketPageView } from './page.ts'

type FactDeps = Pick<PromiseDeps, 'database' | 'config' | 'offices' | 'now'>

/** The latest of many. */
const mostMeasures = 50

/** Read without any lock and without any trace. Undefined where there is no such ticket (any more). */
export async function ticketPageFacts(
  deps: FactDeps,
  { agent, number }: TicketPageToken,
): Promise<TicketPageView | undefined> {
  const { config, database } = deps
  const row = await database.ticket.findUnique({ where: { number } })
  if (!row) return undefined
  const [promises, escalation, measures, closing, into] = await Promise.all([
    database.guarantee.findMany({ where: { ticketId: row.id, state: 'open' }, orderBy: { dueAt: 'asc' } }),
    database.escalation.findFirst({ where: { ticketId: row.id }, orderBy: { openedAt: 'desc' } }),
    measuresOf(database, row.id),
    mayClose(database, deps, row.id),
    row.mergedIntoId && database.ticket.findUnique({ where: { id: row.mergedIntoId } }),
  ])
  const reader = config.agents[agent]
  const language = reader?.language ?? 'de'
  return {
    ...{ language, now: deps.now() },
    timeZone: reader?.timeZone ?? config.offices[row.office]?.timeZone ?? 'UTC',
    ticketNumber: showTicketNumber(row.number, config.tickets.format),
    subject: row.subject,
    customer: row.customerName || row.customerAddress || (row.customerPhone ?? ''),
    entitlement: await entitlementOf(deps, row, language),
    severity: row.severity as Severity | null,
    customerSeverity: row.customerSeverity as Severity | null,
    impact: row.impact as Impact | null,
    level: row.level,
    levelName: levelConfigOf(config, row.level)?.name[language] ?? '',
    group: config.groups[row.group]?.name ?? row.group,
    assignee: responsibleOf(deps, row.assignee),
    escalation: escalation && shownEscalation(deps, escalation),
    promises: promises.map(promise => shownPromise(deps, row, promise, language)),
    measures: measures
      .slice(-mostMeasures)
      .map(measure => ({ ...measure, author: nameOf(deps, measure.author) })),
    missing: closing.allowed ? [] : closing.missing,
    openCases: closing.allowed ? [] : (closing.cases ?? []),
    isClosed: row.state !== 'open' && row.state !== 'waiting',
    mergedInto: into ? showTicketNumber(into.number, config.tickets.format) : '',
  }
}

async function entitlementOf(
  { database, config, now }: FactDeps,
  ticket: Ticket,
  language: TicketPageView['language'],
): Promise<string> {
  const books = await booksOfTicket(database, ticket.id, dayOf(now(), ticket, config))
  return books ? entitlementWords(books.entitlement, language, config.contracts) : ''
}

function shownEscalation(
  deps: FactDeps,
  { state, level, acknowledgeBy, acknowledgedBy }: Escalation,
): ShownEscalation | null {
  if (state === 'waiting') return { stands: 'waiting', level, by: acknowledgeBy && instantOf(acknowledgeBy) }
  return state === 'acknowledged' ? { stands: 'taken', level, name: nameOf(deps, acknowledgedBy) } : null
}

function shownPromise(
  { offices, now }: FactDeps,
  ticket: Ticket,
  { kind, startedAt, dueAt, derivation, pausedAt }: Guarantee,
  language: TicketPageView['language'],
): ShownPromise {
  const office = officeNamed({ offices }, ticket.office)
  const counted = {
    startedAt: instantOf(startedAt),
    dueAt: instantOf(dueAt),
    derivation: stepsOf(derivation),
  }
  const isOver = Temporal.Instant.compare(counted.dueAt, now()) <= 0
  return {
    kind,
    dueAt: counted.dueAt,
    leftMinutes: isOver ? 0 : Math.max(1, Math.ceil(officeMinutesBetween(now(), counted.dueAt, office))),
    isPaused: pausedAt !== null,
    derivation: derivationSentence(counted, office, language),
  }
}

const responsibleOf = ({ config }: FactDeps, agent: string | null): string => {
  const found = config.agents[agent ?? '']
  return found ? titledName(found) : (agent ?? '')
}

const nameOf = ({ config }: FactDeps, agent: string | null): string =>
  agent === null ? '' : (config.agents[agent]?.name ?? agent)

const instantOf = (at: Date): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(at.getTime())
