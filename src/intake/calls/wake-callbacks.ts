import type { CallbackDecision } from '../../desk/phone/callback.ts'
import { decideCallback } from '../../desk/phone/decide-callback.ts'
import type { Tx } from '../../store/database.ts'
import { dateOf } from '../mail-rows.ts'
import { callbackTarget } from '../promises/promises-of-call.ts'
import { type Woken, wakeDue } from '../wake-due.ts'
import { requestAttempt } from './attempts.ts'
import type { CallDeps } from './call-deps.ts'
import { applyActions, remindInstead } from './callback-actions.ts'
import { readCallbackFacts } from './callback-facts.ts'
import { callbackRulesOf } from './callback-rules.ts'
import { lookUpAttempt } from './look-up-attempt.ts'

/** Looks at the callbacks that are due; see wake-due.ts for what it gives and throws. */
export function wakeCallbacks(deps: CallDeps, most?: number): Promise<Woken> {
  return wakeDue(
    deps,
    {
      ...{ table: 'callback', what: 'callbacks' },
      decide: (tx, id) => decideAndApply(deps, tx, id),
      afterwards: (id, decision) => carryOut(deps, id, decision),
      stirred: () => deps.nudge(),
    },
    most,
  )
}

async function decideAndApply(deps: CallDeps, tx: Tx, id: string): Promise<CallbackDecision> {
  const now = deps.now()
  const row = await tx.callback.findUniqueOrThrow({ where: { id }, include: { guarantee: true } })
  const { ticketId } = row
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
