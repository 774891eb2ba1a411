import { describe, expect, it } from 'vitest'
import { decide } from '../../src/desk/decide.ts'
import type { Facts } from '../../src/desk/facts.ts'
import type { MailContent } from '../../src/desk/mail-content.ts'
import { rules } from '../../src/desk/rules.ts'
import { factsLike, mailLike, noon, ticket } from './mail-example.ts'

const letter = { id: 'l1', kind: 'auto-reply', recipient: 'petra@kunde.example.com', ticketId: ticket.id }

interface Case {
  readonly name: string
  readonly mail?: Partial<MailContent>
  readonly facts?: Partial<Facts>
  readonly rule: string
  readonly action: object
}

const cases: readonly Case[] = [
  {
    name: 'a first mail opens a ticket and is answered',
    rule: 'new-ticket',
    action: { kind: 'open-ticket', answer: { send: true } },
  },
  {
    name: 'the same mail again is noted and answered by nothing',
    facts: { original: { inboundId: 4n, ticketId: ticket.id } },
    rule: 'duplicate',
    action: { kind: 'note-duplicate', originalId: 4n, ticketId: ticket.id },
  },
  {
    name: 'a letter of ours that comes back is only noted',
    mail: {
      from: { address: 'Support@example.com', name: '' },
      ownMark: { instance: 'gateway', kind: 'auto-reply' },
    },
    facts: { ownLetter: letter },
    rule: 'own-mail',
    action: { kind: 'note-own-mail', letter },
  },
  {
    name: 'a stranger who repeats the Message-ID of our letter is not taken for us',
    facts: { ownLetter: letter },
    rule: 'new-ticket',
    action: { kind: 'open-ticket', answer: { send: true } },
  },
  {
    name: 'the mark of another gateway is machine mail, so that two gateways do not talk to each other',
    mail: { ownMark: { instance: 'elsewhere', kind: 'auto-reply' } },
    rule: 'machine-mail',
    action: { kind: 'note-machine-mail', ticket: undefined, returnedLetter: undefined, tellAgents: false },
  },
  {
    name: "what another company's agent writes through a gateway is a human's mail, and answered like one",
    mail: { ownMark: { instance: 'elsewhere', kind: 'agent-answer' } },
    rule: 'new-ticket',
    action: { kind: 'open-ticket', answer: { send: true } },
  },
  {
    name: 'what cannot be read goes to quarantine',
    mail: { classification: 'unparseable', defects: ['empty'] },
    rule: 'unreadable',
    action: { kind: 'quarantine', code: 'unparseable', detail: 'empty' },
  },
  {
    name: 'a mail from before the start is recorded and left alone',
    facts: { since: noon },
    rule: 'before-start',
    action: { kind: 'note-before-start' },
  },
  {
    name: 'an absence note shows on the ticket and reopens nothing',
    mail: { classification: 'auto-reply' },
    facts: { ticketByInReplyTo: ticket, ourLettersNamed: new Set([ticket.id]) },
    rule: 'machine-mail',
    action: { kind: 'note-machine-mail', ticket, returnedLetter: undefined, tellAgents: false },
  },
  {
    name: 'a hard bounce of our letter shows on its ticket and is told to the agents',
    mail: {
      classification: 'bounce',
      bounce: { recipients: [], kind: 'hard', reason: 'user-unknown', originalMessageId: '<l1@example.com>' },
    },
    facts: { returnedLetter: letter, ticketOfReturnedLetter: ticket },
    rule: 'machine-mail',
    action: { kind: 'note-machine-mail', ticket, returnedLetter: letter, tellAgents: true },
  },
  {
    name: 'backscatter, a bounce of a mail that is not ours, tells nobody',
    mail: {
      classification: 'bounce',
      bounce: { recipients: [], kind: 'hard', reason: 'user-unknown', originalMessageId: '<x@elsewhere>' },
    },
    rule: 'machine-mail',
    action: { kind: 'note-machine-mail', ticket: undefined, returnedLetter: undefined, tellAgents: false },
  },
  {
    name: "a machine that names a customer's mail shows on no ticket: anybody can name it",
    mail: { classification: 'auto-generated' },
    facts: { ticketByReferences: ticket },
    rule: 'machine-mail',
    action: { kind: 'note-machine-mail', ticket: undefined, returnedLetter: undefined, tellAgents: false },
  },
  {
    name: 'an agent who writes to the customer and lets the desk know is kept on the ticket, and goes to nobody',
    mail: {
      from: { address: 'anna@example.com', name: 'Anna' },
      cc: [{ address: 'petra@kunde.example.com', name: '' }],
    },
    facts: { ticketByToken: ticket, agent: { key: 'anna', name: 'Anna' } },
    rule: 'reply-address',
    action: { kind: 'add-entry', ticket, entry: 'agent-mail', reopens: false, notice: { send: true } },
  },
  {
    name: 'an agent who is the customer is treated as one',
    mail: { from: { address: 'anna@example.com', name: 'Anna' } },
    facts: {
      ticketByToken: { ...ticket, customerAddress: 'Anna@example.com' },
      agent: { key: 'anna', name: 'Anna' },
    },
    rule: 'reply-address',
    action: {
      kind: 'add-entry',
      ticket: { ...ticket, customerAddress: 'Anna@example.com' },
      entry: 'customer-mail',
      reopens: false,
      notice: { send: true },
    },
  },
  {
    name: 'an agent who answers without the reply address of their own is asked, and nothing is sent',
    mail: { from: { address: 'anna@example.com', name: 'Anna' } },
    facts: { ticketByInReplyTo: ticket, agent: { key: 'anna', name: 'Anna' } },
    rule: 'agent-mail',
    action: {
      kind: 'hold',
      ticket,
      reason: 'agent-address-missing',
      detail: { because: expect.stringContaining('anna') },
      notice: { send: true },
      askAgent: 'anna',
    },
  },
]

const answerCases: readonly (Omit<Case, 'rule' | 'action'> & { because: RegExp })[] = [
  {
    name: 'who forbids answers gets none',
    mail: { autoReplyAllowed: false, autoReplyReasons: ['X-Auto-Response-Suppress: All'] },
    because: /X-Auto-Response-Suppress: All/,
  },
  { name: 'nobody gets none', mail: { from: null }, because: /no address/ },
  {
    name: 'we do not answer ourselves',
    mail: { from: { address: 'HILFE@example.com', name: '' } },
    because: /ourselves/,
  },
  {
    name: 'a Reply-To that leads back to us is not answered',
    mail: { replyTo: [{ address: 'support@example.com', name: '' }] },
    because: /ourselves/,
  },
  {
    name: 'an address that a server called unknown gets none',
    facts: { suppressedUntil: noon.add({ hours: 24 }) },
    because: /called petra@kunde.example.com unknown/,
  },
  {
    name: 'the budget of an address ends',
    facts: { counts: { ...factsLike().counts, addressLastHour: 3, addressLastDay: 3 } },
    because: /./,
  },
]

describe('decide', () => {
  it.each(cases)('$name', ({ mail, facts, rule, action }) => {
    const decision = decide(mailLike(mail), factsLike(facts), noon)
    expect(decision.rule).toBe(rule)
    expect(decision.action).toEqual(action)
  })

  it.each(answerCases)('a ticket is opened all the same: $name', ({ mail, facts, because }) => {
    const { action } = decide(mailLike(mail), factsLike(facts), noon)
    expect(action).toMatchObject({
      kind: 'open-ticket',
      answer: { send: false, because: expect.stringMatching(because) },
    })
  })

  it('does not answer a mail that is older than the set days', () => {
    const old = { ...mailLike(), receivedAt: noon.subtract({ hours: 8 * 24 }) }
    expect(decide(old, factsLike(), noon).action).toMatchObject({
      answer: { send: false, because: expect.stringMatching(/older than 7 days/) },
    })
  })

  it('tells of every rule that was tried why it did not hit, and of the one that did why it did', () => {
    const { trail } = decide(mailLike(), factsLike(), noon)
    expect(trail.map(step => step.rule)).toEqual([...rules.map(rule => rule.name), 'auto-reply'])
    expect(trail.filter(step => step.hit).map(step => step.rule)).toEqual(['new-ticket', 'auto-reply'])
    expect(trail.every(step => step.because.length > 0)).toBe(true)
  })
})
