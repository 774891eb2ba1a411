import { randomUUID } from 'node:crypto'
import type { HoldQuestionData } from '../desk/agent-notice.ts'
import type { Hold } from '../desk/decide.ts'
import type { InboundMail } from '../desk/inbound.ts'
import { sendableAttachments } from '../desk/visible-attachments.ts'
import { type LetterRow, letterRow } from '../outbox/enqueue.ts'
import { groupOf } from './agent-notices.ts'
import type { Plan, PlanContext } from './plan.ts'

/** A mail that waits for a human: its row, and the question to those who can decide. */

/** Enough to judge by; the whole mail is one command away. */
const excerptLength = 2000

export function planHold(
  plan: Plan,
  mail: InboundMail,
  inboundId: bigint,
  hold: Hold,
  context: PlanContext,
): void {
  plan.held.push({
    id: randomUUID(),
    inboundId,
    ticketId: hold.ticket?.id ?? null,
    reason: hold.reason,
    detail: detailOf(mail, hold),
    agent: hold.askAgent ?? null,
    state: 'held',
    heldAt: new Date(context.now.epochMilliseconds),
    decidedAt: null,
    decision: null,
  })
  if (hold.notice.send) plan.letters.push(...questions(mail, inboundId, hold, context))
}

type PlanDetail = Plan['held'][number]['detail']

/** With the words of an answer that only waits for "#send", its attachments are kept at hand as well. */
function detailOf({ content }: InboundMail, { detail }: Hold): PlanDetail {
  const attachments = typeof detail.words === 'string' ? { attachments: sendableAttachments(content) } : {}
  return { ...detail, ...attachments } as unknown as PlanDetail
}

/**
 * To the agent who is said to have written, at the configured address and never at the mail's own; else to the agents of
 * the ticket. Who pretends to be an agent learns nothing: the question goes past him.
 */
function questions(mail: InboundMail, inboundId: bigint, hold: Hold, context: PlanContext): LetterRow[] {
  const { config, now } = context
  const { ticket, askAgent } = hold
  const mailbox = ticket?.mailbox ?? mail.position.mailbox
  const address = config.mailboxes[mailbox]?.address ?? ''
  const domain = address.slice(address.lastIndexOf('@') + 1)
  const group = ticket?.group ?? config.mailboxes[mailbox]?.group ?? ''
  const references = ticket ? [`<ticket${ticket.number}.notices@${domain}>`] : []
  const envelope = { ticketId: ticket?.id ?? null, mailbox, domain, thread: { inReplyTo: null, references } }
  const office = ticket?.office ?? config.mailboxes[mailbox]?.office ?? ''
  const asked = askAgent === undefined ? groupOf({ group, office }, context) : [askAgent]
  return asked.flatMap(key => {
    const agent = config.agents[key]
    const [recipient] = agent?.addresses ?? []
    if (!agent || !recipient) return []
    const data = questionData(mail, inboundId, hold, key, context)
    return [letterRow({ kind: 'hold-question', language: agent.language, recipient, data }, envelope, now)]
  })
}

function questionData(
  mail: InboundMail,
  inboundId: bigint,
  { ticket, reason, detail }: Hold,
  agent: string,
  { config }: PlanContext,
): HoldQuestionData {
  const { content } = mail
  return {
    agent,
    ticketNumber: ticket?.number ?? null,
    subject: content.subject.slice(0, 500).toWellFormed(),
    office: ticket?.office ?? config.mailboxes[mail.position.mailbox]?.office ?? '',
    reason,
    because: typeof detail.because === 'string' ? detail.because : '',
    sender: content.from?.address ?? '',
    receivedAt: mail.receivedAt.toString(),
    excerpt: (content.replyText || content.text).slice(0, excerptLength).toWellFormed(),
    heldId: String(inboundId),
    byReply: ticket !== undefined && typeof detail.words === 'string',
  }
}
