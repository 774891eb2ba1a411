import { describe, expect, it } from 'vitest'
import { decide } from '../../src/desk/decide.ts'
import type { Facts } from '../../src/desk/facts.ts'
import type { MailContent } from '../../src/desk/mail-content.ts'
import type { Ticket } from '../../src/desk/ticket.ts'
import { factsLike, mailLike, noon, ticket } from './mail-example.ts'

const other: Ticket = { ...ticket, id: '00000000-0000-4000-8000-000000000002', number: '1000029' }
const member = { participantOf: new Set([ticket.id, other.id]) }
const joins = { kind: 'add-entry', ticket, entry: 'customer-mail', reopens: false, notice: { send: true } }
const held = {
  kind: 'hold',
  ticket,
  reason: 'stranger',
  detail: { sender: 'petra@kunde.example.com' },
  notice: { send: true },
}

interface Case {
  readonly name: string
  readonly mail?: Partial<MailContent>
  readonly facts: Partial<Facts>
  readonly rule: string
  readonly action: object
}

const cases: readonly Case[] = [
  {
    name: 'the signed reply address wins over the headers and lets anybody in',
    facts: { ticketByToken: ticket, ticketByInReplyTo: other },
    rule: 'reply-address',
    action: joins,
  },
  {
    name: 'In-Reply-To wins over References',
    facts: { ...member, ticketByInReplyTo: ticket, ticketByReferences: other },
    rule: 'in-reply-to',
    action: joins,
  },
  {
    name: 'References find the ticket where In-Reply-To was lost',
    facts: { ...member, ticketByReferences: ticket },
    rule: 'references',
    action: joins,
  },
  {
    name: 'a letter of ours in In-Reply-To lets in a colleague to whom the customer forwarded it',
    facts: { ticketByInReplyTo: ticket, ourLettersNamed: new Set([ticket.id]) },
    rule: 'in-reply-to',
    action: joins,
  },
  {
    name: 'a letter of ours in References lets in whoever answers to all (osTicket#1426)',
    facts: { ticketByReferences: ticket, ourLettersNamed: new Set([ticket.id]) },
    rule: 'references',
    action: joins,
  },
  {
    name: "a stranger who names the customer's own mail is held: the id was in every copy of it",
    facts: { ticketByInReplyTo: ticket },
    rule: 'in-reply-to',
    action: held,
  },
  {
    name: 'a stranger by References is held',
    facts: { ticketByReferences: ticket, ourLettersNamed: new Set([other.id]) },
    rule: 'references',
    action: held,
  },
  {
    name: 'the marker in the quoted text finds the ticket where Outlook stripped the headers (chatwoot#10028)',
    facts: { ...member, ticketByMarker: ticket },
    rule: 'marker',
    action: joins,
  },
  {
    name: 'a stranger with a genuine marker is held: quoted letters are passed on',
    facts: { ticketByMarker: ticket },
    rule: 'marker',
    action: held,
  },
  {
    name: "Outlook's conversation with the same subject joins",
    facts: { ...member, ticketByConversation: ticket, ticketBySubject: { ticket: other, marked: true } },
    rule: 'conversation',
    action: joins,
  },
  {
    name: 'the number in the subject joins for whoever takes part, also as bare digits',
    facts: { ...member, ticketBySubject: { ticket, marked: false } },
    rule: 'subject-number',
    action: joins,
  },
  {
    name: "a stranger with a ticket's number is held and lands in nobody's ticket (zammad#5064)",
    facts: { ticketBySubject: { ticket, marked: true } },
    rule: 'subject-number',
    action: held,
  },
  {
    name: 'an order number that happens to be a ticket opens a ticket of its own',
    facts: { ticketBySubject: { ticket, marked: false } },
    rule: 'new-ticket',
    action: { kind: 'open-ticket', answer: { send: true } },
  },
  {
    name: 'the same sender with the same subject is proposed, never joined (freescout#4958)',
    facts: { ...member, ticketLikely: ticket },
    rule: 'new-ticket',
    action: { kind: 'open-ticket', answer: { send: true }, likely: ticket },
  },
]

const closed = (days: number): Ticket => ({
  ...ticket,
  state: 'resolved',
  closedAt: noon.subtract({ hours: days * 24 }),
})

describe('threading', () => {
  it.each(cases)('$name', ({ mail, facts, rule, action }) => {
    const decision = decide(mailLike(mail), factsLike(facts), noon)
    expect(decision.rule).toBe(rule)
    expect(decision.action).toEqual(action)
  })

  it('opens a closed ticket again within the set days, to the hour', () => {
    const { action } = decide(mailLike(), factsLike({ ticketByToken: closed(14) }), noon)
    expect(action).toEqual({ ...joins, ticket: closed(14), reopens: true })
  })

  it('begins a new ticket, linked and answered, where the old one was closed earlier (zammad#5341)', () => {
    const { action, rule } = decide(mailLike(), factsLike({ ticketByToken: closed(15) }), noon)
    expect(rule).toBe('reply-address')
    expect(action).toEqual({ kind: 'open-ticket', answer: { send: true }, follows: closed(15) })
  })

  it('wakes a ticket that waited for the customer', () => {
    const waiting: Ticket = { ...ticket, state: 'waiting', waitingUntil: noon.add({ hours: 48 }) }
    expect(decide(mailLike(), factsLike({ ticketByToken: waiting }), noon).action).toMatchObject({
      kind: 'add-entry',
      reopens: true,
    })
  })

  it('stops opening a ticket again and again, and keeps the mail all the same (alga-psa#2772)', () => {
    const ticketCounts = { [ticket.id]: { last10Minutes: 0, lastHour: 0, reopensLastHour: 3 } }
    const { action, trail } = decide(mailLike(), factsLike({ ticketByToken: closed(1), ticketCounts }), noon)
    expect(action).toMatchObject({ kind: 'add-entry', reopens: false })
    expect(trail.at(-1)?.because).toContain('budgets.reopensPerHour is 3')
  })

  it('tells the agents of no more mails of a ticket than its budget allows, and says so', () => {
    const ticketCounts = { [ticket.id]: { last10Minutes: 10, lastHour: 10, reopensLastHour: 0 } }
    const { action, trail } = decide(mailLike(), factsLike({ ticketByToken: ticket, ticketCounts }), noon)
    expect(action).toMatchObject({ kind: 'add-entry', notice: { send: false } })
    expect(trail.at(-1)).toMatchObject({
      rule: 'agent-notice',
      hit: false,
      because: expect.stringContaining('budgets.ticketPer10Minutes is 10'),
    })
  })

  it.each(['auto-reply', 'auto-generated', 'list', 'bounce'] as const)(
    'never opens a closed ticket again for a machine: %s',
    classification => {
      const facts = factsLike({ ticketByToken: closed(1), ticketByInReplyTo: closed(1) })
      const { action } = decide(mailLike({ classification }), facts, noon)
      expect(action.kind).toBe('note-machine-mail')
    },
  )
})
