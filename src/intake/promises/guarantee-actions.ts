import type { Office } from '../../desk/office-hours.ts'
import type { GuaranteeAction } from '../../desk/promise/guarantee.ts'
import type { PromiseKind } from '../../desk/promise/matter.ts'
import { enqueue } from '../../outbox/enqueue.ts'
import type { Tx } from '../../store/database.ts'
import type { Guarantee, Ticket } from '../../store/generated/client.ts'
import { addCallEntry } from '../calls/call-entry.ts'
import { tell } from '../calls/call-letters.ts'
import { instantOf } from '../calls/call-rows.ts'
import { laterAnswerOf } from '../calls/customer-news.ts'
import { reopen } from '../feedback/reopen.ts'
import { dateOf } from '../mail-rows.ts'
import { guaranteeRow } from './guarantee-row.ts'
import { judgeLevel } from './judge-level.ts'
import { resumePromises } from './pause.ts'
import { endPromises, makePromises } from './promise-book.ts'
import type { PromiseDeps } from './promise-deps.ts'
import { promiseTaskLetters } from './promise-letters.ts'
import { sendUpdate } from './status-update.ts'
import { remindersOf } from './targets.ts'

/** Carries out what was decided about a promise, in the transaction that decided it. */

export interface GuaranteeContext {
  readonly deps: PromiseDeps
  readonly tx: Tx
  readonly row: Guarantee
  readonly ticket: Ticket
  readonly office: Office
  /** What the policy promises for the matter now. */
  readonly target: { readonly minutes: number; readonly row: string } | undefined
  readonly now: Temporal.Instant
}

const topLevel = 4

/** In their order: what is told tells of the promise that was just made. */
export async function applyGuarantee(
  context: GuaranteeContext,
  actions: readonly GuaranteeAction[],
): Promise<void> {
  let next: Guarantee | null = null
  for (const action of actions) {
    if (action.kind === 'break') next = await breakPromise(context, action)
    else await apply(context, action, next)
  }
}

async function apply(
  { deps, tx, row, ticket, office, now }: GuaranteeContext,
  action: Exclude<GuaranteeAction, { readonly kind: 'break' }>,
  next: Guarantee | null,
): Promise<void> {
  const { ticketId } = row
  switch (action.kind) {
    case 'remind': {
      const { agents, stage: about } = action
      const task = { guarantee: row, next, agents, about, office, now }
      return enqueue(tx, await promiseTaskLetters(tx, deps, task))
    }
    case 'judge-level': {
      const because = { kind: action.because, promise: row.kind as PromiseKind }
      const otherwise = action.because === 'broken' ? { otherwise: Math.min(topLevel, ticket.level + 1) } : {}
      await judgeLevel(tx, deps, { ticketId, because, now, ...otherwise })
      return
    }
    case 'send-update':
      return update(tx, deps, row, now)
    case 'tell-customer':
      if (next)
        await tell(tx, deps, await laterAnswerOf(tx, ticketId, instantOf(next.dueAt), 'answer-late'), now)
      return
    case 'resume':
      // Nobody was heard of: it is ours again.
      if (ticket.state === 'waiting')
        await tx.ticket.update({
          where: { id: ticketId },
          data: { state: 'open', waitingUntil: null, changedAt: dateOf(now) },
        })
      await resumePromises(tx, deps, { ticketId, now })
  }
}

async function breakPromise(
  { deps, tx, row, office, target, now }: GuaranteeContext,
  { next }: Extract<GuaranteeAction, { readonly kind: 'break' }>,
): Promise<Guarantee | null> {
  const { id, ticketId, kind } = row
  await tx.guarantee.update({
    where: { id },
    data: { state: 'broken', reason: 'too-late', endedAt: dateOf(now), wakeAt: null },
  })
  const again =
    next && target && kind === 'first-response'
      ? await tx.guarantee.create({
          data: guaranteeRow({
            ...{ ticketId, kind, office, now, startedAt: now },
            target: { ...target, minutes: next.minutes },
            reminders: remindersOf(deps.config),
          }),
        })
      : null
  await addCallEntry(tx, {
    ...{ ticketId, kind: 'promise-broken', at: now },
    detail: { promise: kind, dueAt: row.dueAt.toISOString(), next: again?.dueAt.toISOString() ?? '' },
  })
  // An unhappy customer whom nobody rang is no closed matter, and a closed one could not rise to anybody.
  if (kind === 'manager-contact') await reopen(tx, deps, { ticketId, by: 'manager-late', now })
  return again
}

/**
 * Where the update was not sent (the ticket waits for the customer, or one is on its way already) this promise is over
 * all the same, and the next one runs: the rhythm must not end in silence.
 */
async function update(tx: Tx, deps: PromiseDeps, row: Guarantee, now: Temporal.Instant): Promise<void> {
  const { id, ticketId } = row
  await sendUpdate(tx, deps, { ticketId, done: '', next: '', by: null, automatic: true, now })
  const left = await tx.guarantee.findUniqueOrThrow({ where: { id }, select: { state: true } })
  if (left.state !== 'open') return
  const { state } = await tx.ticket.findUniqueOrThrow({ where: { id: ticketId }, select: { state: true } })
  const kinds = ['status-update'] as const
  const ended =
    state === 'open'
      ? ({ how: 'kept', reason: 'status-update' } as const)
      : ({ how: 'withdrawn', reason: state } as const)
  await endPromises(tx, deps, { ticketId, kinds, at: now, ...ended })
  if (state !== 'resolved') await makePromises(tx, deps, { ticketId, startedAt: now, now, kinds })
}
