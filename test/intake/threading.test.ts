import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readMail } from '../../src/channels/mail/read-mail.ts'
import type { MailContent } from '../../src/desk/mail-content.ts'
import { replyToken } from '../../src/desk/reply-token.ts'
import { ticketMarker } from '../../src/desk/ticket-marker.ts'
import { takeIn } from '../../src/intake/take-in.ts'
import { noon } from '../desk/mail-example.ts'
import { arrival, deskConfig, openDesk, type TestDesk } from './desk.ts'

let desk: TestDesk
let now = noon

beforeAll(async () => {
  desk = await openDesk(() => now)
})

afterAll(() => desk.close())

beforeEach(async () => {
  now = noon
  await desk.database
    .$executeRaw`truncate inbound, ticket, entry, letter, guarantee, mailbox_cursor, participant, held cascade`
})

const petra = { address: 'petra@kunde.example.com', name: 'Petra Lindner' }
const kim = { address: 'Kim@Kunde.example.com', name: 'Kim Kunde' }
const stranger = { address: 'nosy@elsewhere.example', name: 'Nosy' }

const ticketNumbers = async () =>
  (await desk.database.ticket.findMany({ orderBy: { sequence: 'asc' } })).map(({ number }) => number)

const entries = async (number: string) =>
  (await desk.database.entry.findMany({ where: { ticket: { number } }, orderBy: { inboundId: 'asc' } })).map(
    ({ kind }) => kind,
  )

const autoReply = (ticketNumber: string) =>
  desk.database.letter.findFirstOrThrow({ where: { kind: 'auto-reply', ticket: { number: ticketNumber } } })

/** A ticket of Petra's, by its number; its mail has UID 1. */
async function opened(changes: Partial<MailContent> = {}): Promise<string> {
  const [taken] = await takeIn(desk.deps, [arrival(1, changes)])
  return taken?.ticketNumber ?? ''
}

async function close(number: string, days: number): Promise<void> {
  const closedAt = new Date(now.subtract({ hours: days * 24 }).epochMilliseconds)
  await desk.database.ticket.update({ where: { number }, data: { state: 'resolved', closedAt } })
}

describe('every reply finds its ticket', () => {
  it('knows the customer as a participant, and nobody in To and Cc (freescout#2382)', async () => {
    const number = await opened({ cc: [kim], to: [{ address: 'support@example.com', name: '' }, stranger] })
    expect(await desk.database.participant.findMany()).toMatchObject([
      { address: 'petra@kunde.example.com', role: 'customer', name: 'Petra Lindner' },
    ])
    const ticket = await desk.database.ticket.findUniqueOrThrow({ where: { number } })
    expect(ticket.customerThread).toMatchObject({ messageId: '<mail1@kunde.example.com>', references: [] })
  })

  it('lets in a person in Cc who answers our letter, once and for all (osTicket#1426)', async () => {
    const number = await opened({ cc: [kim] })
    const { messageId } = await autoReply(number)
    await takeIn(desk.deps, [arrival(2, { from: kim, inReplyTo: [messageId] })])
    await takeIn(desk.deps, [arrival(3, { from: kim, subject: `Nachtrag zu #${number}` })])
    expect(await ticketNumbers()).toEqual([number])
    expect(await entries(number)).toEqual(['customer-mail', 'customer-mail', 'customer-mail'])
    const { customerAddress, customerThread } = await desk.database.ticket.findFirstOrThrow()
    expect(customerAddress).toBe(petra.address)
    // Petra has not seen Kim's mails: an answer to her belongs into her own thread.
    expect(customerThread).toMatchObject({ messageId: '<mail1@kunde.example.com>' })
    expect(
      await desk.database.participant.count({ where: { address: 'kim@kunde.example.com', role: 'guest' } }),
    ).toBe(1)
  })

  it('lets in within one batch as well, as if each mail had come alone', async () => {
    const number = await opened()
    const { messageId } = await autoReply(number)
    const taken = await takeIn(desk.deps, [
      arrival(2, { from: kim, inReplyTo: [messageId] }),
      arrival(3, { from: kim, subject: `#${number}` }),
    ])
    expect(taken.map(({ outcome }) => outcome)).toEqual(['add-entry', 'add-entry'])
  })

  it('finds the ticket by the quoted marker where Outlook stripped References (chatwoot#10028, zammad#3022)', async () => {
    const number = await opened()
    const text = `Danke!\n\n> [#${number}] ${ticketMarker(deskConfig.secret, number)}\n`
    await takeIn(desk.deps, [arrival(2, { text, replyText: 'Danke!', subject: 'Etwas anderes' })])
    expect(await entries(number)).toEqual(['customer-mail', 'customer-mail'])
  })

  it('reads References that iOS and Exchange write with commas', async () => {
    const number = await opened()
    const { messageId } = await autoReply(number)
    const raw = [
      'Message-ID: <ios@kunde.example.com>',
      'From: petra@kunde.example.com',
      'To: support@example.com',
      'Subject: Re: Drucker',
      `References: <x@elsewhere.example>,${messageId},`,
      ' <y@elsewhere.example>',
      '',
      'Danke',
    ].join('\r\n')
    const content = await readMail(Buffer.from(raw))
    const [taken] = await takeIn(desk.deps, [{ ...arrival(2), content }])
    expect(taken).toMatchObject({ rule: 'references', ticketNumber: number })
  })

  it.each(['WG: ', 'Fwd: ', 'TR: WG: ', ''])(
    'keeps a forward of the customer with known references in its ticket: %j (zammad#4965, zammad#5287)',
    async prefix => {
      const number = await opened()
      await takeIn(desk.deps, [
        arrival(2, { subject: `${prefix}Drucker druckt nicht`, references: ['<mail1@kunde.example.com>'] }),
      ])
      expect(await ticketNumbers()).toEqual([number])
    },
  )

  it("takes Outlook's conversation with the same subject for the same matter, and another subject for a new one", async () => {
    const conversation = (answers: number) =>
      Buffer.concat([Buffer.alloc(22, 7), Buffer.alloc(answers * 5)]).toString('base64')
    const number = await opened({ threadIndex: conversation(0) })
    const taken = await takeIn(desk.deps, [
      arrival(2, { threadIndex: conversation(2), subject: 'AW: Drucker druckt nicht' }),
      arrival(3, { threadIndex: conversation(2), subject: 'Neue Bestellung' }),
    ])
    expect(taken).toMatchObject([
      { rule: 'conversation', ticketNumber: number },
      { rule: 'new-ticket', outcome: 'open-ticket' },
    ])
    const { customerThread } = await desk.database.ticket.findUniqueOrThrow({ where: { number } })
    expect(customerThread).toMatchObject({
      threadIndex: conversation(2),
      threadTopic: 'Drucker druckt nicht',
    })
  })

  it('proposes a ticket of the same sender and subject to the agents, and joins nothing (freescout#4958, #2375)', async () => {
    const number = await opened()
    const [taken] = await takeIn(desk.deps, [arrival(2, { subject: 'RE: drucker  druckt nicht' })])
    expect(taken).toMatchObject({ outcome: 'open-ticket' })
    const entry = await desk.database.entry.findFirstOrThrow({ where: { inboundId: taken?.inboundId ?? 0n } })
    expect(entry.detail).toMatchObject({ likelyBelongsTo: number })
    now = noon.add({ hours: 40 * 24 })
    const [later] = await takeIn(desk.deps, [arrival(3)])
    const fresh = await desk.database.entry.findFirstOrThrow({ where: { inboundId: later?.inboundId ?? 0n } })
    expect(fresh.detail).not.toHaveProperty('likelyBelongsTo')
  })
})

describe('a stranger is held', () => {
  it.each([
    ['the number in the subject', (number: string) => ({ subject: `AW: [#${number}] Drucker` })],
    ["the customer's Message-ID in In-Reply-To", () => ({ inReplyTo: ['<mail1@kunde.example.com>'] })],
    ["the customer's Message-ID in References", () => ({ references: ['<mail1@kunde.example.com>'] })],
    ['the marker', (number: string) => ({ text: `> ${ticketMarker(deskConfig.secret, number)}` })],
  ])(
    'with %s: visible, linked, told to the agents, and neither appended nor lost (zammad#5064, #2444)',
    async (_, signs) => {
      const number = await opened()
      const before = await desk.database.letter.count()
      const [taken] = await takeIn(desk.deps, [arrival(2, { from: stranger, ...signs(number) })])
      expect(taken).toMatchObject({ outcome: 'hold', ticketNumber: number })
      expect(await entries(number)).toEqual(['customer-mail'])
      expect(await ticketNumbers()).toEqual([number])
      expect(await desk.database.held.findMany({ include: { ticket: true } })).toMatchObject([
        {
          inboundId: taken?.inboundId,
          reason: 'stranger',
          state: 'held',
          ticket: { number },
          decision: null,
        },
      ])
      const letters = await desk.database.letter.findMany({ where: { kind: 'hold-question' } })
      expect(letters.map(({ recipient }) => recipient).toSorted()).toEqual([
        'anna@example.com',
        'bernd@example.com',
      ])
      expect(await desk.database.letter.count()).toBe(before + 2)
      expect(await desk.database.participant.count({ where: { address: stranger.address } })).toBe(0)
    },
  )

  it('stays one when answering to the own held mail', async () => {
    const number = await opened()
    await takeIn(desk.deps, [arrival(2, { from: stranger, subject: `[#${number}]` })])
    const taken = await takeIn(desk.deps, [
      arrival(3, { from: stranger, inReplyTo: ['<mail2@kunde.example.com>'] }),
    ])
    expect(taken).toMatchObject([{ outcome: 'hold', ticketNumber: number }])
  })

  it('may be anybody else where digits only look like a number', async () => {
    const number = await opened()
    const taken = await takeIn(desk.deps, [arrival(2, { from: stranger, subject: `Bestellung ${number}` })])
    expect(taken).toMatchObject([{ outcome: 'open-ticket' }])
  })
})

describe('closed and merged tickets', () => {
  it('opens again within the set days', async () => {
    const number = await opened()
    await close(number, 13)
    const taken = await takeIn(desk.deps, [
      arrival(2, { inReplyTo: ['<mail1@kunde.example.com>'] }),
      arrival(3, { inReplyTo: ['<mail2@kunde.example.com>'] }),
    ])
    expect(taken.map(({ ticketNumber }) => ticketNumber)).toEqual([number, number])
    expect(await desk.database.ticket.findFirstOrThrow()).toMatchObject({ state: 'open', closedAt: null })
    expect((await entries(number)).filter(kind => kind === 'reopened')).toEqual(['reopened'])
  })

  it('answers a late reply with a ticket of its own that follows the old one (zammad#5341)', async () => {
    const number = await opened()
    await close(number, 15)
    const token = replyToken(deskConfig.secret, number)
    const to = [{ address: `support+${token}@example.com`, name: '' }]
    const [taken] = await takeIn(desk.deps, [arrival(2, { to })])
    expect(taken).toMatchObject({ outcome: 'open-ticket', rule: 'reply-address' })
    const [old, fresh] = await desk.database.ticket.findMany({ orderBy: { sequence: 'asc' } })
    expect(old).toMatchObject({ number, state: 'resolved' })
    expect(fresh).toMatchObject({ state: 'open', followsId: old?.id })
    expect(await autoReply(fresh?.number ?? '')).toMatchObject({ recipient: petra.address })
  })

  it('does not open again for a machine', async () => {
    const number = await opened()
    await close(number, 1)
    const { messageId } = await autoReply(number)
    await takeIn(desk.deps, [arrival(2, { classification: 'auto-reply', inReplyTo: [messageId] })])
    expect(await desk.database.ticket.findFirstOrThrow()).toMatchObject({ state: 'resolved' })
    expect(await entries(number)).toEqual(['customer-mail', 'machine-mail'])
  })

  it('leads from a merged ticket to its target, over a chain (zammad#983, frappe/helpdesk#2539)', async () => {
    const taken = await takeIn(desk.deps, [
      arrival(1),
      arrival(2, { from: kim, subject: 'Zwei' }),
      arrival(3, { from: stranger, subject: 'Drei' }),
    ])
    const [one = '', two = '', three = ''] = taken.map(({ ticketNumber }) => ticketNumber ?? '')
    const merge = async (from: string, into: string) => {
      const { id } = await desk.database.ticket.findUniqueOrThrow({ where: { number: into } })
      const data = { mergedIntoId: id, state: 'resolved', closedAt: new Date(now.epochMilliseconds) }
      await desk.database.ticket.update({ where: { number: from }, data })
    }
    await merge(one, two)
    await merge(two, three)
    const after = await takeIn(desk.deps, [
      arrival(4, { inReplyTo: ['<mail1@kunde.example.com>'] }),
      arrival(5, { from: kim, subject: `AW: [#${two}]` }),
    ])
    expect(after.map(({ ticketNumber }) => ticketNumber)).toEqual([three, three])
    expect(await entries(one)).toEqual(['customer-mail'])
    const states = await desk.database.ticket.findMany({ orderBy: { sequence: 'asc' } })
    expect(states.map(({ state }) => state)).toEqual(['resolved', 'resolved', 'open'])
  })

  it('ends in a ring of merges instead of turning in it', async () => {
    const taken = await takeIn(desk.deps, [arrival(1), arrival(2, { subject: 'Zwei' })])
    const ids = await desk.database.ticket.findMany({ orderBy: { sequence: 'asc' } })
    const [one, two] = ids
    await desk.database.ticket.update({
      where: { id: one?.id ?? '' },
      data: { mergedIntoId: two?.id ?? null },
    })
    await desk.database.ticket.update({
      where: { id: two?.id ?? '' },
      data: { mergedIntoId: one?.id ?? null },
    })
    const [after] = await takeIn(desk.deps, [arrival(3, { inReplyTo: ['<mail1@kunde.example.com>'] })])
    expect(after?.outcome).toBe('add-entry')
    expect(taken.map(({ ticketNumber }) => ticketNumber)).toContain(after?.ticketNumber)
  })
})
