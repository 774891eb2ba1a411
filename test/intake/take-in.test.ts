import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { replyToken } from '../../src/desk/reply-token.ts'
import { isTicketNumber } from '../../src/desk/ticket-number.ts'
import { quarantineMail } from '../../src/intake/quarantine.ts'
import { takeIn } from '../../src/intake/take-in.ts'
import { noon } from '../desk/mail-example.ts'
import { arrival, deskConfig, openDesk, type TestDesk } from './desk.ts'

let desk: TestDesk

beforeAll(async () => {
  desk = await openDesk()
})

afterAll(() => desk.close())

beforeEach(async () => {
  await desk.database.$executeRaw`truncate inbound, ticket, entry, letter, guarantee, mailbox_cursor cascade`
})

const outcomes = async () =>
  (await desk.database.inbound.findMany({ orderBy: { uid: 'asc' } })).map(
    ({ uid, outcome }) => `${uid} ${outcome}`,
  )

describe('takeIn', () => {
  it('opens a ticket with a promise, an answer to the customer and a notice to every agent, all in one commit', async () => {
    const [taken] = await takeIn(desk.deps, [arrival(1)])
    const ticket = await desk.database.ticket.findFirstOrThrow({
      include: { letters: true, guarantees: true, entries: true },
    })
    expect(taken).toMatchObject({ outcome: 'open-ticket', rule: 'new-ticket', ticketNumber: ticket.number })
    expect(isTicketNumber(ticket.number)).toBe(true)
    expect(ticket).toMatchObject({
      state: 'open',
      customerAddress: 'petra@kunde.example.com',
      group: 'support',
      language: 'de',
    })
    expect(
      ticket.letters.map(({ kind, recipient, language }) => `${kind} ${recipient} ${language}`).toSorted(),
    ).toEqual([
      'agent-notice anna@example.com de',
      'agent-notice bernd@example.com en',
      'auto-reply petra@kunde.example.com de',
    ])
    expect(ticket.entries).toMatchObject([
      { kind: 'customer-mail', text: 'Guten Tag, der Drucker druckt nicht.' },
    ])
    // Tuesday 11:59:30 plus two office hours; deadlines fall on whole minutes.
    expect(ticket.guarantees).toMatchObject([
      { kind: 'first-response', state: 'open', dueAt: new Date('2026-11-24T12:59:00Z') },
    ])
    const [answer] = ticket.letters.filter(letter => letter.kind === 'auto-reply')
    expect(answer).toMatchObject({
      inReplyTo: '<mail1@kunde.example.com>',
      references: ['<mail1@kunde.example.com>'],
    })
    expect(answer?.messageId).toMatch(/^<[0-9a-f]{32}\.autoreply@example\.com>$/)
    expect(answer?.data).toMatchObject({ dueAt: '2026-11-24T12:59:00Z', ticketNumber: ticket.number })
  })

  it('passes over positions that it knows, so that a batch may be handed in again', async () => {
    await takeIn(desk.deps, [arrival(1), arrival(2)])
    expect(await takeIn(desk.deps, [arrival(1), arrival(2), arrival(3)])).toMatchObject([{ uid: 3n }])
    expect(await desk.database.ticket.count()).toBe(3)
  })

  it('moves the cursor with the rows, and never back', async () => {
    await takeIn(desk.deps, [arrival(4), arrival(9)])
    await takeIn(desk.deps, [arrival(6)])
    expect(await desk.database.mailboxCursor.findMany()).toMatchObject([
      { mailbox: 'support', uidValidity: 7n, lastUid: 9n },
    ])
  })

  it('opens one ticket for one mail, whether it comes again after a change of UIDVALIDITY or in a second mailbox', async () => {
    const mail = arrival(1)
    await takeIn(desk.deps, [mail])
    await takeIn(desk.deps, [{ ...mail, position: { ...mail.position, uidValidity: 8n } }])
    await takeIn(desk.deps, [{ ...mail, position: { ...mail.position, mailbox: 'second' } }])
    expect(await desk.database.ticket.count()).toBe(1)
    const rows = await desk.database.inbound.findMany({ orderBy: { id: 'asc' } })
    expect(rows.map(row => row.outcome)).toEqual(['open-ticket', 'note-duplicate', 'note-duplicate'])
    expect(rows.map(row => row.duplicateOfId)).toEqual([null, rows[0]?.id, rows[0]?.id])
  })

  it('opens one ticket when two mailboxes hand in the same mail at the same moment', async () => {
    const mail = arrival(1)
    const elsewhere = { ...mail, position: { ...mail.position, mailbox: 'second' } }
    await Promise.all([takeIn(desk.deps, [mail]), takeIn(desk.deps, [elsewhere])])
    expect(await desk.database.ticket.count()).toBe(1)
    expect((await outcomes()).toSorted()).toEqual(['1 note-duplicate', '1 open-ticket'])
  })

  it('sees copies and answers inside one batch as if each mail had come alone', async () => {
    const first = arrival(1)
    const copy = { ...arrival(2), fingerprint: first.fingerprint }
    const answer = arrival(3, { inReplyTo: ['<mail1@kunde.example.com>'] })
    await takeIn(desk.deps, [first, copy, answer])
    expect(await outcomes()).toEqual(['1 open-ticket', '2 note-duplicate', '3 add-entry'])
    expect(await desk.database.entry.count()).toBe(2)
  })

  it('finds the ticket of a reply by the signed address alone, and by no forged one', async () => {
    await takeIn(desk.deps, [arrival(1)])
    const { number } = await desk.database.ticket.findFirstOrThrow()
    const genuine = `support+${replyToken(deskConfig.secret, number)}@example.com`
    const forged = `support+${replyToken('another secret that is also long enough', number)}@example.com`
    await takeIn(desk.deps, [
      arrival(2, { to: [{ address: genuine.toUpperCase(), name: '' }] }),
      arrival(3, { to: [{ address: forged, name: '' }] }),
      arrival(4, { deliveredTo: [genuine] }),
    ])
    expect(await outcomes()).toEqual(['1 open-ticket', '2 add-entry', '3 open-ticket', '4 add-entry'])
  })

  it('finds the ticket of a reply to our letter and tells the agents', async () => {
    await takeIn(desk.deps, [arrival(1)])
    const letter = await desk.database.letter.findFirstOrThrow({ where: { kind: 'auto-reply' } })
    await takeIn(desk.deps, [arrival(2, { references: ['<other@elsewhere>', letter.messageId] })])
    expect(await outcomes()).toEqual(['1 open-ticket', '2 add-entry'])
    const notices = await desk.database.letter.findMany({ where: { kind: 'agent-notice' } })
    expect(notices.map(({ data }) => (data as { event: string }).event)).toEqual([
      'new-ticket',
      'new-ticket',
      'customer-mail',
      'customer-mail',
    ])
    expect(await desk.database.letter.count({ where: { kind: 'auto-reply' } })).toBe(1)
  })

  it('counts answers of the same batch and of earlier ones against the budget of an address', async () => {
    await takeIn(desk.deps, [arrival(1), arrival(2)])
    await takeIn(desk.deps, [arrival(3), arrival(4), arrival(5)])
    expect(await desk.database.ticket.count()).toBe(5)
    expect(await desk.database.letter.count({ where: { kind: 'auto-reply' } })).toBe(3)
    const last = await desk.database.inbound.findFirstOrThrow({ where: { uid: 5n } })
    expect(last.trail).toContainEqual({
      rule: 'auto-reply',
      hit: false,
      because: expect.stringContaining('budgets.addressPerHour is 3'),
    })
  })

  it('does not tell an agent what the agent wrote, and sends it to nobody else but the colleagues', async () => {
    await takeIn(desk.deps, [arrival(1)])
    const { number } = await desk.database.ticket.findFirstOrThrow()
    await takeIn(desk.deps, [
      arrival(2, {
        from: { address: 'A.Fink@example.com', name: 'Anna' },
        to: [{ address: 'petra@kunde.example.com', name: '' }],
        cc: [{ address: `support+${replyToken(deskConfig.secret, number)}@example.com`, name: '' }],
      }),
    ])
    const letters = await desk.database.letter.findMany({
      where: { data: { path: ['event'], equals: 'agent-mail' } },
    })
    expect(letters.map(letter => letter.recipient)).toEqual(['bernd@example.com'])
  })

  it('notes a letter of ours that came back, and takes it as proof that the server had it', async () => {
    await takeIn(desk.deps, [arrival(1)])
    const letter = await desk.database.letter.findFirstOrThrow({ where: { kind: 'auto-reply' } })
    await desk.database.letter.update({ where: { id: letter.id }, data: { state: 'unsure' } })
    await takeIn(desk.deps, [
      arrival(2, { messageId: letter.messageId, from: { address: 'support@example.com', name: '' } }),
    ])
    expect(await outcomes()).toEqual(['1 open-ticket', '2 note-own-mail'])
    expect(await desk.database.letter.findUnique({ where: { id: letter.id } })).toMatchObject({
      state: 'sent',
    })
  })

  it('quarantines the one mail that cannot be recorded, tells the administrator, and takes in the others', async () => {
    const poison = arrival(2, { subject: 'what the database refuses: \0' })
    await takeIn(desk.deps, [arrival(1), poison, arrival(3)])
    expect(await outcomes()).toEqual(['1 open-ticket', '2 quarantine', '3 open-ticket'])
    const row = await desk.database.inbound.findFirstOrThrow({ where: { outcome: 'quarantine' } })
    expect(row).toMatchObject({ quarantineCode: 'not-recorded', rawSha256: poison.rawSha256 })
    const alarms = await desk.database.letter.findMany({ where: { kind: 'alarm' } })
    expect(alarms).toMatchObject([{ recipient: 'admin@example.com', ticketId: null }])
    expect(await desk.database.mailboxCursor.findFirst()).toMatchObject({ lastUid: 3n })
  })

  it('quarantines where the error quotes half a character at the end of what is kept of it', async () => {
    const error = new Error(`${'x'.repeat(1992)}😀`)
    const { outcome } = await quarantineMail(desk.deps, arrival(4), error)
    expect(outcome).toBe('quarantine')
    const row = await desk.database.inbound.findFirstOrThrow({ where: { outcome: 'quarantine' } })
    expect(row.quarantineDetail).toMatch(/^Error: x+\ufffd$/)
  })

  it('leaves a mark on what must still be flagged or moved on the server', async () => {
    await takeIn(desk.deps, [arrival(1), arrival(2)])
    await takeIn(desk.deps, [arrival(3, {}, { mailbox: 'second' })])
    const rows = await desk.database.inbound.findMany({ orderBy: { uid: 'asc' } })
    expect(rows.map(row => row.afterState)).toEqual(['none', 'none', 'pending'])
  })

  it('promises nothing that is past: a mail from yesterday gets its two hours from now', async () => {
    await takeIn(desk.deps, [{ ...arrival(1), receivedAt: noon.subtract({ hours: 24 }) }])
    expect(await desk.database.guarantee.findFirst()).toMatchObject({
      dueAt: new Date('2026-11-24T13:00:00Z'),
    })
  })

  it('nudges the outbox once a commit, and not for mails that cause no letter', async () => {
    const before = desk.nudges()
    await takeIn(desk.deps, [arrival(1), arrival(2)])
    await takeIn(desk.deps, [arrival(3, { classification: 'list', autoReplyAllowed: false })])
    expect(desk.nudges() - before).toBe(1)
  })
})
