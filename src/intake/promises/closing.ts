import { type MeasureKind, missingToClose } from '../../desk/promise/measure.ts'
import type { ClosingData } from '../../desk/promise/progress-data.ts'
import type { Tx } from '../../store/database.ts'
import { addCallEntry } from '../calls/call-entry.ts'
import { toldTicket } from '../calls/told-ticket.ts'
import { measuresOf } from './measures.ts'
import type { PromiseDeps } from './promise-deps.ts'
import { noWay, tellProgress, wayTo } from './tell-progress.ts'

/** A matter that had risen is closed only when it is documented, and its customer hears the result. */

export type MayClose =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly missing: readonly MeasureKind[] }

/** May this ticket be closed, or what has to be recorded before? Spam and merged tickets need not ask. */
export async function mayClose(
  tx: Tx,
  { config }: Pick<PromiseDeps, 'config'>,
  ticketId: string,
): Promise<MayClose> {
  const { level } = await tx.ticket.findUniqueOrThrow({ where: { id: ticketId }, select: { level: true } })
  const measures = await measuresOf(tx, ticketId)
  const missing = missingToClose(
    level,
    measures.map(({ of }) => of),
    config.policy.closingNeeds,
  )
  return missing.length === 0 ? { allowed: true } : { allowed: false, missing }
}

/** Tells the customer the result that was recorded last; nothing where none was. `by` is the key of the agent. */
export async function tellResult(
  tx: Tx,
  deps: PromiseDeps,
  { ticketId, by, now }: { readonly ticketId: string; readonly by: string; readonly now: Temporal.Instant },
): Promise<void> {
  const measures = await measuresOf(tx, ticketId)
  const result = measures.findLast(({ of }) => of === 'result')
  if (!result) return
  const told = await toldTicket(tx, ticketId)
  const { ticket, subject } = told
  const way = await wayTo(tx, deps, told, { now, byHuman: true })
  if (way.by === 'none') return noWay(tx, deps, told, way, now)
  const data: ClosingData = {
    ...{ ticketNumber: ticket.number, subject, customerName: ticket.customerName, office: ticket.office },
    writer: deps.config.agents[by]?.name ?? '',
    result: result.text,
  }
  await tellProgress(tx, deps, told, way, { kind: 'closing', data, words: result.text }, now)
  await addCallEntry(tx, {
    ...{ ticketId: ticket.id, kind: 'result-told', at: now, author: by },
    detail: { by: way.by, to: way.to },
  })
}
