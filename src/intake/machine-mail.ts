import { randomUUID } from 'node:crypto'
import type { Action } from '../desk/decide.ts'
import type { KnownLetter } from '../desk/facts.ts'
import type { InboundMail } from '../desk/inbound.ts'
import type { Bounce, BouncedRecipient } from '../desk/mail-content.ts'
import { internalKinds } from '../desk/notice.ts'
import type { Ticket } from '../desk/ticket.ts'
import type { Prisma } from '../store/generated/client.ts'
import { absenceOfAgent } from './agent-absence.ts'
import { noticesOfMail } from './agent-notices.ts'
import { alarms } from './letters.ts'
import { dateOf, entryRow } from './mail-rows.ts'
import type { Plan, PlanContext } from './plan.ts'
import { suppressionOf } from './suppression.ts'

/**
 * What follows from a machine's mail: a line in the history of the ticket it belongs to, an address that gets no more
 * automatic letters, agents who learn that a customer was not reached. Never a ticket, never an answer, no clock moves.
 * A report about a letter that is not ours (backscatter) leaves nothing but its row in the ledger.
 */

type MachineNote = Extract<Action, { readonly kind: 'note-machine-mail' }>

const kindOf: Readonly<Record<'hard' | 'soft' | 'none', string>> = {
  hard: 'letter-bounced',
  soft: 'letter-delayed',
  none: 'letter-delivered',
}

export function planMachineMail(
  plan: Plan,
  mail: InboundMail,
  inboundId: bigint,
  { ticket, returnedLetter, tellAgents }: MachineNote,
  context: PlanContext,
): void {
  const { classification, bounce } = mail.content
  const absence = absenceOfAgent(mail, inboundId, context)
  if (absence) plan.absences.push(absence)
  if (classification === 'bounce' && bounce && returnedLetter)
    planBounce(plan, mail, inboundId, bounce, returnedLetter, ticket, context)
  else if (ticket) plan.entries.push(entryRow('machine-mail', mail, inboundId, ticket, context))
  if (classification === 'spam-report' && returnedLetter)
    plan.suppressions.push(suppressed(returnedLetter, complaint, inboundId, context))
  if (!tellAgents) return
  if (returnedLetter && isOurs(returnedLetter))
    plan.letters.push(...alarmOf(mail, inboundId, returnedLetter, context))
  else if (ticket)
    plan.letters.push(...noticesOfMail(ticket, 'machine-mail', mail, undefined, inboundId, context))
}

const complaint = { status: null, diagnosticCode: 'the mailbox provider passed on a complaint' }

function suppressed(
  { recipient }: KnownLetter,
  why: Pick<BouncedRecipient, 'status' | 'diagnosticCode'>,
  inboundId: bigint,
  { config, now }: PlanContext,
) {
  return suppressionOf({ ...why, recipient }, inboundId, config.budgets.suppressDays, now)
}

/**
 * Ours is a letter to one address. A server behind a forwarding names another one: what it says counts for the address
 * that we wrote to, which is the one that does not work for us.
 */
function aboutOurs({ recipients, kind }: Bounce, { recipient }: KnownLetter): BouncedRecipient {
  return (
    recipients.find(one => one.recipient.toLowerCase() === recipient.toLowerCase()) ??
    recipients.find(one => one.kind === kind) ?? {
      recipient,
      status: null,
      action: null,
      diagnosticCode: null,
      kind,
    }
  )
}

/** Only what says that the address does not exist: a full mailbox or a refused mail may be different tomorrow. */
function isGone({ kind, status }: BouncedRecipient, reason: Bounce['reason']): boolean {
  const unknown = reason === 'user-unknown' || reason === 'host-unknown'
  return kind === 'hard' && (unknown || (status?.startsWith('5.1.') ?? false))
}

function planBounce(
  plan: Plan,
  mail: InboundMail,
  inboundId: bigint,
  bounce: Bounce,
  letter: KnownLetter,
  ticket: Ticket | undefined,
  context: PlanContext,
): void {
  const one = aboutOurs(bounce, letter)
  if (isGone(one, bounce.reason)) plan.suppressions.push(suppressed(letter, one, inboundId, context))
  if (!ticket) return
  const { status, diagnosticCode: diagnostic, action, kind } = one
  plan.entries.push({
    id: randomUUID(),
    ticketId: ticket.id,
    kind: kindOf[kind ?? 'none'],
    at: dateOf(context.now),
    author: mail.content.from?.address ?? '',
    text: [status, diagnostic].filter(Boolean).join(' '),
    detail: {
      classification: 'bounce',
      letter: letter.kind,
      recipient: letter.recipient,
      ...(one.recipient.toLowerCase() === letter.recipient.toLowerCase()
        ? {}
        : { reportedFor: one.recipient }),
      status,
      diagnostic,
      action,
      kind,
      reason: bounce.reason,
    } satisfies Prisma.InputJsonObject,
    inboundId,
    letterId: letter.id,
  })
}

/** A letter to our own people. Telling the agents could reach the very address that does not work, again and again. */
function isOurs({ kind }: KnownLetter): boolean {
  const kinds: readonly string[] = [...internalKinds, 'alarm', 'digest']
  return kinds.includes(kind) || kind.startsWith('report-')
}

function alarmOf(mail: InboundMail, inboundId: bigint, letter: KnownLetter, { config, now }: PlanContext) {
  // The bounce of an alarm raises none: that would be a loop of two.
  if (letter.kind === 'alarm' || letter.kind === 'digest') return []
  const words = mail.content.bounce?.recipients[0]?.diagnosticCode ?? mail.content.bounce?.reason ?? ''
  const detail = `${letter.kind} to ${letter.recipient}: ${words}`
  const command = `gateway why ${inboundId}`
  return alarms(
    mail.position.mailbox,
    { event: 'letter-failed', code: 'bounced', detail, command },
    config,
    now,
  )
}
