import { randomUUID } from 'node:crypto'
import type { CallEvent } from '../../desk/phone/call-event.ts'
import { readCaller } from '../../desk/phone/numbers.ts'
import type { Tx } from '../../store/database.ts'
import { dateOf } from '../mail-rows.ts'
import type { CallDeps } from './call-deps.ts'
import { addCallEntry } from './call-entry.ts'
import { type LineOfCall, lineOfCall } from './line-of-call.ts'

/**
 * A telephone system tells us that somebody of ours rings a customer. Where that customer is owed a call it is an
 * attempt to keep the promise, by hand but with a witness; else it becomes a line in the history of the number's open
 * ticket. Calls to numbers that no ticket knows are nobody's business here.
 */
export async function openOutgoingCall(
  { config }: CallDeps,
  tx: Tx,
  event: Extract<CallEvent, { readonly kind: 'arrived' | 'ended' }>,
  line: LineOfCall | undefined,
  now: Temporal.Instant,
): Promise<{ readonly callId: string; readonly line: LineOfCall } | undefined> {
  const { number } = readCaller(event.to, line?.country ?? 'DE')
  if (number === null) return undefined
  const [owed] = await tx.callback.findMany({
    where: { number, owedFor: { not: null } },
    include: { tries: { where: { activeFor: { not: null } } } },
    orderBy: { createdAt: 'asc' },
    take: 1,
  })
  const known = await tx.ticketPhone.findFirst({
    where: { number, ticket: { state: { not: 'resolved' }, mergedIntoId: null } },
    orderBy: { since: 'desc' },
    select: { ticketId: true, ticket: { select: { language: true } } },
  })
  const ticketId = owed?.ticketId ?? known?.ticketId
  const used = line ?? (owed ? lineOfCall(config, owed.line) : firstLineOf(config, event.provider))
  if (ticketId === undefined || !used) return undefined
  const id = randomUUID()
  // An attempt of ours that is under way is the call that we hear of: two rows would be two attempts.
  const attempt = owed && owed.tries.length === 0 ? owed : undefined
  const agent = event.kind === 'arrived' ? event.user : null
  if (attempt)
    await tx.callbackAttempt.create({
      data: {
        ...{ id, callId: id },
        callbackId: attempt.id,
        activeFor: attempt.id,
        agent: agent ?? '',
        mode: 'by-hand',
        state: 'dialling',
        providerId: event.providerId,
        requestedAt: dateOf(event.at),
      },
    })
  await tx.call.create({
    data: {
      ...{ id, ticketId, number },
      provider: event.provider,
      providerId: event.providerId,
      direction: 'out',
      line: used.ref,
      language: owed?.language ?? known?.ticket.language ?? used.language,
      rawFrom: event.from.slice(0, 200),
      rawTo: event.to.slice(0, 200),
      state: 'open',
      step: 'observed',
      memory: attempt ? { attemptId: id, callbackId: attempt.id } : {},
      arrivedAt: dateOf(event.at),
    },
  })
  await addCallEntry(tx, {
    ticketId,
    kind: 'call-out',
    at: now,
    author: agent ?? '',
    detail: { callId: id, number },
  })
  return { callId: id, line: used }
}

function firstLineOf(config: CallDeps['config'], provider: string): LineOfCall | undefined {
  const [key] = Object.entries(config.phone?.lines ?? {}).find(([, line]) => line.provider === provider) ?? []
  return key === undefined ? undefined : lineOfCall(config, key)
}
