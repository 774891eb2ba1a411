import { mergeKnown, readKnown } from '../../desk/checklist.ts'
import type { CallEffect } from '../../desk/phone/call-decision.ts'
import type { Prisma } from '../../store/generated/client.ts'
import { dateOf } from '../mail-rows.ts'
import { callbackTarget, promisesOfJoined } from '../promises/promises-of-call.ts'
import type { EffectContext } from './call-effects.ts'
import { addCallEntry } from './call-entry.ts'
import { endCallback, oweCallback } from './callback-book.ts'
import { lineFactsOf } from './line-of-call.ts'

/** Which ticket a call belongs to, once its caller has said so. */

/**
 * The call is about an older ticket: what was opened for it is merged into that one. Its promise goes over as well, so
 * that one customer is never owed two calls on one matter; the older promise, which is due earlier, stays as it is.
 */
export async function joinTicket(
  context: EffectContext,
  { ticketId: target, by }: Extract<CallEffect, { readonly kind: 'join-ticket' }>,
): Promise<void> {
  const { deps, tx, call, line, now, at, after } = context
  const own = after.ticketId
  if (own === target) return
  const older = await tx.ticket.findUniqueOrThrow({ where: { id: target } })
  const { known } = await tx.ticket.findUniqueOrThrow({ where: { id: own }, select: { known: true } })
  await endCallback(tx, { ticketId: own, how: 'joined', at })
  await tx.ticket.update({
    where: { id: own },
    data: { state: 'resolved', closedAt: dateOf(now), mergedIntoId: target, changedAt: dateOf(now) },
  })
  await tx.call.update({ where: { id: call.id }, data: { ticketId: target } })
  await tx.recording.updateMany({ where: { callId: call.id }, data: { ticketId: target } })
  const reopens = older.state !== 'open'
  const { count: owed } = await tx.callback.updateMany({
    where: { owedFor: target },
    data: { language: call.language },
  })
  await tx.ticket.update({
    where: { id: target },
    data: {
      changedAt: dateOf(now),
      // What is said and written from here on follows the language of this conversation.
      language: call.language,
      known: mergeKnown(readKnown(older.known), readKnown(known)) as unknown as Prisma.InputJsonObject,
      ...(reopens ? { state: 'open', closedAt: null, waitingUntil: null } : {}),
    },
  })
  after.ticketId = target
  await addCallEntry(tx, { ticketId: own, kind: 'merged', at, detail: { into: older.number, by } })
  await addCallEntry(tx, { ticketId: target, kind: 'call', at, detail: { callId: call.id, joined: by } })
  if (reopens)
    await addCallEntry(tx, {
      ticketId: target,
      kind: 'reopened',
      at,
      detail: { from: older.state, callId: call.id },
    })
  await promisesOfJoined(tx, deps, { own, target, state: older.state, at })
  if (owed > 0 || call.number === null) return
  await oweCallback(tx, {
    ...{ ticketId: target, now },
    line: line.ref,
    number: call.number,
    language: call.language,
    office: lineFactsOf(deps, line).office,
    ...(await callbackTarget(tx, deps, target)),
    startedAt: call.arrivedAt,
    wakeAt: now.add({ hours: 3 }),
    source: 'caller',
  })
}

/** Another matter of the same number: both tickets know of each other, and neither swallows the other. */
export async function separateTicket({ tx, call, at, after }: EffectContext): Promise<void> {
  if (call.number === null) return
  const others = await tx.ticketPhone.findMany({
    where: { number: call.number, ticketId: { not: after.ticketId }, ticket: { state: { not: 'resolved' } } },
    include: { ticket: { select: { number: true } } },
    orderBy: { since: 'desc' },
    take: 5,
  })
  if (others.length === 0) return
  const { number } = await tx.ticket.findUniqueOrThrow({
    where: { id: after.ticketId },
    select: { number: true },
  })
  const links = [
    { ticketId: after.ticketId, tickets: others.map(({ ticket }) => ticket.number) },
    ...others.map(({ ticketId }) => ({ ticketId, tickets: [number] })),
  ]
  for (const { ticketId, tickets } of links)
    await addCallEntry(tx, { ticketId, kind: 'same-number', at, detail: { tickets } })
}
