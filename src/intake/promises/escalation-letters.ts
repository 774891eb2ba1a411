import type { DerivationStep } from '../../desk/office-hours.ts'
import type { StandIn } from '../../desk/on-duty.ts'
import { ackLinkHours } from '../../desk/promise/ack-token.ts'
import type { EscalationCause } from '../../desk/promise/escalation.ts'
import type { EarlierLevel, EscalationData } from '../../desk/promise/escalation-notice.ts'
import type { PromiseKind } from '../../desk/promise/matter.ts'
import type { Language } from '../../desk/ticket.ts'
import { type LetterRow, letterRow } from '../../outbox/enqueue.ts'
import type { Tx } from '../../store/database.ts'
import type { Escalation } from '../../store/generated/client.ts'
import { agentEnvelope } from '../agent-notices.ts'
import { toldTicket } from '../calls/told-ticket.ts'
import { levelConfigOf } from './level-people.ts'
import { measuresOf } from './measures.ts'
import type { PromiseDeps } from './promise-deps.ts'

/** The letters about an escalation: one to each of its people, with the whole history of the matter. */

/** Characters of the first mail; the whole of it stays in the ticket. */
const problemLength = 20_000

export interface EscalationLetter {
  readonly escalation: Escalation
  readonly people: readonly StandIn[]
  readonly about: EscalationData['about']
  readonly acknowledgeBy: Temporal.Instant
  readonly now: Temporal.Instant
}

/** For the caller to put into the outbox. People without an address in the configuration are left out. */
export async function escalationLetters(
  tx: Tx,
  { config }: Pick<PromiseDeps, 'config'>,
  { escalation, people, about, acknowledgeBy, now }: EscalationLetter,
): Promise<readonly LetterRow[]> {
  const { ticket, row } = await toldTicket(tx, escalation.ticketId)
  const history = await readHistory(tx, escalation)
  const envelope = agentEnvelope(ticket, config)
  return people.flatMap(({ agent: key, standsInFor }) => {
    const agent = config.agents[key]
    const [recipient] = agent?.addresses ?? []
    if (!agent || !recipient) return []
    const { language } = agent
    const levelName = (level: number): string => levelConfigOf(config, level)?.name[language] ?? ''
    const data: EscalationData = {
      ...{ about, agent: key, standsInFor, escalationId: escalation.id, ticketNumber: ticket.number },
      ...{ subject: ticket.subject, office: ticket.office, customerName: ticket.customerName },
      ...{
        customerAddress: ticket.customerAddress,
        customerPhone: row.customerPhone,
        company: history.company,
      },
      speaks: ticket.language,
      ...{ severity: row.severity, impact: row.impact, openedAt: row.openedAt.toISOString() },
      ...{ fromLevel: escalation.fromLevel, level: escalation.level, levelName: levelName(escalation.level) },
      ...{ cause: escalation.cause as EscalationCause, reason: escalation.reason },
      ...{ by: history.by, before: escalation.fromAgent, escalatedAt: escalation.openedAt.toISOString() },
      acknowledgeBy: acknowledgeBy.toString(),
      nextLevelName: levelName(escalation.level + 1) || null,
      ...{ problem: history.problem, measures: history.measures, promises: history.promises },
      earlier: history.earlier.map(({ level, ...line }) => ({ ...line, level, name: levelName(level) })),
      linkUntil: now.add({ hours: ackLinkHours }).toString(),
    }
    return [letterRow({ kind: 'escalation', language: language as Language, recipient, data }, envelope, now)]
  })
}

interface History extends Pick<EscalationData, 'problem' | 'measures' | 'promises' | 'by' | 'company'> {
  readonly earlier: readonly Omit<EarlierLevel, 'name'>[]
}

async function readHistory(tx: Tx, { id, ticketId }: Escalation): Promise<History> {
  const first = await tx.entry.findFirst({
    where: {
      ...{ ticketId, text: { not: '' } },
      // What we wrote ourselves in the same moment is not what was reported.
      NOT: [{ kind: { startsWith: 'command-' } }, { kind: { startsWith: 'agent-' } }, { kind: 'escalated' }],
    },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
    select: { text: true },
  })
  const ticket = await tx.ticket.findUniqueOrThrow({
    where: { id: ticketId },
    select: { company: { select: { name: true } } },
  })
  const guarantees = await tx.guarantee.findMany({ where: { ticketId }, orderBy: { startedAt: 'asc' } })
  const measures = await measuresOf(tx, ticketId)
  const before = await tx.escalation.findMany({
    where: { ticketId, id: { not: id } },
    orderBy: { openedAt: 'asc' },
  })
  const lines = await tx.entry.findMany({
    where: { ticketId, kind: { in: ['escalated', 'escalation-told'] } },
    orderBy: { at: 'asc' },
  })
  const about = (escalationId: string, kind: string) =>
    lines.filter(line => line.kind === kind && detailOf(line.detail).escalationId === escalationId)
  const [own] = about(id, 'escalated')
  return {
    problem: (first?.text ?? '').slice(0, problemLength).toWellFormed(),
    company: ticket.company?.name ?? '',
    by: own?.author || null,
    measures: measures.map(({ at, ...measure }) => ({ ...measure, at: at.toString() })),
    promises: guarantees.map(({ kind, state, startedAt, dueAt, endedAt, derivation }) => ({
      kind: kind as PromiseKind,
      state: state as EscalationData['promises'][number]['state'],
      startedAt: startedAt.toISOString(),
      dueAt: dueAt.toISOString(),
      endedAt: endedAt?.toISOString() ?? null,
      derivation: derivation as unknown as readonly DerivationStep[],
    })),
    earlier: before.map(({ id: earlierId, level, openedAt, endedAt, cause, reason, acknowledgedBy }) => ({
      ...{ level, reason, acknowledgedBy },
      cause: cause as EscalationCause,
      openedAt: openedAt.toISOString(),
      endedAt: endedAt?.toISOString() ?? null,
      told: [
        ...new Set(about(earlierId, 'escalation-told').flatMap(line => detailOf(line.detail).people ?? [])),
      ],
    })),
  }
}

function detailOf(detail: unknown): { readonly escalationId?: string; readonly people?: readonly string[] } {
  return typeof detail === 'object' && detail !== null ? detail : {}
}
