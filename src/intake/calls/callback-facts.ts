import type { CallbackFacts, CallbackStage, OwedCallback } from '../../desk/phone/callback.ts'
import type { Language } from '../../desk/ticket.ts'
import type { Tx } from '../../store/database.ts'
import type { CallbackAttempt } from '../../store/generated/client.ts'
import type { CallDeps } from './call-deps.ts'
import { instantOf } from './call-rows.ts'
import type { OwedRow } from './callback-book.ts'
import { queueSecondsOf } from './dial-circuit.ts'
import { readDuty } from './duty.ts'
import { type LineOfCall, lineGoingOn } from './line-of-call.ts'
import { canDial, isOnLine } from './may-ring.ts'

/** A callback and its surroundings as the rules see them, read while its row is locked. */

export interface ReadCallback {
  readonly callback: OwedCallback
  readonly facts: CallbackFacts
  readonly line: LineOfCall
}

const maybe = (date: Date | null): Temporal.Instant | null => date && instantOf(date)

/** Throws where the configuration has no line any more, or not its office. */
export async function readCallbackFacts(
  deps: CallDeps,
  tx: Tx,
  row: OwedRow,
  level: number,
  now: Temporal.Instant,
): Promise<ReadCallback> {
  const line = await lineGoingOn(tx, deps.config, row.line, row.ticketId)
  const office = line && deps.offices.get(line.office)
  if (!line || !office) throw new Error('the configuration has no line, or not its office, any more')
  const { config } = deps
  const language = row.language as Language
  const { group, assignee } = await responsibleOf(tx, config, row.ticketId, line)
  const duty = await readDuty(tx, { group, office: line.office, language, now, config })
  const dials = await canDial(deps, tx, line, now)
  const free = dials ? duty.toRing.slice(await callersWaiting(tx, group)) : []
  const ready = new Set(free.map(({ key }) => key))
  const facts: CallbackFacts = {
    now,
    office,
    onDuty: preferring(assignee, duty.toAssign),
    attempt: attemptOf(await tx.callbackAttempt.findUnique({ where: { activeFor: row.id } })),
    customerOnLine: await isOnLine(tx, row),
    canRing: agent => ready.has(agent),
    queueSeconds: await queueSecondsOf(tx, line.provider, now),
    unknownNumber: await leadsNowhere(tx, row),
    brokenBefore: await brokenSince(tx, row),
    isEscalating: (await tx.escalation.count({ where: { waitsFor: row.ticketId } })) > 0,
  }
  return { callback: owedCallbackOf(row, level), facts, line }
}

/**
 * A ticket that was passed on takes its callback along: the new group rings. Where the configuration lost that group
 * the line's goes on. Whom the routing gave the ticket comes first; without routing everybody takes turns.
 */
async function responsibleOf(tx: Tx, { groups, routing }: CallDeps['config'], id: string, line: LineOfCall) {
  const ticket = await tx.ticket.findUniqueOrThrow({ where: { id }, select: { group: true, assignee: true } })
  return {
    group: groups[ticket.group] ? ticket.group : line.group,
    assignee: routing.length > 0 ? ticket.assignee : null,
  }
}

function preferring(assignee: string | null, onDuty: readonly string[]): readonly string[] {
  return assignee !== null && onDuty.includes(assignee)
    ? [assignee, ...onDuty.filter(key => key !== assignee)]
    : onDuty
}

/** Whoever is on the line already comes first: for each such caller an agent is left free. */
function callersWaiting(tx: Tx, group: string): Promise<number> {
  return tx.call.count({ where: { state: 'open', direction: 'in', step: 'hunt', ticket: { group } } })
}

/** `level`: of the ticket. */
function owedCallbackOf(row: OwedRow, level: number): OwedCallback {
  const { id, agent, attempts, guarantee } = row
  return {
    ...{ id, agent, attempts, level },
    state: row.state as OwedCallback['state'],
    stage: row.stage as CallbackStage,
    firstAttemptAt: maybe(row.firstAttemptAt),
    firstContactAt: maybe(row.firstContactAt),
    retryAt: maybe(row.retryAt),
    promise: {
      state: guarantee.state as OwedCallback['promise']['state'],
      startedAt: instantOf(guarantee.startedAt),
      dueAt: instantOf(guarantee.dueAt),
    },
  }
}

/** A callback that began after an earlier one of its ticket starts anew. */
function brokenSince(tx: Tx, { ticketId, createdAt }: OwedRow): Promise<number> {
  return tx.guarantee.count({
    where: { ticketId, kind: 'callback', state: 'broken', endedAt: { gte: createdAt } },
  })
}

/** An agent who dials by hand is not asked after: the telephone system tells, or the agent does. */
function attemptOf(attempt: CallbackAttempt | null): CallbackFacts['attempt'] {
  if (!attempt) return null
  const state = attempt.state as 'requested' | 'dialling' | 'unknown'
  return { state, requestedAt: instantOf(attempt.requestedAt) }
}

/** Said by the network of the last attempt, and of the number that is rung now. */
async function leadsNowhere(tx: Tx, { id, number }: OwedRow): Promise<boolean> {
  const last = await tx.callbackAttempt.findFirst({
    where: { callbackId: id, state: 'ended', outcome: { notIn: ['cancelled', 'not-placed', 'not-taken'] } },
    orderBy: { requestedAt: 'desc' },
    select: { detail: true },
  })
  const detail = last?.detail as { unknownNumber?: boolean; number?: string } | undefined
  return detail?.unknownNumber === true && detail.number === number
}
