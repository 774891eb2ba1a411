import type { Tx } from '../../store/database.ts'
import type { PromiseDeps } from '../promises/promise-deps.ts'
import { closeCase, giveReference, noteInCase, raiseByAgent, sayToVendor } from './case-acts.ts'
import { tellAgents } from './case-letters.ts'
import { readCase } from './case-rows.ts'
import { openCase } from './open-case.ts'
import { receiveFromVendor } from './received.ts'
import { shareMessage } from './share.ts'
import type { VendorOrder } from './vendor-orders.ts'

/** Carries out what a batch of mails means for cases at manufacturers, in the order of the mails. */
export async function recordVendors(
  tx: Tx,
  deps: PromiseDeps,
  orders: readonly VendorOrder[],
  now: Temporal.Instant,
): Promise<void> {
  for (const order of orders) await carryOut(tx, deps, order, now)
}

async function carryOut(
  tx: Tx,
  deps: PromiseDeps,
  order: VendorOrder,
  now: Temporal.Instant,
): Promise<unknown> {
  switch (order.kind) {
    case 'open':
      return openCase(tx, deps, order, now)
    case 'received':
      return receiveFromVendor(tx, deps, order, now)
    case 'say':
      return sayToVendor(tx, deps, order, now)
    case 'note':
      return noteInCase(tx, deps, order, now)
    case 'share':
      return shareMessage(tx, deps, order, now)
    case 'reference':
      return giveReference(tx, deps, order, now)
    case 'raise':
      return raiseByAgent(tx, deps, order, now)
    case 'close':
      return closeCase(tx, deps, order, now)
    case 'receipt': {
      const { caseId, agent, done } = order
      return tellAgents(tx, deps, await readCase(tx, deps, caseId), [agent], { event: 'done', done }, now)
    }
    case 'returned': {
      const { caseId, agent, mistakes, words: text } = order
      const told = { event: 'mistake', mistakes, text } as const
      return tellAgents(tx, deps, await readCase(tx, deps, caseId), [agent], told, now)
    }
  }
}
