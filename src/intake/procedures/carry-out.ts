import type { Tx } from '../../store/database.ts'
import type { PromiseDeps } from '../promises/promise-deps.ts'
import { advance, setStep } from './advance.ts'
import { beginProcedure } from './begin.ts'
import { linkKnownProblem, solveKnownProblem } from './known-problems.ts'
import type { ProcedureOrder } from './procedure-orders.ts'
import { tellAgents } from './step-letters.ts'
import { addEntry, lockTicket, readSteps } from './ticket-of.ts'

/**
 * Carries out what agents ordered, in the order in which they wrote it. Gives the providers' ids of calls that are to be
 * hung up after the commit.
 */
export async function carryOutOrders(
  tx: Tx,
  deps: PromiseDeps,
  orders: readonly ProcedureOrder[],
  now: Temporal.Instant,
): Promise<readonly string[]> {
  const hangUps: string[] = []
  for (const order of orders) {
    const { ticketId, agent, author } = order
    switch (order.kind) {
      case 'request-type':
        await beginProcedure(tx, deps, { ticketId, requestType: order.requestType, now, by: author })
        break
      case 'step':
        await endStep(tx, deps, { ...order, by: agent, now })
        break
      case 'known':
        await linkKnownProblem(tx, { ticketId, key: order.problem, title: order.text, by: author, now })
        break
      case 'solved':
        hangUps.push(...(await solve(tx, deps, order, now)))
        break
    }
  }
  return hangUps
}

async function solve(
  tx: Tx,
  deps: PromiseDeps,
  { problem: key, text, agent, author: by }: Extract<ProcedureOrder, { readonly kind: 'known' | 'solved' }>,
  now: Temporal.Instant,
): Promise<readonly string[]> {
  return (await solveKnownProblem(tx, deps, { key, text, agent, by, now }))?.hangUps ?? []
}

export interface EndedStep {
  readonly ticketId: string
  readonly key: string
  readonly state: 'done' | 'refused' | 'skipped'
  readonly remark: string
  /** Key of the agent; null where the customer's mail ended it. */
  readonly by: string | null
  readonly author: string
  readonly now: Temporal.Instant
}

/**
 * Ends a step that is open, and goes on with the next. An earlier mail of the same batch may have ended it already; then
 * nothing follows. A refusal is told to the agents of the ticket's group, who owe the customer an answer now.
 */
export async function endStep(
  tx: Tx,
  deps: PromiseDeps,
  { ticketId, key, state, remark, by, author, now }: EndedStep,
): Promise<void> {
  const ticket = await lockTicket(tx, ticketId)
  const open = (await readSteps(tx, ticketId)).find(step => step.key === key && step.state === 'open')
  if (!ticket || !open) return
  await setStep(tx, ticketId, key, { state, doneBy: by, remark, now })
  await addEntry(tx, {
    ...{ ticketId, kind: `step-${state}`, at: now, author, text: remark },
    detail: { step: key },
  })
  if (state !== 'refused') return advance(tx, deps, { ticketId, now })
  const steps = await readSteps(tx, ticketId)
  await tellAgents(tx, deps, ticket, steps, { about: 'refused', by: null, key }, now)
}
