import type { Email } from 'postal-mime'
import { beforeEach, describe, expect, it } from 'vitest'
import { internalMark } from '../../src/desk/internal-text.ts'
import { type DeskDay, openDeskDay, replyAbove } from './desk-day.ts'

const support = 'support@example.com'
const agent = 'jonas.brandt@example.com'
const customer = 'petra.lindner@example.org'

const question = {
  from: customer,
  to: support,
  subject: 'Rechnungsexport bricht ab',
  messageId: '<question.1@kunde.example.org>',
  text: 'Guten Tag,\n\nseit dem Update bricht der Rechnungsexport mit Fehler 217 ab.\n\nMit freundlichen Grüßen\nPetra Lindner\n',
}

let desk: DeskDay
let notice: Email & { readonly raw: string }

const replyTo = () => notice.replyTo?.[0]?.address ?? ''

beforeEach(async () => {
  desk = await openDeskDay()
  await desk.send(question)
  notice = await desk.mail(agent, 0)
  await desk.mail(customer, 0)
  return () => desk.close()
})

const answer = (words: string, more: object = {}) =>
  desk.send({
    from: agent,
    to: replyTo(),
    subject: `Re: ${notice.subject}`,
    inReplyTo: notice.messageId,
    text: replyAbove(words, notice),
    ...more,
  })

describe('an agent who presses Reply in an ordinary mail client', () => {
  it('answers the customer from the support address, in the thread of the customer, with nothing internal', async () => {
    const file = { filename: 'anleitung.txt', content: Buffer.from('Schritt 1: Zwischenspeicher leeren.') }
    await answer(
      'Guten Tag Frau Lindner,\n\nbitte leeren Sie den Zwischenspeicher und versuchen Sie es erneut.',
      {
        attachments: [file],
      },
    )
    const received = await desk.mail(customer, 1)
    expect(received.from?.address).toBe(support)
    expect(received.inReplyTo).toBe(question.messageId)
    expect(received.subject).toMatch(/^\[#\d{7}\] /)
    expect(received.text).toContain('bitte leeren Sie den Zwischenspeicher')
    expect(received.raw).not.toContain(internalMark)
    expect(received.text).not.toMatch(/gateway|Ihre Gruppe|schrieb Nordlicht/)
    expect(received.raw).not.toMatch(/^(Auto-Submitted|X-Auto-Response-Suppress|Precedence):/im)
    expect(received.attachments.map(each => each.filename)).toEqual(['anleitung.txt'])
    await desk.quiet()
    expect(await desk.gateway.database.guarantee.findMany()).toMatchObject([
      { kind: 'first-response', state: 'kept' },
    ])
  })

  it("gets the customer's reply to that answer as a mail again, on the same ticket", async () => {
    await answer('Bitte leeren Sie den Zwischenspeicher.')
    const received = await desk.mail(customer, 1)
    await desk.send({
      from: customer,
      to: received.replyTo?.[0]?.address ?? '',
      subject: `AW: ${received.subject}`,
      inReplyTo: received.messageId,
      text: 'Danke, es geht wieder.',
    })
    const again = await desk.mail(agent, 1)
    expect(again.text).toContain('Danke, es geht wieder.')
    expect(await desk.gateway.database.ticket.count()).toBe(1)
  })

  it('closes the ticket with a word, and is told so', async () => {
    await answer('#erledigt')
    const receipt = await desk.mail(agent, 1)
    expect(receipt.text).toContain('geschlossen')
    expect(await desk.gateway.database.ticket.findFirst()).toMatchObject({ state: 'resolved' })
    expect(desk.count(customer)).toBe(1)
  })

  it('sends nothing to the customer when a command has a mistake', async () => {
    await answer('#warten morgen früh\n\nWir melden uns.')
    await desk.mail(agent, 1)
    await desk.quiet()
    expect(desk.count(customer)).toBe(1)
  })
})

describe('whoever only pretends to be an agent', () => {
  it("reaches no customer, not even with the agent's own reply address", async () => {
    await answer('Bitte überweisen Sie 900 Euro an folgendes Konto.', { anonymous: true })
    await desk.quiet()
    expect(desk.count(customer)).toBe(1)
    expect(await desk.gateway.database.held.findMany()).toMatchObject([
      { reason: 'agent-unproven', state: 'held' },
    ])
  })

  it('reaches no customer as a customer who was forwarded the notice', async () => {
    await desk.send({
      from: 'james.whitfield@example.net',
      to: replyTo(),
      subject: `Re: ${notice.subject}`,
      inReplyTo: notice.messageId,
      text: 'Hello, I am the agent now.',
    })
    await desk.quiet()
    expect(desk.count(customer)).toBe(1)
    expect(await desk.gateway.database.held.count()).toBe(1)
  })
})
