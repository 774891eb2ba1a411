import { isOwnTicket } from './agent-mail.ts'
import { answerFor, noticeFor } from './answer.ts'
import type { Facts } from './facts.ts'
import type { InboundMail } from './inbound.ts'
import { mayReopen } from './loop-budget.ts'
import { hit, miss, type Rule, type Verdict } from './rule.ts'
import { isReopenable } from './threading.ts'
import type { Ticket } from './ticket.ts'

/**
 * How a mail finds its ticket, from the surest sign to the weakest. Whoever was sent a letter of ours, or a signed
 * address, was let in by somebody who is inside, and is inside from now on. Everything else can be guessed, copied from
 * an old mail or read aloud on the phone: it counts for those who take part already, and a stranger's mail is held,
 * beside the ticket it speaks of, until a human has looked at it.
 */

/**
 * The mail goes into this ticket, or begins one that follows it where it was closed too long ago. What comes from an
 * agent's address without the proofs of agent-mail.ts is kept on the ticket, goes to nobody and changes nothing.
 */
export function joins(
  ticket: Ticket,
  because: string,
  mail: InboundMail,
  facts: Facts,
  now: Temporal.Instant,
): Verdict {
  const notice = noticeFor(ticket, facts)
  if (facts.agent && !isOwnTicket(mail.content, ticket))
    return hit(because, { kind: 'add-entry', ticket, entry: 'agent-mail', reopens: false, notice })
  if (ticket.state === 'resolved' && !isReopenable(ticket, facts.reopenDays, now))
    return hit(`${because}, which was closed more than ${facts.reopenDays} days ago: a new one follows it`, {
      kind: 'open-ticket',
      answer: answerFor(mail, facts, now),
      follows: ticket,
    })
  const entry = { kind: 'add-entry', ticket, entry: 'customer-mail', notice } as const
  if (ticket.state === 'open') return hit(because, { ...entry, reopens: false })
  const counts = facts.ticketCounts[ticket.id]
  const permission = counts ? mayReopen(counts, facts.budgets) : { allowed: true as const }
  return permission.allowed
    ? hit(`${because}, which it opens again`, { ...entry, reopens: true })
    : hit(`${because}, which stays as it is: ${permission.reason}`, { ...entry, reopens: false })
}

/** Held: visible on the ticket and to its agents, part of it only when one of them says so. */
function strangerAt(ticket: Ticket, because: string, { content }: InboundMail, facts: Facts): Verdict {
  const sender = content.from?.address ?? 'nobody'
  return hit(`${because}, but ${sender} takes no part in it`, {
    kind: 'hold',
    ticket,
    reason: 'stranger',
    detail: { sender },
    notice: noticeFor(ticket, facts),
  })
}

/** The signature in the address is the proof: no letter with it went to anybody but a participant. */
export const byReplyAddress: Rule = {
  name: 'reply-address',
  judge: (mail, facts, now) =>
    facts.ticketByToken
      ? joins(
          facts.ticketByToken,
          `it was sent to the signed reply address of ticket ${facts.ticketByToken.number}`,
          mail,
          facts,
          now,
        )
      : miss('it was not sent to a signed reply address'),
}

function byNamedMail(name: string, field: string, find: (facts: Facts) => Ticket | undefined): Rule {
  return {
    name,
    judge: (mail, facts, now) => {
      const ticket = find(facts)
      if (!ticket) return miss(`${field} no mail we know`)
      if (facts.ourLettersNamed.has(ticket.id))
        return joins(ticket, `${field} a letter of ours about ticket ${ticket.number}`, mail, facts, now)
      const because = `${field} a mail of ticket ${ticket.number}`
      return facts.participantOf.has(ticket.id)
        ? joins(ticket, because, mail, facts, now)
        : strangerAt(ticket, because, mail, facts)
    },
  }
}

export const byInReplyTo = byNamedMail('in-reply-to', 'In-Reply-To names', facts => facts.ticketByInReplyTo)
export const byReferences = byNamedMail('references', 'References name', facts => facts.ticketByReferences)

/** For servers and clients that strip or rewrite every header of a thread, but quote our letter. */
export const byMarker: Rule = {
  name: 'marker',
  judge: (mail, facts, now) => {
    const ticket = facts.ticketByMarker
    if (!ticket) return miss('its text holds no signed marker')
    const because = `its text holds the signed marker of ticket ${ticket.number}`
    return facts.participantOf.has(ticket.id)
      ? joins(ticket, because, mail, facts, now)
      : strangerAt(ticket, because, mail, facts)
  },
}

export const byConversation: Rule = {
  name: 'conversation',
  judge: (mail, facts, now) => {
    const ticket = facts.ticketByConversation
    if (!ticket) return miss("no recent ticket of the sender shares Outlook's conversation and the subject")
    return joins(
      ticket,
      `Outlook's conversation and the subject are those of ticket ${ticket.number}, in which the sender takes part`,
      mail,
      facts,
      now,
    )
  },
}

export const bySubjectNumber: Rule = {
  name: 'subject-number',
  judge: (mail, facts, now) => {
    if (!facts.ticketBySubject) return miss('its subject holds no ticket number')
    const { ticket, marked } = facts.ticketBySubject
    const because = `its subject holds the number of ticket ${ticket.number}`
    if (facts.participantOf.has(ticket.id)) return joins(ticket, because, mail, facts, now)
    if (!marked) return miss(`${because} as bare digits, from somebody who takes no part in it`)
    return strangerAt(ticket, because, mail, facts)
  },
}
