import { randomUUID } from 'node:crypto'
import type { Config } from '../config/schema.ts'
import type { Decision } from '../desk/decide.ts'
import type { InboundMail } from '../desk/inbound.ts'
import { addOfficeTime, type Office } from '../desk/office-hours.ts'
import type { Language, Ticket } from '../desk/ticket.ts'
import type { LetterRow } from '../outbox/enqueue.ts'
import type { Prisma } from '../store/generated/client.ts'
import { alarms, autoReplyTo, noticesOfMail } from './letters.ts'

/** Everything a batch will write, row by row, before the first statement runs. */
export interface Plan {
  readonly inbounds: Prisma.InboundCreateManyInput[]
  readonly tickets: Prisma.TicketCreateManyInput[]
  readonly changedTickets: Set<string>
  readonly entries: Prisma.EntryCreateManyInput[]
  readonly guarantees: Prisma.GuaranteeCreateManyInput[]
  readonly letters: LetterRow[]
  /** Letters that came back whole: proof that the server had accepted them. */
  readonly returnedLetters: string[]
}

export function emptyPlan(): Plan {
  return {
    inbounds: [],
    tickets: [],
    changedTickets: new Set(),
    entries: [],
    guarantees: [],
    letters: [],
    returnedLetters: [],
  }
}

export interface PlanContext {
  readonly config: Config
  readonly offices: ReadonlyMap<string, Office>
  readonly now: Temporal.Instant
}

/** A number and sequence for a ticket that is opened, taken from the database beforehand. */
export interface FreshNumber {
  readonly sequence: bigint
  readonly number: string
}

const subjectLength = 500

const dateOf = (at: Temporal.Instant): Date => new Date(at.epochMilliseconds)

/** The ticket that a mail opens. Its customer is whoever From names: Reply-To only directs answers. */
export function draftTicket(mail: InboundMail, { number }: FreshNumber, { config }: PlanContext): Ticket {
  const { content, position } = mail
  const mailbox = config.mailboxes[position.mailbox]
  if (!mailbox) throw new Error(`mailbox "${position.mailbox}" is not in the configuration`)
  const language: Language =
    content.language === 'de' || content.language === 'en' ? content.language : mailbox.language
  return {
    id: randomUUID(),
    number,
    state: 'open',
    subject: content.subject.slice(0, subjectLength).toWellFormed(),
    customerAddress: content.from?.address ?? '',
    customerName: content.from?.name ?? '',
    language,
    mailbox: position.mailbox,
    group: mailbox.group,
    office: mailbox.office,
  }
}

/** Adds to `plan` all that follows from `decision`. `ticket` is the one the mail belongs to, drafted if it opens one. */
export function planFor(
  plan: Plan,
  mail: InboundMail,
  inboundId: bigint,
  decision: Decision,
  ticket: Ticket | undefined,
  fresh: FreshNumber | undefined,
  context: PlanContext,
): void {
  const { action } = decision
  plan.inbounds.push(inboundRow(mail, inboundId, decision, ticket, context))
  if (action.kind === 'note-own-mail') plan.returnedLetters.push(action.letter.id)
  if (action.kind === 'quarantine') plan.letters.push(...quarantineAlarms(mail, inboundId, action, context))
  if (!ticket) return
  if (action.kind === 'open-ticket' && fresh)
    openTicket(plan, mail, inboundId, action.answer.send, ticket, fresh, context)
  if (action.kind === 'add-entry') {
    plan.entries.push(entryRow(action.entry, mail, inboundId, ticket, context))
    plan.changedTickets.add(ticket.id)
    plan.letters.push(
      ...noticesOfMail(ticket, action.entry, mail, undefined, inboundId, context.config, context.now),
    )
  }
  if (action.kind === 'note-machine-mail') {
    plan.entries.push(entryRow('machine-mail', mail, inboundId, ticket, context))
    if (action.tellAgents)
      plan.letters.push(
        ...noticesOfMail(ticket, 'machine-mail', mail, undefined, inboundId, context.config, context.now),
      )
  }
}

function openTicket(
  plan: Plan,
  mail: InboundMail,
  inboundId: bigint,
  answer: boolean,
  ticket: Ticket,
  fresh: FreshNumber,
  context: PlanContext,
): void {
  const { config, now } = context
  const office = context.offices.get(ticket.office)
  if (!office) throw new Error(`office "${ticket.office}" is not in the configuration`)
  const promise = firstResponse(mail, office, context)
  plan.tickets.push({ ...ticket, sequence: fresh.sequence, openedAt: dateOf(now), changedAt: dateOf(now) })
  plan.entries.push(entryRow('customer-mail', mail, inboundId, ticket, context))
  plan.guarantees.push({
    id: randomUUID(),
    ticketId: ticket.id,
    kind: 'first-response',
    state: 'open',
    startedAt: dateOf(promise.startedAt),
    dueAt: dateOf(promise.dueAt),
    derivation: promise.derivation as unknown as Prisma.InputJsonValue,
  })
  const reply = answer ? autoReplyTo(mail, ticket, promise.dueAt, office, config, now) : undefined
  if (reply) plan.letters.push(reply)
  plan.letters.push(...noticesOfMail(ticket, 'new-ticket', mail, promise.dueAt, inboundId, config, now))
}

/**
 * The clock runs from the moment the server had the mail, not from when we came to read it. Where that promise would
 * lie in the past already (we were away), it is counted from now: a letter must not promise yesterday.
 */
function firstResponse(mail: InboundMail, office: Office, { config, now }: PlanContext) {
  const minutes = config.tickets.firstResponseMinutes
  const receivedAt = Temporal.Instant.compare(mail.receivedAt, now) > 0 ? now : mail.receivedAt
  const fromReceipt = addOfficeTime(receivedAt, minutes, office)
  if (Temporal.Instant.compare(fromReceipt.dueAt, now) > 0) return { startedAt: receivedAt, ...fromReceipt }
  return { startedAt: now, ...addOfficeTime(now, minutes, office) }
}

function inboundRow(
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
    quarantineCode: quarantine?.code ?? null,
    quarantineDetail: quarantine?.detail.slice(0, 2000) ?? null,
    afterState: config.mailboxes[position.mailbox]?.after.action === 'leave' ? 'none' : 'pending',
  }
}

function entryRow(
  kind: string,
  mail: InboundMail,
  inboundId: bigint,
  ticket: Ticket,
  { now }: PlanContext,
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
    } as unknown as Prisma.InputJsonObject,
    inboundId,
  }
}

function quarantineAlarms(
  mail: InboundMail,
  inboundId: bigint,
  { code, detail }: { readonly code: string; readonly detail: string },
  { config, now }: PlanContext,
): LetterRow[] {
  return alarms(
    mail.position.mailbox,
    { event: 'quarantine', code, detail, command: `gateway quarantine show ${inboundId}` },
    config,
    now,
  )
}
