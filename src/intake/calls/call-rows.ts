import type {
  CallLeg,
  CallMemory,
  CallOutcome,
  CallStep,
  LegOutcome,
  PhoneCall,
} from '../../desk/phone/call.ts'
import type { Language } from '../../desk/ticket.ts'
import type { Tx } from '../../store/database.ts'
import type { Call as CallRow, CallLeg as LegRow } from '../../store/generated/client.ts'

/** Calls as the rules see them, out of rows. */

export const instantOf = (date: Date): Temporal.Instant =>
  Temporal.Instant.fromEpochMilliseconds(date.getTime())

const maybeInstant = (date: Date | null): Temporal.Instant | null => date && instantOf(date)

export type CallWithLegs = CallRow & { readonly legs: readonly LegRow[] }

export function callOf(row: CallWithLegs): PhoneCall {
  const { id, provider, providerId, line, ticketId, number, callerName, turn } = row
  return {
    ...{ id, provider, providerId, line, ticketId, number, callerName, turn },
    direction: row.direction === 'out' ? 'out' : 'in',
    language: row.language as Language,
    state: row.state === 'ended' ? 'ended' : 'open',
    step: row.step as CallStep,
    memory: row.memory as CallMemory,
    outcome: row.outcome as CallOutcome | null,
    legs: row.legs.map(legOf),
    arrivedAt: instantOf(row.arrivedAt),
    answeredAt: maybeInstant(row.answeredAt),
    endedAt: maybeInstant(row.endedAt),
  }
}

function legOf({ id, party, agent, number, state, outcome, acceptedAt }: LegRow): CallLeg {
  return {
    ...{ id, agent, number },
    party: party === 'customer' ? 'customer' : 'agent',
    state: state as CallLeg['state'],
    outcome: outcome as LegOutcome | null,
    acceptedAt: maybeInstant(acceptedAt),
  }
}

/** How an event names its call: by our own id where the address it was sent to holds it, else by the provider's. */
export interface CallName {
  readonly provider: string
  readonly providerId: string
  readonly callId?: string | undefined
}

const isId = (id: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)

/**
 * The call, locked until the transaction ends: its events are acted on one after the other. Only its own provider may
 * speak of it: whoever holds the token of another one must not end it, whatever call the address names.
 */
export async function lockCall(
  tx: Tx,
  { provider, providerId, callId }: CallName,
): Promise<CallWithLegs | undefined> {
  if (callId !== undefined && !isId(callId)) return undefined
  const found = callId
    ? await tx.$queryRaw<{ id: string }[]>`
        select id from call where id = ${callId}::uuid and provider = ${provider} for update`
    : await tx.$queryRaw<{ id: string }[]>`
        select id from call where provider = ${provider} and provider_id = ${providerId} for update`
  const [row] = found
  if (!row) return undefined
  return tx.call.findUniqueOrThrow({
    where: { id: row.id },
    include: { legs: { orderBy: { rangAt: 'asc' } } },
  })
}
