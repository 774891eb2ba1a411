import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { configSchema } from '../../src/config/schema.ts'
import { mailSource } from '../channels/mail/mail-source.ts'
import { noon } from '../desk/mail-example.ts'
import { deskConfig, openDesk, type TestDesk } from './desk.ts'
import { openPostman, type Post, without } from './postman.ts'

/** Loops that ran for hours in other products, against a real ledger: each must come to rest by itself. */

const post = await openPostman()
let now = noon
const desk = await openDesk(() => now)
const other = await openDesk(
  () => now,
  configSchema.parse({
    ...deskConfig,
    instance: 'other',
    mailboxes: {
      support: {
        ...deskConfig.mailboxes.support,
        address: 'help@other.example.net',
        aliases: [],
        replyAddress: undefined,
      },
    },
    agents: { ...deskConfig.agents, anna: { name: 'Ann', addresses: ['ann@other.example.net'] } },
    alarms: { to: [] },
  }),
)

afterAll(async () => {
  await desk.close()
  await other.close()
})
beforeEach(async () => {
  now = noon
  for (const { database } of [desk, other])
    await database.$executeRaw`truncate inbound, ticket, entry, letter, guarantee, mailbox_cursor, suppression, absence cascade`
})

/** More rounds than any loop may make. */
const endless = 60

const sentTo = (address: string) => (posts: readonly Post[]) =>
  posts.filter(({ letter }) => letter.recipient === address)

let written = 0

/** A mail by a program that says nowhere that it is one. */
function silent(from: string, fields: Readonly<Record<string, string>> = {}): Buffer {
  written++
  return mailSource({
    fields: {
      From: from,
      'Message-ID': `<silent${written}@robot.example.net>`,
      Subject: `Vorgang ${written}`,
      Date: `Tue, 24 Nov 2026 12:00:${String(written % 60).padStart(2, '0')} +0100`,
      ...fields,
    },
    body: `Guten Tag, dies ist die Meldung ${written}.`,
  })
}

const answers = (one: TestDesk) => one.database.letter.count({ where: { kind: 'auto-reply' } })

/** Lets a responder answer everything it gets until nothing comes any more; returns how many rounds that took. */
async function exchange(robot: string, answer: (got: Post) => Buffer): Promise<number> {
  for (let round = 0; round < endless; round++) {
    const got = sentTo(robot)(await post.collect(desk))
    if (got.length === 0) return round
    for (const one of got) await post.bring(desk, answer(one))
  }
  return endless
}

/** Two desks, each getting what the other writes to its mailbox, changed on the way. */
async function exchangeBetween(change: (raw: Buffer) => Buffer): Promise<number> {
  for (let round = 0; round < endless; round++) {
    const fromUs = sentTo('help@other.example.net')(await post.collect(desk))
    const fromThem = sentTo('support@example.com')(await post.collect(other))
    if (fromUs.length + fromThem.length === 0) return round
    for (const { raw } of fromUs) await post.bring(other, change(raw))
    for (const { raw } of fromThem) await post.bring(desk, change(raw))
  }
  return endless
}

describe('two gateways pointed at each other', () => {
  it('stop after one letter: each knows a machine’s mail', async () => {
    await post.bring(desk, silent('help@other.example.net'))
    expect(await exchangeBetween(raw => raw)).toBe(1)
    expect([await answers(desk), await answers(other)]).toEqual([1, 0])
    expect(await other.database.ticket.count()).toBe(0)
  })

  it('stop even where a relay between them removes every mark and every thread', async () => {
    const marks = [
      'auto-submitted',
      'x-auto-response-suppress',
      'x-intake-gateway',
      'in-reply-to',
      'references',
      'message-id',
      'reply-to',
    ]
    await post.bring(desk, silent('help@other.example.net'))
    expect(await exchangeBetween(raw => without(raw, marks))).toBeLessThan(10)
    expect(await answers(desk)).toBeLessThanOrEqual(3)
    expect(await answers(other)).toBeLessThanOrEqual(3)
  })
})

describe('a responder that answers every mail of ours without any sign of it', () => {
  const robot = 'robot@robot.example.net'

  it('gets three automatic letters in an hour, and all it writes is kept', async () => {
    await post.bring(desk, silent(robot))
    expect(await exchange(robot, () => silent(robot))).toBe(3)
    expect(await answers(desk)).toBe(3)
    expect(await desk.database.ticket.count()).toBe(4)
    const last = await desk.database.inbound.findFirstOrThrow({ orderBy: { id: 'desc' } })
    expect(JSON.stringify(last.trail)).toContain('budgets.addressPerHour is 3')
  })

  it('gets ten in a day, however long it goes on', async () => {
    for (let hour = 0; hour < 20; hour++) {
      await post.bring(desk, silent(robot))
      expect(await exchange(robot, () => silent(robot))).toBeLessThan(5)
      now = now.add({ minutes: 61 })
    }
    expect(await answers(desk)).toBe(10)
  })

  it('gets one letter a ticket where it answers in the thread', async () => {
    await post.bring(desk, silent(robot))
    expect(await exchange(robot, ({ letter }) => silent(robot, { 'In-Reply-To': letter.messageId }))).toBe(1)
    expect(await desk.database.ticket.count()).toBe(1)
  })

  it('is the mailbox of an agent: notices and questions to it end with the budget of the ticket', async () => {
    await post.bring(desk, silent('petra@kunde.example.com'))
    const rounds = await exchange('anna@example.com', ({ letter, raw }) =>
      silent('anna@example.com', {
        To: /^Reply-To: (?:.*<)?([^>\r\n]+)/im.exec(raw.toString())?.[1] ?? 'support@example.com',
        'In-Reply-To': letter.messageId,
      }),
    )
    expect(rounds).toBeLessThanOrEqual(11)
    for (const recipient of ['anna@example.com', 'bernd@example.com'])
      expect(await desk.database.letter.count({ where: { recipient } })).toBeLessThanOrEqual(10)
  })
})

describe('section 1 of the complaints about other systems', () => {
  const petra = 'petra@kunde.example.com'

  /** The customer's first mail and our answer to it. */
  async function answered() {
    await post.bring(desk, silent(petra))
    const posts = await post.collect(desk)
    const [answer] = sentTo(petra)(posts)
    if (!answer) throw new Error('the customer gets an automatic answer')
    return answer
  }

  const outcomes = async () =>
    (await desk.database.inbound.findMany({ orderBy: { id: 'asc' } })).map(row => row.outcome)

  it.each([
    ['with its headers', { 'Auto-Submitted': 'auto-replied', 'X-Auto-Response-Suppress': 'All' }],
    ['without any header but its subject', {}],
  ])('18: an out-of-office note %s opens no ticket and is not answered', async (_, fields) => {
    const { letter } = await answered()
    const note = { Subject: 'Abwesenheitsnotiz: Vorgang', 'In-Reply-To': letter.messageId, ...fields }
    await post.bring(desk, silent(petra, note))
    expect(await outcomes()).toEqual(['open-ticket', 'note-machine-mail'])
    expect(await post.collect(desk)).toEqual([])
  })

  it('19: a no-reply box is never answered', async () => {
    await post.bring(desk, silent('no-reply@shop.example.net'))
    expect(await answers(desk)).toBe(0)
    expect(await desk.database.ticket.count()).toBe(1)
  })

  it.each([
    ['RFC 3464', dsn],
    ['words only', qmail],
  ])(
    '20, 21: the bounce of our answer (%s) is a line of the ticket and the last mail of it',
    async (_, bounce) => {
      const { raw, letter } = await answered()
      await post.bring(desk, bounce(petra, raw))
      expect(await outcomes()).toEqual(['open-ticket', 'note-machine-mail'])
      expect(sentTo(petra)(await post.collect(desk))).toEqual([])
      expect(await desk.database.entry.findMany({ where: { kind: 'letter-bounced' } })).toMatchObject([
        { ticketId: letter.ticketId, detail: { recipient: petra, status: '5.1.1' } },
      ])
      expect(await desk.database.suppression.count()).toBe(1)
      await post.bring(desk, silent(petra))
      expect(await answers(desk)).toBe(1)
    },
  )

  it('22: the question about a held mail does not loop', async () => {
    const { letter } = await answered()
    for (let i = 0; i < 30; i++)
      await post.bring(desk, silent('someone@else.example.net', { 'In-Reply-To': letter.inReplyTo ?? '' }))
    expect(
      await desk.database.letter.count({ where: { recipient: 'anna@example.com' } }),
    ).toBeLessThanOrEqual(10)
    expect(sentTo('someone@else.example.net')(await post.collect(desk))).toEqual([])
  })

  it('23, 24: our own notice that comes back to us does nothing', async () => {
    await post.bring(desk, silent(petra))
    for (const { raw } of await post.collect(desk)) await post.bring(desk, raw)
    expect((await outcomes()).slice(1)).toEqual(['note-own-mail', 'note-own-mail', 'note-own-mail'])
    expect(await post.collect(desk)).toEqual([])
    expect(await desk.database.ticket.findMany()).toMatchObject([{ state: 'open' }])
  })

  it('23: machine mail does not reopen a ticket', async () => {
    const { letter } = await answered()
    await desk.database.ticket.updateMany({
      data: { state: 'resolved', closedAt: new Date(now.epochMilliseconds) },
    })
    await post.bring(
      desk,
      silent(petra, { 'In-Reply-To': letter.messageId, 'Auto-Submitted': 'auto-replied' }),
    )
    expect(await desk.database.ticket.findMany()).toMatchObject([{ state: 'resolved' }])
  })
})

function dsn(recipient: string, returned: Buffer): Buffer {
  return mailSource({
    fields: {
      From: 'MAILER-DAEMON@mx.example.net',
      'Return-Path': '<>',
      'Auto-Submitted': 'auto-replied',
      Subject: 'Undelivered Mail Returned to Sender',
      'Message-ID': '<dsn@mx.example.net>',
      'Content-Type': 'multipart/report; report-type=delivery-status; boundary=b',
    },
    body: [
      '--b\nContent-Type: text/plain\n\nYour mail could not be delivered.',
      `--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.net\n\nFinal-Recipient: rfc822; ${recipient}\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 User unknown`,
      `--b\nContent-Type: message/rfc822\n\n${returned.toString('latin1')}\n--b--\n`,
    ].join('\n'),
    bytes: 'latin1',
  })
}

function qmail(recipient: string, returned: Buffer): Buffer {
  return mailSource({
    fields: {
      From: 'MAILER-DAEMON@mx.example.net',
      'Return-Path': '<>',
      Subject: 'failure notice',
      'Message-ID': '<qmail@mx.example.net>',
    },
    body: `Hi. This is the qmail-send program at mx.example.net.\nI'm afraid I wasn't able to deliver your message to the following addresses.\n\n<${recipient}>:\nRemote host said: 550 5.1.1 User unknown\n\n--- Below this line is a copy of the message.\n\n${returned.toString('latin1')}`,
    bytes: 'latin1',
  })
}
