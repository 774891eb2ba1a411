import { type MeasureKind, missingToClose } from '../../desk/promise/measure.ts'
import type { ClosingData } from '../../desk/promise/progress-data.ts'
import type { Tx } from '../../store/database.ts'
import { addCallEntry } from '../calls/call-entry.ts'
import { toldTicket } from '../calls/told-ticket.ts'
import { askForFeedback } from '../feedback/ask.ts'
import { measuresOf } from './measures.ts'
import type { PromiseDeps } from './promise-deps.ts'
import { noWay, tellProgress, wayTo } from './tell-progress.ts'

/**
 * A matter is closed when no manufacturer works on it any more and, if it had risen, when it is documented; its customer
 * hears the result.
 */

export type MayClose =
  | { readonly allowed: true }
  | {
      readonly allowed: false
      readonly missing: readonly MeasureKind[]
      /** Numbers of the cases at manufacturers that are open; left out where there are none. */
      readonly cases?: readonly string[]
    }

/** May this ticket be closed, or what has to be recorded before? Spam and merged tickets need not ask. */
export async function mayClose(
  tx: Tx,
  { config }: Pick<PromiseDeps, 'config'>,
  ticketId: string,
): Promise<MayClose> {
  const { level, vendorCases } = await tx.ticket.findUniqueOrThrow({
    where: { id: ticketId },
    select: {
      level: true,
      vendorCases: { where: { state: 'open' }, orderBy: { openedAt: 'asc' }, select: { number: true } },
    },
  })
  const measures = await measuresOf(tx, ticketId)
  const missing = missingToClose(
    level,
    measures.map(({ of }) => of),
    config.policy.closingNeeds,
  )
  if (vendorCases.length > 0)
    return { allowed: false, missing, cases: vendorCases.map(({ number }) => number) }
  return missing.length === 0 ? { allowed: true } : { allowed: false, missing }
}

export interface Closed {
  readonly ticketId: string
  /** Key of the agent. */
  readonly by: string
  /** The customer reads the result elsewhere, or there is none. */
  readonly isTold?: boolean
  /** The customer may be asked how it went. */
  readonly asks?: boolean
  readonly now: Temporal.Instant
}

/**
 * Tells the customer the result that was recorded last, and asks how it went. Where there is neither a result to tell nor
 * a question to ask nothing is written.
 */
export async function tellResult(
  tx: Tx,
  deps: PromiseDeps,
  { ticketId, by, isTold = false, asks = false, now }: Closed,
): Promise<void> {
  const measures = isTold ? [] : await measuresOf(tx, ticketId)
  const result = measures.findLast(({ of }) => of === 'result')
  if (!result && !asks) return
  const told = await toldTicket(tx, ticketId)
  const { ticket, subject } = told
  const way = await wayTo(tx, deps, told, { now, byHuman: true })
  const asked = asks ? await askForFeedback(tx, deps, told, way, now) : undefined
  if (!result && !asked) return
  if (way.by === 'none') return noWay(tx, deps, told, way, now)
  const data: ClosingData = {
    ...{ ticketNumber: ticket.number, subject, customerName: ticket.customerName, office: ticket.office },
    writer: deps.config.agents[by]?.name ?? '',
    ...{ ticketId: ticket.id, result: result?.text ?? '', asked: asked ?? null },
  }
  await tellProgress(tx, deps, told, way, { kind: 'closing', data, words: data.result }, now)
  if (!result) return
  await addCallEntry(tx, {
    ...{ ticketId: ticket.id, kind: 'result-told', at: now, author: by },
    detail: { by: way.by, to: way.to },
  })
}
