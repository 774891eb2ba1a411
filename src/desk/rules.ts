import { judgeAgentMail } from './agent-mail.ts'
import { answerFor, noticeFor } from './answer.ts'
import type { Action } from './decide.ts'
import type { Facts } from './facts.ts'
import { feedbackReply } from './feedback/feedback-rule.ts'
import { kindsByHumans } from './loop-budget.ts'
import { hit, miss, type Rule } from './rule.ts'
import {
  byConversation,
  byInReplyTo,
  byMarker,
  byReferences,
  byReplyAddress,
  bySubjectNumber,
} from './threading-rules.ts'
import { vendorAgent, vendorMail, vendorOnTicket } from './vendor/vendor-rules.ts'

/**
 * The intake policy, read from top to bottom: the first rule that hits decides what becomes of a mail. Each rule
 * says in words why it did or did not hit; that sentence is what "why?" answers with later.
 */

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
    // Another company's agent answers through a gateway as well: those are a human's words, and the desk's to read.
    if (classification === 'customer' && content.ownMark && !kindsByHumans.includes(content.ownMark.kind))
      return hit(
        `it carries the mark of gateway "${content.ownMark.instance}"`,
        noteMachineMail(facts, false),
      )
    if (classification === 'customer') return miss('nothing marks it as machine mail')
    const ours = facts.returnedLetter !== undefined
    const failed = ours && (bounce?.kind === 'hard' || classification === 'spam-report')
    return hit(`it is machine mail: ${classification}`, noteMachineMail(facts, failed))
  },
}

function noteMachineMail(facts: Facts, tellAgents: boolean): Action {
  const named = facts.ticketByInReplyTo ?? facts.ticketByReferences
  // A machine that answers us names our letter; anybody can name a mail that a customer once sent him.
  const ours = named && (facts.ourLettersNamed.has(named.id) || facts.participantOf.has(named.id))
  const ticket = facts.ticketOfReturnedLetter ?? facts.ticketByToken ?? (ours ? named : undefined)
  return {
    kind: 'note-machine-mail',
    ticket,
    returnedLetter: facts.returnedLetter,
    tellAgents: tellAgents && noticeFor(ticket, facts).send,
  }
}

/** Agents answer notices from their mail client: see agent-mail.ts for what proves that it is one of them. */
const agentMail: Rule = {
  name: 'agent-mail',
  judge: (mail, facts) => {
    const verdict = judgeAgentMail(mail, facts)
    const { because } = verdict
    if (verdict.kind === 'none') return miss(because)
    if (verdict.kind !== 'hold')
      return hit(because, {
        kind: 'agent-mail',
        ticket: verdict.ticket,
        agent: verdict.agent,
        verdict,
        notice: noticeFor(verdict.ticket, facts),
      })
    const { ticket, reason, agent, words } = verdict
    return hit(because, {
      kind: 'hold',
      ticket,
      reason,
      detail: { because, ...(words === undefined ? {} : { words }) },
      notice: noticeFor(ticket, facts),
      ...(agent === undefined ? {} : { askAgent: agent }),
    })
  },
}

const newTicket: Rule = {
  name: 'new-ticket',
  judge: (mail, facts, now) => {
    const answer = answerFor(mail, facts, now)
    const likely = facts.ticketLikely
    if (!likely) return hit('it belongs to no ticket yet', { kind: 'open-ticket', answer })
    return hit(
      `nothing but sender and subject says that it belongs to ticket ${likely.number}; the agents are told of that one`,
      { kind: 'open-ticket', answer, likely },
    )
  },
}

export const rules: readonly Rule[] = [
  duplicate,
  ownMail,
  unreadable,
  beforeStart,
  vendorAgent,
  vendorMail,
  vendorOnTicket,
  machineMail,
  agentMail,
  feedbackReply,
  byReplyAddress,
  byInReplyTo,
  byReferences,
  byMarker,
  byConversation,
  bySubjectNumber,
  newTicket,
]
