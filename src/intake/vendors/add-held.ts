import type { InboundMail } from '../../desk/inbound.ts'
import type { Held } from '../../store/generated/client.ts'
import type { Plan } from '../plan.ts'

const joining = ['vendor-unproven', 'vendor-on-ticket']

/**
 * A held mail of a manufacturer joins its case once a human says so: what lacked was only the proof of its sender. Those
 * of customers and agents never do. Gives whether it is planned.
 */
export function addToCase(plan: Plan, held: Held, mail: InboundMail): boolean {
  const { vendorCaseId } = (held.detail ?? {}) as { readonly vendorCaseId?: unknown }
  if (!joining.includes(held.reason) || typeof vendorCaseId !== 'string') return false
  const order = {
    kind: 'received',
    caseId: vendorCaseId,
    by: 'vendor',
    mail,
    inboundId: held.inboundId,
  } as const
  plan.vendorOrders.push(order)
  return true
}
