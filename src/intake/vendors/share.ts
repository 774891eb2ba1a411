import { randomUUID } from 'node:crypto'
import { enqueue } from '../../outbox/enqueue.ts'
import type { Tx } from '../../store/database.ts'
import { answerLetter } from '../agent-letters.ts'
import { groupOf, noticesOfShared } from '../agent-notices.ts'
import { readAbsences } from '../calls/duty.ts'
import { toldTicket } from '../calls/told-ticket.ts'
import { keepManagerContact } from '../feedback/manager-contact.ts'
import { dateOf } from '../mail-rows.ts'
import type { PromiseDeps } from '../promises/promise-deps.ts'
import { recordEscalations } from '../promises/record-escalations.ts'
import { recordPromises } from '../promises/record-promises.ts'
import { noSurroundings } from '../surroundings.ts'
import { addVendorEntry, readCase } from './case-rows.ts'
import type { VendorOrder } from './vendor-orders.ts'

/**
 * The only way in which a manufacturer's words reach a customer: an agent says so, once for each message, and they go out
 * as this agent's answer, below the agent's own words and with the agent's attachments. Those of the manufacturer are not
 * shared; an agent who wants them to go sends them.
 */
export async function shareMessage(
  tx: Tx,
  deps: PromiseDeps,
  { caseId, messageId, agent, told, inboundId }: Extract<VendorOrder, { readonly kind: 'share' }>,
  now: Temporal.Instant,
): Promise<void> {
  const opened = await readCase(tx, deps, caseId)
  const { count } = await tx.vendorMessage.updateMany({
    where: { id: messageId, caseId, direction: 'in', sharedAt: null },
    data: { sharedAt: dateOf(now), sharedBy: agent },
  })
  // Another mail of the same batch has shared it.
  if (count === 0) return
  const { text } = await tx.vendorMessage.findUniqueOrThrow({ where: { id: messageId } })
  const { ticket } = await toldTicket(tx, opened.ticket.id)
  const name = deps.config.agents[agent]?.name ?? agent
  const words = [told.words.trim(), text.trim()].filter(part => part !== '').join('\n\n')
  const { config, offices } = deps
  const context = { config, offices, now, surroundings: noSurroundings }
  const spoken = { ...told, words }
  const letter = answerLetter(ticket, { key: agent, name }, spoken, context)
  const surroundings = { ...noSurroundings, absences: await readAbsences(tx, now) }
  const readers = groupOf(ticket, { config, surroundings, now }).filter(key => key !== agent)
  const notices = noticesOfShared(readers, ticket, { author: name, words }, inboundId, { config, now })
  await enqueue(tx, [letter, ...notices])
  await tx.entry.create({
    data: {
      ...{ id: randomUUID(), ticketId: ticket.id, kind: 'agent-answer', at: dateOf(now), author: name },
      ...{ text: words, letterId: letter.id, inboundId },
      detail: { attachments: told.attachments.length, case: opened.row.number },
    },
  })
  await addVendorEntry(tx, opened, 'vendor-shared', now, { author: agent })
  await tx.ticket.update({ where: { id: ticket.id }, data: { changedAt: dateOf(now) } })
  const acknowledgements = [{ ticketId: ticket.id, by: agent, how: 'reply' as const }]
  await recordEscalations(tx, deps, { escalations: [], acknowledgements, ticketChanges: new Map() }, now)
  const endedPromises = [{ ticketId: ticket.id, how: 'answered' as const, at: now }]
  await recordPromises(tx, deps, { endedPromises, promiseChanges: [] }, now)
  await keepManagerContact(tx, deps, { ticketId: ticket.id, by: agent, at: now })
}
