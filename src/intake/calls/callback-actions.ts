import { randomUUID } from 'node:crypto'
import type { CallbackAction } from '../../desk/phone/callback.ts'
import type { CallEntryKind } from '../../desk/phone/entry-kinds.ts'
import { enqueue } from '../../outbox/enqueue.ts'
import { inTransaction, type Tx } from '../../store/database.ts'
import type { Prisma } from '../../store/generated/client.ts'
import { alarms } from '../letters.ts'
import { dateOf } from '../mail-rows.ts'
import { escalate } from '../promises/escalate.ts'
import { judgeLevel } from '../promises/judge-level.ts'
import { callbackTarget } from '../promises/promises-of-call.ts'
import type { CallDeps } from './call-deps.ts'
import { addCallEntry } from './call-entry.ts'
import { callbackTaskLetters, tellCustomer } from './call-letters.ts'
import { endPromise, lockCallback, type OwedRow } from './callback-book.ts'
import { callbackRulesOf } from './callback-rules.ts'
import type { LineOfCall } from './line-of-call.ts'

/** Carries out what was decided about a callback, as far as it is rows; the provider is asked after the commit. */

export interface ActionContext {
  readonly deps: CallDeps
  readonly tx: Tx
  readonly row: OwedRow
  readonly line: LineOfCall
  readonly now: Temporal.Instant
  /** Of the decision: part of what the history says. */
  readonly because: string
}

/** In their order: letters tell of the promise that was just made. */
export async function applyActions(
  context: ActionContext,
  actions: readonly CallbackAction[],
): Promise<void> {
  for (const action of actions) await apply(context, action)
}

async function apply(context: ActionContext, action: CallbackAction): Promise<void> {
  const { deps, tx, row, now } = context
  const callbackId = row.id
  switch (action.kind) {
    case 'assign':
      await tx.callback.update({ where: { id: callbackId }, data: { agent: action.agent } })
      return entry(context, 'callback-assigned', { agent: action.agent, before: row.agent })
    case 'tell-agents': {
      const { agents, about } = action
      return enqueue(tx, await callbackTaskLetters(tx, deps, { callbackId, agents, about, now }))
    }
    case 'tell-customer':
      await tellCustomer(tx, deps, { callbackId, about: action.about, now })
      return
    case 'break':
      return breakPromise(context, action)
    case 'give-up':
      return giveUp(context, action.level)
    case 'alarm':
      return alarm(context, action.code)
    case 'redial':
    case 'look-up-attempt':
      return
  }
}

async function breakPromise(
  context: ActionContext,
  { level, next }: Extract<CallbackAction, { readonly kind: 'break' }>,
): Promise<void> {
  const { tx, row, now } = context
  const { ticketId, guaranteeId } = row
  await tx.guarantee.update({
    where: { id: guaranteeId },
    data: { state: 'broken', reason: 'too-late', endedAt: dateOf(now) },
  })
  const id = randomUUID()
  await tx.guarantee.create({
    data: {
      ...{ id, ticketId, kind: 'callback', state: 'open' },
      ...(await callbackTarget(tx, context.deps, ticketId)),
      minutes: next.minutes,
      startedAt: dateOf(now),
      dueAt: dateOf(next.dueAt),
      derivation: next.derivation as unknown as Prisma.InputJsonArray,
    },
  })
  await tx.callback.update({ where: { id: row.id }, data: { guaranteeId: id } })
  await entry(context, 'callback-broken', {
    dueAt: row.guarantee.dueAt.toISOString(),
    next: next.dueAt.toString(),
    level: await raise(context, level, 'broken'),
  })
}

/** A promise of a conversation that was tried for as often as we try is taken back, not broken. */
async function giveUp(context: ActionContext, level: number): Promise<void> {
  const { tx, row, now, because } = context
  await endPromise(tx, row.guaranteeId, 'withdrawn', 'unreached', now)
  await tx.callback.update({
    where: { id: row.id },
    data: { state: 'unreached', owedFor: null, wakeAt: null, retryAt: null, endedAt: dateOf(now) },
  })
  const raised = await raise(context, level, 'unreached')
  await entry(context, 'callback-unreached', { attempts: row.attempts, because, level: raised })
}

/**
 * For a broken call as high as the policy says; to `level` where it has no table, and for a customer whom nobody reaches.
 * Gives the level that the ticket has then.
 */
async function raise(
  { deps, tx, row, now }: ActionContext,
  level: number,
  why: 'broken' | 'unreached',
): Promise<number> {
  const { ticketId } = row
  if (why === 'broken') {
    const because = { kind: 'broken', promise: 'callback' } as const
    await judgeLevel(tx, deps, { ticketId, because, now, otherwise: level })
  } else {
    const reason = 'the customer could not be reached'
    await escalate(tx, deps, { ticketId, to: level, cause: 'policy', reason, by: '', now })
  }
  const ticket = await tx.ticket.update({ where: { id: ticketId }, data: { changedAt: dateOf(now) } })
  return ticket.level
}

async function alarm(
  { deps, tx, row, line, now }: ActionContext,
  code: Extract<CallbackAction, { readonly kind: 'alarm' }>['code'],
): Promise<void> {
  const { number } = await tx.ticket.findUniqueOrThrow({
    where: { id: row.ticketId },
    select: { number: true },
  })
  const event = code === 'nobody-on-duty' ? code : 'callback-late'
  const told = { event, code, detail: `Ticket ${number}`, command: 'gateway callbacks' } as const
  await enqueue(tx, alarms(line.mailbox, told, deps.config, now))
}

async function entry(
  { tx, row, now }: ActionContext,
  kind: CallEntryKind,
  detail: Readonly<Record<string, unknown>>,
): Promise<void> {
  await addCallEntry(tx, {
    ...{ ticketId: row.ticketId, kind, at: now },
    detail: { callbackId: row.id, ...detail },
  })
}

/** We could not ring for the agent after all, who is asked to dial. */
export async function remindInstead(deps: CallDeps, callbackId: string): Promise<void> {
  const now = deps.now()
  await inTransaction(deps.database, async tx => {
    const row = await lockCallback(tx, callbackId)
    if (row?.state !== 'owed' || row.agent === null) return
    const retryAt = now.add({ minutes: callbackRulesOf(deps.config).mailboxMinutes })
    await tx.callback.update({
      where: { id: callbackId },
      data: { retryAt: dateOf(retryAt), wakeAt: dateOf(now) },
    })
    const told = { callbackId, agents: [row.agent], about: 'retry' as const, now }
    await enqueue(tx, await callbackTaskLetters(tx, deps, told))
  })
}
