import type { FeedbackTaskData } from '../../desk/feedback/notice-data.ts'
import type { Unhappiness, Vote, VoteWay } from '../../desk/feedback/vote.ts'
import { isOpen, nextOpening } from '../../desk/office-hours.ts'
import { derivationSentence } from '../../desk/promise/derivation-words.ts'
import { enqueue, letterRow } from '../../outbox/enqueue.ts'
import type { Tx } from '../../store/database.ts'
import type { Guarantee } from '../../store/generated/client.ts'
import { agentEnvelope } from '../agent-notices.ts'
import { instantOf } from '../calls/call-rows.ts'
import { channelFor } from '../calls/customer-channel.ts'
import { toldTicket } from '../calls/told-ticket.ts'
import { stepsOf } from '../promises/guarantee-row.ts'
import { measuresOf } from '../promises/measures.ts'
import { officeNamed, type PromiseDeps } from '../promises/promise-deps.ts'
import { managersNow } from './manager-contact.ts'

/** The letters that follow from a vote, in the transaction that records it. */

export interface Unhappy {
  readonly ticketId: string
  readonly why: readonly Unhappiness[]
  readonly vote: Omit<Vote, 'wantsManager'>
  readonly how: VoteWay
  readonly guarantee: Guarantee
  readonly now: Temporal.Instant
}

/**
 * One to each who is the manager, with all that is needed to get in touch by pressing Reply. Outside office hours it waits
 * for whoever is there when the office opens: the minutes of the promise do not run before that, and a letter that is
 * not due yet is not late.
 */
export async function tellManagers(
  tx: Tx,
  deps: PromiseDeps,
  { ticketId, why, vote, how, guarantee, now }: Unhappy,
): Promise<void> {
  const { config } = deps
  const { ticket, row } = await toldTicket(tx, ticketId)
  const measures = await measuresOf(tx, ticket.id)
  const result = measures.findLast(({ of }) => of === 'result')?.text ?? ''
  const office = officeNamed(deps, ticket.office)
  const counted = {
    startedAt: instantOf(guarantee.startedAt),
    dueAt: instantOf(guarantee.dueAt),
    derivation: stepsOf(guarantee.derivation),
  }
  const { subject, customerName, customerAddress } = ticket
  const at = isOpen(now, office) ? now : nextOpening(now, office)
  const managers = await managersNow(tx, deps, ticket.office, at)
  const letters = managers.flatMap(key => {
    const agent = config.agents[key]
    const [recipient] = agent?.addresses ?? []
    if (!agent || !recipient) return []
    const { language } = agent
    const data: FeedbackTaskData = {
      ...{ agent: key, ticketNumber: ticket.number, subject, office: ticket.office, customerName },
      ...{ customerAddress, phone: row.customerPhone, why, how, result, isOpen: row.state !== 'resolved' },
      ...{ score: vote.score, solved: vote.solved, words: vote.words, dueAt: counted.dueAt.toString() },
      derivation: derivationSentence(counted, office, language),
    }
    return [
      letterRow({ kind: 'feedback-task', language, recipient, data }, agentEnvelope(ticket, config), at),
    ]
  })
  await enqueue(tx, letters)
}

/** To the customer who wrote us a mail and saw no page: until when the manager will get in touch. */
export async function tellCustomerOfManager(
  tx: Tx,
  deps: PromiseDeps,
  { ticketId, vote, guarantee, now }: Pick<Unhappy, 'ticketId' | 'vote' | 'guarantee' | 'now'>,
): Promise<void> {
  const { config } = deps
  const { ticket, subject } = await toldTicket(tx, ticketId)
  const way = await channelFor(tx, { ticket, numbers: [], config, now })
  if (way.by !== 'mail') return
  const { customerName, office, language } = ticket
  const { messageId, references } = ticket.customerThread
  const thread = { inReplyTo: messageId, references: messageId ? [...references, messageId] : references }
  const dueAt = instantOf(guarantee.dueAt).toString()
  const data = { ticketNumber: ticket.number, subject, customerName, office, dueAt, solved: vote.solved }
  const notice = { kind: 'feedback-answer', language, recipient: way.to, data } as const
  await enqueue(tx, [letterRow(notice, { ...agentEnvelope(ticket, config), thread }, now)])
}
