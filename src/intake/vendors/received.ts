import { learnReference } from '../../desk/vendor/reference.ts'
import { visibleAttachments } from '../../desk/visible-attachments.ts'
import type { Tx } from '../../store/database.ts'
import { linesOf } from '../letters.ts'
import type { PromiseDeps } from '../promises/promise-deps.ts'
import { descriptionOf, peopleOf, tellAgents } from './case-letters.ts'
import { addMessage, addVendorEntry, endWaiting, type OpenedCase, readCase } from './case-rows.ts'
import type { VendorOrder } from './vendor-orders.ts'

/** What comes from a manufacturer: kept in the sealed thread, told to the case's agents, and to nobody else. */

const longestText = 100_000

export async function receiveFromVendor(
  tx: Tx,
  deps: PromiseDeps,
  { caseId, by, mail, inboundId }: Extract<VendorOrder, { readonly kind: 'received' }>,
  now: Temporal.Instant,
): Promise<void> {
  const opened = await readCase(tx, deps, caseId)
  const { content } = mail
  const bounce = by === 'bounce' ? (content.bounce?.kind ?? 'hard') : undefined
  const author = content.from?.address ?? ''
  const words = content.replyConfidence === 'unsure' ? content.text : content.replyText || content.text
  const text = words.slice(0, longestText).toWellFormed()
  const attachments = linesOf(mail)
  await addMessage(tx, {
    ...{ caseId, direction: bounce ? 'note' : 'in', at: now, author, text, inboundId },
    kind: bounce === undefined ? (by === 'machine' ? 'machine-mail' : 'vendor-mail') : `letter-${bounce}`,
    detail: { subject: content.subject.slice(0, 500).toWellFormed(), attachments: attachments.length },
  })
  // Delivered after all, or late: nobody has to do anything about that.
  if (bounce !== undefined && bounce !== 'hard') return
  if (bounce === undefined) await learn(tx, opened, { subject: content.subject, text: words }, now)
  if (by === 'vendor' && opened.row.state === 'open') {
    await endWaiting(tx, deps, opened, now)
    await addVendorEntry(tx, opened, 'vendor-wrote', now)
  }
  const told = await readCase(tx, deps, caseId)
  const event = by === 'vendor' ? 'answer' : by
  const relayed = bounce === undefined ? relayedWithin(mail, deps.config.limits.noticeAttachmentBytes) : null
  const readers = await peopleOf(tx, deps, told, now)
  const count = await tellAgents(tx, deps, told, readers, { event, text, author, attachments, relayed }, now)
  if (count === 0)
    await addMessage(tx, { caseId, direction: 'note', kind: 'not-told', at: now, author: '', inboundId })
}

/** Its own number, from the first answer that holds one. Recorded once; an agent may correct it. */
async function learn(
  tx: Tx,
  one: OpenedCase,
  answer: { readonly subject: string; readonly text: string },
  now: Temporal.Instant,
): Promise<void> {
  const { row, vendor } = one
  if (row.reference !== null) return
  const ours = [row.number, descriptionOf(one).serial, vendor?.customerNumber ?? '']
  const reference = learnReference(answer, vendor?.reference, ours)
  if (reference === undefined) return
  await tx.vendorCase.update({ where: { id: row.id }, data: { reference } })
  await addMessage(tx, {
    ...{ caseId: row.id, direction: 'note', kind: 'reference', at: now, author: '', text: reference },
  })
}

type Received = Extract<VendorOrder, { readonly kind: 'received' }>['mail']

/** The first attachments that fit into `bytes` together. */
function relayedWithin({ content, rawSha256 }: Received, bytes: number) {
  let room = content.defects.includes('oversized') ? 0 : bytes
  const parts = visibleAttachments(content)
    .slice(0, 50)
    .filter(({ size }) => {
      if (size > room) return false
      room -= size
      return true
    })
    .map(({ sha256, filename, contentType }) => ({ sha256, filename, contentType }))
  return parts.length === 0 ? null : { rawSha256, parts }
}
