import type { CallbackDecision } from '../../desk/phone/callback.ts'
import { decideCallback } from '../../desk/phone/decide-callback.ts'
import { inTransaction, type Tx } from '../../store/database.ts'
import { dateOf } from '../mail-rows.ts'
import { callbackTarget } from '../promises/promises-of-call.ts'
import { requestAttempt } from './attempts.ts'
import type { CallDeps } from './call-deps.ts'
import { instantOf } from './call-rows.ts'
import { applyActions, remindInstead } from './callback-actions.ts'
import { readCallbackFacts } from './callback-facts.ts'
import { callbackRulesOf } from './callback-rules.ts'
import { lookUpAttempt } from './look-up-attempt.ts'

/** Callbacks that are due to be looked at, each once, whichever process has it. */

export interface Woken {
  readonly woken: number
  /** When the next one is due; in the past where some are left, or where another process has them just now. */
  readonly nextAt: Temporal.Instant | null
}

const usualMost = 200

/**
 * Looks at what is due, oldest first, `most` of them: one transaction each, so that one that cannot be decided does not
 * hold up the others. Such a failure is thrown once the rest is done; the callback itself waits a minute. Throws
 * TransientFailure('database') while the database is away.
 */
export async function wakeCallbacks(deps: CallDeps, most = usualMost): Promise<Woken> {
  const failures: unknown[] = []
  let woken = 0
  for (const id of await dueNow(deps, most)) if (await wakeOne(deps, id, failures)) woken += 1
  if (woken > 0) deps.nudge()
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} callbacks could not be decided`)
  const next = await deps.database.callback.findFirst({
    where: { wakeAt: { not: null } },
    orderBy: { wakeAt: 'asc' },
    select: { wakeAt: true },
  })
  return { woken, nextAt: next?.wakeAt ? instantOf(next.wakeAt) : null }
}

interface Due {
  readonly id: string
  readonly ticketId: string
}

/** Those that wait since the same moment, such as all of a weekend, in the order of their tickets. */
async function dueNow({ database, now }: CallDeps, most: number): Promise<readonly string[]> {
  const rows = await database.$queryRaw<{ id: string }[]>`
    select b.id from callback b join ticket t on t.id = b.ticket_id
    where b.wake_at <= ${now().toString()}::timestamptz
    order by b.wake_at, t.sequence limit ${most}`
  return rows.map(({ id }) => id)
}

/** False when it is not due any more, or in another process's hands. */
async function wakeOne(deps: CallDeps, id: string, failures: unknown[]): Promise<boolean> {
  let due: Due | undefined
  let decision: CallbackDecision | undefined
  try {
    decision = await inTransaction(deps.database, async tx => {
      due = await claim(tx, id, deps.now())
      return due && (await decideAndApply(deps, tx, due))
    })
  } catch (error) {
    // Without a row in hand it is the database itself that fails.
    if (!due) throw error
    failures.push(error)
    await postpone(deps, due.id)
    return true
  }
  if (!due || !decision) return false
  await carryOut(deps, due.id, decision)
  return true
}

/** With its ticket, whose level a broken promise raises: whoever holds one of the two is not waited for. */
async function claim(tx: Tx, id: string, now: Temporal.Instant): Promise<Due | undefined> {
  const [due] = await tx.$queryRaw<Due[]>`
    select b.id, b.ticket_id as "ticketId" from callback b join ticket t on t.id = b.ticket_id
    where b.id = ${id}::uuid and b.wake_at <= ${now.toString()}::timestamptz for update skip locked`
  return due
}

async function decideAndApply(deps: CallDeps, tx: Tx, { id, ticketId }: Due): Promise<CallbackDecision> {
  const now = deps.now()
  const row = await tx.callback.findUniqueOrThrow({ where: { id }, include: { guarantee: true } })
  const { level } = await tx.ticket.findUniqueOrThrow({ where: { id: ticketId }, select: { level: true } })
  const { callback, facts, line } = await readCallbackFacts(deps, tx, row, level, now)
  const { minutes } = await callbackTarget(tx, deps, ticketId)
  const decision = decideCallback(callback, facts, { ...callbackRulesOf(deps.config), minutes })
  await tx.callback.update({
    where: { id },
    data: {
      stage: decision.stage,
      wakeAt: decision.wakeAt && dateOf(decision.wakeAt),
      ...(decision.retryAt ? { retryAt: dateOf(decision.retryAt) } : {}),
    },
  })
  await applyActions({ deps, tx, row, line, now, because: decision.because }, decision.actions)
  return decision
}

/** What asks the provider happens after the commit; until then the callback is not due for anybody else. */
async function carryOut(deps: CallDeps, callbackId: string, { actions }: CallbackDecision): Promise<void> {
  for (const action of actions) {
    if (action.kind === 'look-up-attempt') await lookUpAttempt(deps, callbackId)
    if (action.kind === 'redial') {
      const { result } = await requestAttempt(deps, { callbackId, agent: action.agent, by: 'redial' })
      if (result === 'refused' || result === 'no-phone' || result === 'cannot-dial')
        await remindInstead(deps, callbackId)
    }
  }
}

async function postpone({ database, now }: CallDeps, id: string): Promise<void> {
  await database.callback.updateMany({ where: { id }, data: { wakeAt: dateOf(now().add({ minutes: 1 })) } })
}
