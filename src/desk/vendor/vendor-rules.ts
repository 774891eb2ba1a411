import { noticeFor } from '../answer.ts'
import type { Facts } from '../facts.ts'
import type { InboundMail } from '../inbound.ts'
import { kindsByHumans } from '../loop-budget.ts'
import { hit, miss, type Rule, type Verdict } from '../rule.ts'
import { proveSender } from '../sender-proof.ts'
import type { Ticket } from '../ticket.ts'
import { judgeCaseAgent } from './case-agent.ts'
import { type CaseSign, isProof, type VendorCaseFacts, type VendorFacts } from './facts.ts'

/**
 * The sealed threads with manufacturers. These rules stand above all that find a ticket: whatever speaks of a case goes to
 * the case or is held, and never into a ticket's history, where words may reach a customer.
 */

/** Agents answer what they were told of a case: their words go to the manufacturer, or their commands to us. */
export const vendorAgent: Rule = {
  name: 'vendor-agent',
  judge: (mail, facts) => {
    if (!facts.vendors) return miss('nothing in it points to a case at a manufacturer')
    const verdict = judgeCaseAgent(mail, { ...facts, vendors: facts.vendors })
    if (verdict.kind === 'none') return miss(verdict.because)
    if (verdict.kind === 'hold')
      return holdAt(verdict.case, verdict.reason, verdict.because, facts, verdict.agent)
    const { case: about, agent, said, because } = verdict
    return hit(`agent ${agent.key} speaks about case ${about.number}: ${because}`, {
      ...{ kind: 'vendor-agent', case: about, agent, verdict: said },
    })
  },
}

const signWords: Readonly<Record<CaseSign, string>> = {
  'reply-address': 'it was sent to the signed reply address of',
  'in-reply-to': 'In-Reply-To names our letter about',
  references: 'References name our letter about',
  number: 'its subject holds the number of',
  reference: "its subject holds the manufacturer's number of",
  'named-mail': 'it names an earlier mail of',
}

export const vendorMail: Rule = {
  name: 'vendor-mail',
  judge: (mail, facts) => {
    const { vendors } = facts
    if (vendors?.returnedCase && isBounce(mail))
      return hit(`it says what became of our letter about case ${vendors.returnedCase.number}`, {
        ...{ kind: 'vendor-mail', case: vendors.returnedCase, by: 'bounce' },
      })
    if (!vendors?.matter) return miss('nothing in it points to a case at a manufacturer')
    return judgeMatter(mail, facts, vendors, vendors.matter)
  },
}

function judgeMatter(
  mail: InboundMail,
  facts: Facts,
  { fromVendor, fromCustomer, fromCustomersDomain }: VendorFacts,
  { case: about, sign }: NonNullable<VendorFacts['matter']>,
): Verdict {
  const { content } = mail
  const because = `${signWords[sign]} case ${about.number}`
  const sender = content.from?.address ?? 'nobody'
  const isProven = isProof(sign)
  if (!isProven && !fromVendor)
    return miss(`${because}, but ${sender} is none of this manufacturer's addresses`)
  // A customer who got hold of the address, in a forwarded mail: neither the case's words nor the ticket's, unseen.
  if (fromCustomer && !fromVendor)
    return holdAt(about, 'vendor-stranger', `${because}, but ${sender} takes part in the ticket`, facts)
  const by = isMachine(mail) ? 'machine' : 'vendor'
  // The manufacturer's letter was passed on to a colleague of the customer's, or the two use one provider.
  if (fromCustomersDomain && !fromVendor)
    return holdAt(
      ...([about, 'vendor-unproven'] as const),
      `${because}, but ${sender} writes from the domain of somebody who takes part in the ticket`,
      facts,
    )
  if (isProven) return hit(because, { kind: 'vendor-mail', case: about, by })
  const proof = proveSender(content.authentication)
  return proof.proven
    ? hit(`${because}, and ${proof.because}`, { kind: 'vendor-mail', case: about, by })
    : holdAt(about, 'vendor-unproven', `${because}, but nothing proves its sender: ${proof.because}`, facts)
}

/**
 * A customer forwarded our letter to the manufacturer, or gave it the ticket's number: what it answers there belongs to the
 * sealed thread and would otherwise stand among the customer's words, and the manufacturer among those who are answered.
 */
export const vendorOnTicket: Rule = {
  name: 'vendor-on-ticket',
  judge: (mail, facts) => {
    const { ownCases = [] } = facts.vendors ?? {}
    const behind = (ticket: Ticket | undefined) => {
      if (!ticket || facts.participantOf.has(ticket.id)) return undefined
      return ownCases.find(({ ticketId }) => ticketId === ticket.id)
    }
    const about = [
      ...[facts.ticketByToken, facts.ticketByInReplyTo, facts.ticketByReferences, facts.ticketByMarker],
      facts.ticketBySubject?.ticket,
    ].flatMap(ticket => behind(ticket) ?? [])[0]
    if (!about || isBounce(mail)) return miss('no manufacturer writes on the ticket behind its case')
    const sender = mail.content.from?.address ?? 'nobody'
    const because = `${sender} is the manufacturer of case ${about.number} and writes on the customer's ticket behind it`
    return isMachine(mail)
      ? hit(because, { kind: 'vendor-mail', case: about, by: 'machine' })
      : holdAt(about, 'vendor-on-ticket', because, facts)
  },
}

function isBounce({ content }: InboundMail): boolean {
  return content.classification === 'bounce' || content.classification === 'spam-report'
}

function isMachine({ content }: InboundMail): boolean {
  const { classification, ownMark } = content
  return classification !== 'customer' || (ownMark !== null && !kindsByHumans.includes(ownMark.kind))
}

/** The case stands in the detail, and no ticket: whoever decides can put it into the case and nowhere else. */
function holdAt(
  about: VendorCaseFacts,
  reason: string,
  because: string,
  facts: Facts,
  agent = about.agent,
): Verdict {
  return hit(because, {
    kind: 'hold',
    ticket: undefined,
    reason,
    detail: { because, vendorCaseId: about.id, caseNumber: about.number },
    notice: noticeFor(undefined, facts),
    askAgent: agent,
  })
}
