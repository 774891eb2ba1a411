import type { AckToken } from '../../../desk/promise/ack-token.ts'
import { showTicketNumber } from '../../../desk/ticket-number.ts'
import { isOfLevel, levelConfigOf } from '../../../intake/promises/level-people.ts'
import type { PromiseDeps } from '../../../intake/promises/promise-deps.ts'
import type { Database } from '../../../store/database.ts'
import type { Prisma } from '../../../store/generated/client.ts'
import type { AckView } from './page.ts'

/** Read without any lock and without any trace. Undefined where there is no such escalation (any more). */
export async function ackView(
  deps: Pick<PromiseDeps, 'database' | 'config' | 'offices' | 'now'>,
  { agent, escalationId }: AckToken,
): Promise<AckView | undefined> {
  const { config, database } = deps
  const row = await database.escalation.findUnique({ where: { id: escalationId }, include: { ticket: true } })
  if (!row) return undefined
  const { ticket, level, acknowledgeBy } = row
  const reader = config.agents[agent]
  const language = reader?.language ?? 'de'
  return {
    language,
    now: deps.now(),
    timeZone: reader?.timeZone ?? config.offices[ticket.office]?.timeZone ?? 'UTC',
    ticketNumber: showTicketNumber(ticket.number, config.tickets.format),
    customer: ticket.customerName,
    ...{ subject: ticket.subject, reason: row.reason, severity: ticket.severity, level },
    levelName: levelConfigOf(config, level)?.name[language] ?? '',
    acknowledgeBy: acknowledgeBy && Temporal.Instant.fromEpochMilliseconds(acknowledgeBy.getTime()),
    stands: await standing(deps, database, row, agent),
  }
}

type Row = Prisma.EscalationGetPayload<{ include: { ticket: true } }>

async function standing(
  deps: Pick<PromiseDeps, 'config' | 'offices' | 'now'>,
  database: Database,
  { state, level, acknowledgedBy, ticketId, ticket }: Row,
  agent: string,
): Promise<AckView['stands']> {
  if (state === 'waiting') {
    const isOurs = await isOfLevel(database, deps, level, agent, ticket.office, deps.now())
    return { kind: isOurs ? 'waiting' : 'not-yours' }
  }
  if (state === 'acknowledged' && acknowledgedBy === agent) return { kind: 'mine' }
  if (state === 'acknowledged')
    return { kind: 'taken', by: deps.config.agents[acknowledgedBy ?? '']?.name ?? acknowledgedBy ?? '' }
  if (state !== 'passed-on') return { kind: 'withdrawn' }
  const last = await database.escalation.findFirst({ where: { ticketId }, orderBy: { level: 'desc' } })
  return { kind: 'passed-on', level: last?.level ?? level }
}
