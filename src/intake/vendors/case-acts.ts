import type { Tx } from '../../store/database.ts'
import { dateOf } from '../mail-rows.ts'
import type { PromiseDeps } from '../promises/promise-deps.ts'
import {
  descriptionOf,
  peopleOf,
  relayedFrom,
  signatureBelow,
  tellAgents,
  vendorLines,
  writeToVendor,
} from './case-letters.ts'
import {
  addMessage,
  addVendorEntry,
  beginWaiting,
  endWaiting,
  levelNameOf,
  type OpenedCase,
  readCase,
} from './case-rows.ts'
import type { VendorOrder } from './vendor-orders.ts'

/** What an agent does in a case, beside opening it and sharing its words. */

type Order<Kind extends VendorOrder['kind']> = Extract<VendorOrder, { readonly kind: Kind }>

/** The agent's words go to the manufacturer, which owes an answer again. */
export async function sayToVendor(
  tx: Tx,
  deps: PromiseDeps,
  { caseId, agent, told, inboundId }: Order<'say'>,
  now: Temporal.Instant,
): Promise<void> {
  const opened = await readCase(tx, deps, caseId)
  const { words } = told
  const data = {
    ...{ ...vendorLines(deps, opened, agent), words, relayed: relayedFrom(told) },
    signature: signatureBelow(deps.config, agent, words),
  }
  const letter = await writeToVendor(tx, deps, opened, { kind: 'vendor-message', data }, now)
  await addMessage(tx, {
    ...{ caseId, direction: 'out', kind: 'agent-words', at: now, author: agent, text: words, inboundId },
    ...{ letterId: letter?.id ?? null, detail: { attachments: told.attachments.length } },
  })
  await addVendorEntry(tx, opened, 'vendor-told', now, { author: agent })
  await beginWaiting(tx, deps, opened, now)
}

/** Kept in the case, told to the other people of it. */
export async function noteInCase(
  tx: Tx,
  deps: PromiseDeps,
  { caseId, agent, text, inboundId }: Order<'note'>,
  now: Temporal.Instant,
): Promise<void> {
  const opened = await readCase(tx, deps, caseId)
  await addMessage(tx, { caseId, direction: 'note', kind: 'note', at: now, author: agent, text, inboundId })
  const readers = (await peopleOf(tx, deps, opened, now)).filter(key => key !== agent)
  const author = deps.config.agents[agent]?.name ?? ''
  await tellAgents(tx, deps, opened, readers, { event: 'note', text, author }, now)
}

export async function giveReference(
  tx: Tx,
  _deps: PromiseDeps,
  { caseId, agent, reference, inboundId }: Order<'reference'>,
  now: Temporal.Instant,
): Promise<void> {
  await tx.vendorCase.update({ where: { id: caseId }, data: { reference } })
  await addMessage(tx, {
    ...{ caseId, direction: 'note', kind: 'reference', at: now, author: agent, text: reference, inboundId },
  })
}

/** An agent is not content with the answers: the next level is written to. */
export async function raiseByAgent(
  tx: Tx,
  deps: PromiseDeps,
  { caseId, agent, reason }: Order<'raise'>,
  now: Temporal.Instant,
): Promise<void> {
  await raiseCase(tx, deps, await readCase(tx, deps, caseId), { by: agent, reason }, now)
}

/** Writes to the next level of the manufacturer, to its address alone, and begins its clock. */
export async function raiseCase(
  tx: Tx,
  deps: PromiseDeps,
  before: OpenedCase,
  { by, reason }: { readonly by: string; readonly reason: string },
  now: Temporal.Instant,
): Promise<OpenedCase> {
  const { row } = before
  await beginWaiting(tx, deps, before, now, { level: row.level + 1, anew: true })
  const raised = await readCase(tx, deps, row.id)
  const agent = by === '' ? row.agent : by
  const data = {
    ...{ ...vendorLines(deps, raised, agent), ...descriptionOf(raised), reason, relayed: null },
    ...{ levelName: levelNameOf(raised), openedAt: row.openedAt.toISOString() },
    dueAt: by === '' ? (row.dueAt?.toISOString() ?? null) : null,
  }
  const letter = await writeToVendor(tx, deps, raised, { kind: 'vendor-escalation', data }, now)
  await addMessage(tx, {
    ...{ caseId: row.id, direction: 'out', kind: 'escalation', at: now, author: by, text: reason },
    ...{ letterId: letter?.id ?? null, detail: { level: raised.row.level, levelName: levelNameOf(raised) } },
  })
  const detail = { level: raised.row.level, to: levelNameOf(raised) }
  await addVendorEntry(tx, raised, 'vendor-escalated', now, { author: by, detail })
  return raised
}

/** The outcome with its evaluation; nothing is owed or waited for any more. */
export async function closeCase(
  tx: Tx,
  deps: PromiseDeps,
  { caseId, agent, outcome, rating, evaluation, inboundId }: Order<'close'>,
  now: Temporal.Instant,
): Promise<void> {
  const opened = await readCase(tx, deps, caseId)
  if (opened.row.state !== 'open') return
  await endWaiting(tx, deps, opened, now)
  await tx.vendorCase.update({
    where: { id: caseId },
    data: {
      ...{ state: 'closed', closedAt: dateOf(now), outcome, rating, evaluation },
      ...{ wakeAt: null, dueAt: null, stage: 'none' },
    },
  })
  await addMessage(tx, {
    ...{ caseId, direction: 'note', kind: 'closed', at: now, author: agent, text: evaluation, inboundId },
    detail: { outcome, rating },
  })
  await addVendorEntry(tx, opened, 'vendor-closed', now, { author: agent, detail: { outcome, rating } })
}
