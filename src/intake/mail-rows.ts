import { randomUUID } from 'node:crypto'
import type { Decision } from '../desk/decide.ts'
import type { InboundMail } from '../desk/inbound.ts'
import type { EnclosedMail } from '../desk/mail-content.ts'
import type { Ticket } from '../desk/ticket.ts'
import type { Prisma } from '../store/generated/client.ts'
import type { PlanContext } from './plan.ts'

/** The rows that one mail leaves: that it arrived and what was decided, and its line in a ticket's history. */

/** Characters of a subject that are kept beside the raw mail. */
export const subjectLength = 500

export const dateOf = (at: Temporal.Instant): Date => new Date(at.epochMilliseconds)

/** The mail's only row in the ledger of what arrived. */
export function inboundRow(
  mail: InboundMail,
  id: bigint,
  { action, rule, trail }: Decision,
  ticket: Ticket | undefined,
  { config, now }: PlanContext,
): Prisma.InboundCreateManyInput {
  const { content, position } = mail
  const duplicate = action.kind === 'note-duplicate' ? action : undefined
  const quarantine = action.kind === 'quarantine' ? action : undefined
  return {
    id,
    channel: 'mail',
    ...position,
    rawSha256: mail.rawSha256,
    size: BigInt(mail.size),
    receivedAt: dateOf(mail.receivedAt),
    takenInAt: dateOf(now),
    messageId: content.messageId,
    fromAddress: content.from?.address ?? null,
    subject: content.subject.slice(0, subjectLength).toWellFormed(),
    classification: content.classification,
    fingerprint: mail.fingerprint,
    originalPrint: duplicate ? null : mail.fingerprint,
    outcome: action.kind,
    rule,
    trail: trail as unknown as Prisma.InputJsonValue,
    duplicateOfId: duplicate?.originalId ?? null,
    ticketId: ticket?.id ?? duplicate?.ticketId ?? null,
    vendorCaseId: 'case' in action ? action.case.id : null,
    quarantineCode: quarantine?.code ?? null,
    quarantineDetail: quarantine?.detail.slice(0, 2000).toWellFormed() ?? null,
    afterState: config.mailboxes[position.mailbox]?.after.action === 'leave' ? 'none' : 'pending',
  }
}

/** Characters of an enclosed mail's text in the history; the whole of it stays in the raw mail. */
const enclosedLength = 20_000

function excerptOf(enclosed: EnclosedMail): EnclosedMail {
  return { ...enclosed, text: enclosed.text.slice(0, enclosedLength).toWellFormed() }
}

/** The mail as a line in the ticket's history. `relatives` are told beside what the mail itself says. */
export function entryRow(
  kind: string,
  mail: InboundMail,
  inboundId: bigint,
  ticket: Ticket,
  { now }: PlanContext,
  relatives: Readonly<Record<string, string>> = {},
): Prisma.EntryCreateManyInput {
  const { content } = mail
  return {
    id: randomUUID(),
    ticketId: ticket.id,
    kind,
    at: dateOf(now),
    author: content.from ? `${content.from.name} <${content.from.address}>`.trim() : '',
    text: content.replyText || content.text,
    detail: {
      classification: content.classification,
      attachments: content.attachments,
      bounce: content.bounce,
      defects: content.defects,
      ...(content.replyConfidence === 'unsure' ? { replyConfidence: 'unsure' } : {}),
      ...(content.enclosed ? { enclosed: content.enclosed.map(excerptOf) } : {}),
      ...(mail.repeatedPictures ? { repeatedPictures: [...mail.repeatedPictures] } : {}),
      ...(content.absence ? { absence: content.absence } : {}),
      ...(content.calendar ? { calendar: content.calendar } : {}),
      ...relatives,
    } as unknown as Prisma.InputJsonObject,
    inboundId,
  }
}

/** A number that a mail told of its writer. */
export function phoneRow(
  ticketId: string,
  number: string,
  now: Temporal.Instant,
): Prisma.TicketPhoneCreateManyInput {
  return { ticketId, number, source: 'mail', since: dateOf(now) }
}
