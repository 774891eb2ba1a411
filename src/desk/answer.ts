import type { Answer } from './decide.ts'
import type { Facts } from './facts.ts'
import type { InboundMail } from './inbound.ts'
import { mayWriteTo } from './loop-budget.ts'
import type { MailContent } from './mail-content.ts'

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
  const ageHours = now.since(mail.receivedAt).total('hours')
  if (ageHours > facts.budgets.maxAgeDays * 24)
    return refuse(`it is older than ${facts.budgets.maxAgeDays} days; an automatic answer would only confuse`)
  const budget = mayWriteTo(facts.counts, facts.budgets)
  return budget.allowed ? { send: true } : refuse(budget.reason)
}
