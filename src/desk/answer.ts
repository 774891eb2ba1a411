import type { Answer } from './decide.ts'
import type { Facts } from './facts.ts'
import type { InboundMail } from './inbound.ts'
import { mayWriteAbout, mayWriteTo, noTicket } from './loop-budget.ts'
import type { MailContent } from './mail-content.ts'
import type { Ticket } from './ticket.ts'

/**
 * Where an automatic answer goes: to Reply-To where it names exactly one address (web forms write the customer
 * there), else to From. It only directs the answer; it never says who the sender is.
 */
export function answerAddress(content: MailContent): string | undefined {
  const [only, ...more] = content.replyTo
  return only && more.length === 0 ? only.address : content.from?.address
}

/** May the automatic answer to a new ticket be sent? If not, the reason, in words for "why?". */
export function answerFor(mail: InboundMail, facts: Facts, now: Temporal.Instant): Answer {
  const { content } = mail
  const refuse = (because: string): Answer => ({ send: false, because })
  if (!content.autoReplyAllowed)
    return refuse(content.autoReplyReasons.join('; ') || 'the mail asks for no answer')
  const address = answerAddress(content)
  if (!address) return refuse('it names no address to answer to')
  if (facts.ownAddresses.has(address.toLowerCase())) return refuse('the answer would go to ourselves')
  if (facts.suppressedUntil)
    return refuse(
      `a server called ${address} unknown: no automatic letters to it until ${facts.suppressedUntil}`,
    )
  const ageHours = now.since(mail.receivedAt).total('hours')
  if (ageHours > facts.budgets.maxAgeDays * 24)
    return refuse(`it is older than ${facts.budgets.maxAgeDays} days; an automatic answer would only confuse`)
  const budget = mayWriteTo(facts.counts, facts.budgets)
  return budget.allowed ? { send: true } : refuse(budget.reason)
}

/** May the agents be told of one more mail about this ticket? An agent's mailbox can be a robot as well. */
export function noticeFor(ticket: Ticket | undefined, facts: Facts): Answer {
  const counts = facts.ticketCounts[ticket?.id ?? noTicket]
  const budget = counts ? mayWriteAbout(counts, facts.budgets) : { allowed: true as const }
  return budget.allowed ? { send: true } : { send: false, because: budget.reason }
}
