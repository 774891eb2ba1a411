import type { CallNowToken } from '../../../desk/phone/call-now-token.ts'
import { displayNumber } from '../../../desk/phone/numbers.ts'
import type { Language } from '../../../desk/ticket.ts'
import { showTicketNumber } from '../../../desk/ticket-number.ts'
import type { CallDeps } from '../../../intake/calls/call-deps.ts'
import { lineOfCall } from '../../../intake/calls/line-of-call.ts'
import { canDial } from '../../../intake/calls/may-ring.ts'
import type { Prisma } from '../../../store/generated/client.ts'

/** All that the page behind a "call now" link shows. Read without any lock and without any trace. */
export interface CallNowView {
  readonly language: Language
  readonly now: Temporal.Instant
  /** Of whoever reads it. */
  readonly timeZone: string
  readonly ticketNumber: string
  readonly customer: string
  /** E.164, and as people read it. */
  readonly number: string
  readonly shownNumber: string
  readonly dueAt: Temporal.Instant
  readonly tries: readonly Try[]
  readonly stands: Standing
}

export interface Try {
  readonly at: Temporal.Instant
  readonly by: string
  /** An AttemptOutcome, or null where it is not known. */
  readonly outcome: string | null
}

export type Standing =
  /** Somebody has to ring; `refused` says why we do not. */
  | { readonly kind: 'owed' | 'unreached'; readonly canRing: boolean; readonly refused: string | null }
  | { readonly kind: 'running'; readonly mine: boolean; readonly by: string; readonly customerRings: boolean }
  | { readonly kind: 'done'; readonly at: Temporal.Instant; readonly by: string | null }
  | { readonly kind: 'withdrawn'; readonly at: Temporal.Instant }

const withAll = {
  ticket: true,
  guarantee: true,
  tries: { orderBy: { requestedAt: 'asc' } },
} satisfies Prisma.CallbackInclude

type CallbackRow = Prisma.CallbackGetPayload<{ include: typeof withAll }>
type AttemptRow = CallbackRow['tries'][number]

/** Undefined where there is no such callback (any more). */
export async function callNowView(
  deps: CallDeps,
  { agent, callbackId }: CallNowToken,
): Promise<CallNowView | undefined> {
  const row = await deps.database.callback.findUnique({ where: { id: callbackId }, include: withAll })
  if (!row) return undefined
  const { config } = deps
  const reader = config.agents[agent]
  return {
    language: reader?.language ?? 'de',
    now: deps.now(),
    timeZone: reader?.timeZone ?? config.offices[row.ticket.office]?.timeZone ?? 'UTC',
    ticketNumber: showTicketNumber(row.ticket.number, config.tickets.format),
    customer: row.ticket.customerName,
    number: row.number,
    shownNumber: displayNumber(row.number, reader?.language ?? 'de'),
    dueAt: instantOf(row.guarantee.dueAt),
    tries: row.tries.filter(one => one.state === 'ended').map(one => tryOf(one, deps)),
    stands: await standing(deps, row, agent),
  }
}

async function standing(deps: CallDeps, row: CallbackRow, agent: string): Promise<Standing> {
  const running = row.tries.find(({ activeFor }) => activeFor !== null)
  if (running)
    return {
      kind: 'running',
      mine: running.agent === agent,
      by: nameOf(deps, running.agent),
      customerRings: running.rangAt !== null,
    }
  const endedAt = instantOf(row.endedAt ?? row.createdAt)
  if (row.state === 'withdrawn') return { kind: 'withdrawn', at: endedAt }
  if (row.state === 'done') {
    const reached = row.tries.findLast(({ outcome }) => outcome === 'answered')
    return { kind: 'done', at: endedAt, by: reached ? nameOf(deps, reached.agent) : null }
  }
  return {
    kind: row.state === 'unreached' ? 'unreached' : 'owed',
    canRing: await canRing(deps, row.line, agent),
    refused: await refusal(deps, row),
  }
}

/** The provider of the line rings for us and does so lately, and the agent has a telephone. */
async function canRing(deps: CallDeps, ref: string, agent: string): Promise<boolean> {
  const { config, database, now } = deps
  const line = lineOfCall(config, ref)
  if (!line || config.agents[agent]?.phone === undefined) return false
  return canDial(deps, database, line, now())
}

/** Why this number was not dialled when it was tried last; null where it was not, or allowed since. A budget passes by itself. */
async function refusal(
  { database }: CallDeps,
  { id, number, allowedBy }: CallbackRow,
): Promise<string | null> {
  const last = await database.refusedDial.findFirst({
    where: { callbackId: id, number, reason: { notIn: ['per-number', 'per-hour'] } },
    orderBy: { at: 'desc' },
  })
  return last && !isAllowedSince(last.at, allowedBy) ? last.reason : null
}

function isAllowedSince(refusedAt: Date, allowedBy: Prisma.JsonValue): boolean {
  if (allowedBy === null || typeof allowedBy !== 'object' || Array.isArray(allowedBy)) return false
  return typeof allowedBy.at === 'string' && Date.parse(allowedBy.at) >= refusedAt.getTime()
}

function tryOf({ requestedAt, agent, outcome }: AttemptRow, deps: CallDeps): Try {
  return { at: instantOf(requestedAt), by: nameOf(deps, agent), outcome }
}

const nameOf = ({ config }: CallDeps, agent: string): string => config.agents[agent]?.name ?? agent

const instantOf = (at: Date): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(at.getTime())
