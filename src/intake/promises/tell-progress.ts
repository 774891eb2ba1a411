import { randomUUID } from 'node:crypto'
import type { TextData, TextKind } from '../../desk/phone/text-words.ts'
import type { ClosingData, StatusUpdateData } from '../../desk/promise/progress-data.ts'
import { type WhyNeither, whyNotInHistory } from '../../desk/why-not-told.ts'
import { enqueue, letterRow } from '../../outbox/enqueue.ts'
import type { Tx } from '../../store/database.ts'
import type { Prisma } from '../../store/generated/client.ts'
import { agentEnvelope, noticesOfSilence } from '../agent-notices.ts'
import { addCallEntry } from '../calls/call-entry.ts'
import { type CustomerChannel, channelFor } from '../calls/customer-channel.ts'
import { lineGoingOn } from '../calls/line-of-call.ts'
import { lastCallOf, readersOf, type ToldTicket } from '../calls/told-ticket.ts'
import { dateOf } from '../mail-rows.ts'
import type { PromiseDeps } from './promise-deps.ts'

/** How a customer is told of a matter's progress: by mail, else by text, else not at all, which somebody has to see. */

export type Progress =
  | { readonly kind: 'status-update'; readonly data: StatusUpdateData; readonly words: string }
  | { readonly kind: 'closing'; readonly data: ClosingData; readonly words: string }

export type Way = Exclude<CustomerChannel, { readonly by: 'none' }>

/**
 * The way that is open now. Suppressed addresses count as for all automatic letters, and so do budgets unless it is
 * `byHuman`: what one of our people wrote or caused, which a machine may read as well.
 */
export async function wayTo(
  tx: Tx,
  { config }: Pick<PromiseDeps, 'config'>,
  { ticket, row }: ToldTicket,
  { now, byHuman }: { readonly now: Temporal.Instant; readonly byHuman: boolean },
): Promise<CustomerChannel> {
  const byMail = await channelFor(tx, { ticket, numbers: [], byHuman, config, now })
  if (byMail.by !== 'none' || row.customerPhone === null) return byMail
  return channelFor(tx, { ticket, numbers: [row.customerPhone], byHuman, config, now })
}

/** Gives the id of the letter, where it goes by mail. */
export async function tellProgress(
  tx: Tx,
  deps: PromiseDeps,
  told: ToldTicket,
  way: Way,
  progress: Progress,
  now: Temporal.Instant,
): Promise<string | null> {
  if (way.by === 'text') {
    await queueText(tx, deps, told, way.to, progress, now)
    return null
  }
  const { ticket } = told
  const { messageId, references } = ticket.customerThread
  const envelope = {
    ...agentEnvelope(ticket, deps.config),
    thread: { inReplyTo: messageId, references: messageId ? [...references, messageId] : references },
  }
  const { kind, data } = progress
  const notice = { kind, data, recipient: way.to, language: ticket.language } as Parameters<
    typeof letterRow
  >[0]
  const letter = letterRow(notice, envelope, now)
  await enqueue(tx, [letter])
  return letter.id
}

const textKinds: Record<Progress['kind'], TextKind> = { 'status-update': 'update', closing: 'result' }

async function queueText(
  tx: Tx,
  { config }: PromiseDeps,
  { ticket }: ToldTicket,
  recipient: string,
  { kind, data, words }: Progress,
  now: Temporal.Instant,
): Promise<void> {
  const called = await lastCallOf(tx, ticket.id)
  const line = await lineGoingOn(tx, config, called?.line ?? '', ticket.id)
  if (!line) throw new Error('a text is sent only where there is telephony, which has lines')
  const text: TextData = {
    ...{ ticketNumber: ticket.number, number: null, again: false, office: ticket.office, words },
    ...{ line: line.number, callId: null, callbackId: null },
    dueAt: 'again' in data ? data.again : null,
  }
  await tx.textMessage.create({
    data: {
      ...{ id: randomUUID(), ticketId: ticket.id, kind: textKinds[kind], language: ticket.language },
      ...{
        recipient,
        line: line.ref,
        data: { ...text } as unknown as Prisma.InputJsonObject,
        state: 'queued',
      },
      ...{ createdAt: dateOf(now), wakeAt: dateOf(now) },
    },
  })
}

/** Writes down that there was no way, and tells whoever has the ticket, who can ring. */
export async function noWay(
  tx: Tx,
  { config }: Pick<PromiseDeps, 'config'>,
  { ticket }: ToldTicket,
  { noText, noMail }: WhyNeither,
  now: Temporal.Instant,
): Promise<void> {
  await addCallEntry(tx, {
    ...{ ticketId: ticket.id, kind: 'no-update-possible', at: now },
    detail: { noText: whyNotInHistory(noText), noMail: whyNotInHistory(noMail) },
  })
  const readers = await readersOf(tx, { config }, ticket, now)
  await enqueue(tx, noticesOfSilence(ticket, readers, { noText, noMail }, { config, now }))
}
