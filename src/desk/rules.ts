import { answerFor } from './answer.ts'
import type { Action } from './decide.ts'
import type { Facts } from './facts.ts'
import type { InboundMail } from './inbound.ts'
import type { Ticket } from './ticket.ts'

/**
 * The intake policy, read from top to bottom: the first rule that hits decides what becomes of a mail. Each rule
 * says in words why it did or did not hit; that sentence is what "why?" answers with later.
 */

export type Verdict =
  | { readonly hit: false; readonly because: string }
  | { readonly hit: true; readonly because: string; readonly action: Action }

export interface Rule {
  readonly name: string
  judge(mail: InboundMail, facts: Facts, now: Temporal.Instant): Verdict
}

const miss = (because: string): Verdict => ({ hit: false, because })
const hit = (because: string, action: Action): Verdict => ({ hit: true, because, action })

/** A copy: the same mail again after a change of UIDVALIDITY, moved back by hand, or in a second mailbox. */
const duplicate: Rule = {
  name: 'duplicate',
  judge: (_mail, { original }) =>
    original
      ? hit(`the same mail was taken in before as inbound ${original.inboundId}`, {
          kind: 'note-duplicate',
          originalId: original.inboundId,
          ticketId: original.ticketId,
        })
      : miss('its content has not been seen before'),
}

/**
 * One of our letters, back in our own mailbox. The mark in the header alone does not count: anybody can write it,
 * and it would make a customer's mail disappear. The Message-ID must be in the outbox, and the sender ours.
 */
const ownMail: Rule = {
  name: 'own-mail',
  judge: ({ content }, { ownLetter, ownAddresses }) => {
    if (!ownLetter) return miss('its Message-ID is not that of a letter of ours')
    if (!ownAddresses.has(content.from?.address.toLowerCase() ?? ''))
      return miss('it repeats the Message-ID of a letter of ours, but another address sent it')
    return hit('it is a letter of ours that came back', { kind: 'note-own-mail', letter: ownLetter })
  },
}

const unreadable: Rule = {
  name: 'unreadable',
  judge: ({ content }) =>
    content.classification === 'unparseable'
      ? hit('nothing in it can be read as a mail', {
          kind: 'quarantine',
          code: 'unparseable',
          detail: content.defects.join('; ') || 'no header fields were found',
        })
      : miss('it can be read'),
}

const beforeStart: Rule = {
  name: 'before-start',
  judge: (mail, { since }) =>
    since && Temporal.Instant.compare(mail.receivedAt, since) < 0
      ? hit(`the server received it before ${since}, the start set in the configuration`, {
          kind: 'note-before-start',
        })
      : miss(
          since
            ? 'it arrived after the start set in the configuration'
            : 'no start is set: the whole folder counts',
        ),
}

/** RFC 3834, RFC 3464 and their relatives: recorded, shown on the ticket it belongs to, never answered. */
const machineMail: Rule = {
  name: 'machine-mail',
  judge: ({ content }, facts) => {
    const { classification, bounce } = content
    if (classification === 'customer' && content.ownMark)
      return hit(
        `it carries the mark of gateway "${content.ownMark.instance}"`,
        noteMachineMail(facts, false),
      )
    if (classification === 'customer') return miss('nothing marks it as machine mail')
    const failed = bounce?.kind === 'hard' && facts.returnedLetter !== undefined
    return hit(`it is machine mail: ${classification}`, noteMachineMail(facts, failed))
  },
}

function noteMachineMail(facts: Facts, tellAgents: boolean): Action {
  const ticket =
    facts.ticketOfReturnedLetter ?? facts.ticketByToken ?? facts.ticketByInReplyTo ?? facts.ticketByReferences
  return { kind: 'note-machine-mail', ticket, returnedLetter: facts.returnedLetter, tellAgents }
}

/** Tries one way of finding the ticket. What an agent writes is kept on the ticket and goes to nobody by itself. */
function threading(
  name: string,
  find: (facts: Facts) => Ticket | undefined,
  found: string,
  notFound: string,
): Rule {
  return {
    name,
    judge: (_mail, facts) => {
      const ticket = find(facts)
      if (!ticket) return miss(notFound)
      return hit(`${found} ${ticket.number}`, {
        kind: 'add-entry',
        ticket,
        entry: facts.agent ? 'agent-mail' : 'customer-mail',
      })
    },
  }
}

const newTicket: Rule = {
  name: 'new-ticket',
  judge: (mail, facts, now) =>
    hit('it belongs to no ticket yet', { kind: 'open-ticket', answer: answerFor(mail, facts, now) }),
}

export const rules: readonly Rule[] = [
  duplicate,
  ownMail,
  unreadable,
  beforeStart,
  machineMail,
  threading(
    'reply-address',
    facts => facts.ticketByToken,
    'it was sent to the signed reply address of ticket',
    'it was not sent to a signed reply address',
  ),
  threading(
    'in-reply-to',
    facts => facts.ticketByInReplyTo,
    'In-Reply-To names a mail of ticket',
    'In-Reply-To names no mail we know',
  ),
  threading(
    'references',
    facts => facts.ticketByReferences,
    'References name a mail of ticket',
    'References name no mail we know',
  ),
  newTicket,
]
