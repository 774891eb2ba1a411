import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Bounce, MailContent } from '../../src/desk/mail-content.ts'
import { takeIn } from '../../src/intake/take-in.ts'
import { noon } from '../desk/mail-example.ts'
import { arrival, openDesk, type TestDesk } from './desk.ts'

/** What machines' mails do to a ledger: everything is kept, nobody is answered, no ticket opens and no clock moves. */

let desk: TestDesk
let now = noon

beforeAll(async () => {
  desk = await openDesk(() => now)
})
afterAll(() => desk.close())
beforeEach(async () => {
  now = noon
  await desk.database
    .$executeRaw`truncate inbound, ticket, entry, letter, guarantee, mailbox_cursor, suppression, absence cascade`
})

const customer = 'petra@kunde.example.com'
const machine = { autoReplyAllowed: false } as const

/** Opens a ticket by mail 1 and returns the letter of one kind that it caused. */
async function letterOf(kind: 'auto-reply' | 'agent-notice') {
  await takeIn(desk.deps, [arrival(1)])
  return desk.database.letter.findFirstOrThrow({ where: { kind }, orderBy: { recipient: 'asc' } })
}

function report(originalMessageId: string | null, changes: Partial<Bounce> = {}): Partial<MailContent> {
  const bounce: Bounce = {
    recipients: [
      {
        recipient: customer,
        status: '5.1.1',
        action: 'failed',
        diagnosticCode: 'smtp; 550 User unknown',
        kind: 'hard',
      },
    ],
    kind: 'hard',
    reason: 'user-unknown',
    originalMessageId,
    ...changes,
  }
  return {
    ...machine,
    classification: 'bounce',
    from: { address: 'mailer-daemon@mx.example.net', name: '' },
    bounce,
  }
}

const soft = (action: 'delayed' | 'failed', status: string): Partial<Bounce> => ({
  recipients: [{ recipient: customer, status, action, diagnosticCode: null, kind: 'soft' }],
  kind: 'soft',
  reason: 'other',
})

const lettersOf = async (kind: string) => (await desk.database.letter.findMany({ where: { kind } })).length
const entryKinds = async () =>
  (await desk.database.entry.findMany({ orderBy: { inboundId: 'asc' } })).map(entry => entry.kind)

describe('a delivery report about a letter of ours', () => {
  it('that gives an address up is an entry of the ticket, silences the machine and tells the agents', async () => {
    const letter = await letterOf('auto-reply')
    await takeIn(desk.deps, [arrival(2, report(letter.messageId))])
    const entry = await desk.database.entry.findFirstOrThrow({ where: { kind: 'letter-bounced' } })
    expect(entry).toMatchObject({ ticketId: letter.ticketId, letterId: letter.id })
    expect(entry.detail).toMatchObject({ recipient: customer, status: '5.1.1', kind: 'hard' })
    const suppression = await desk.database.suppression.findUniqueOrThrow({ where: { address: customer } })
    expect(suppression).toMatchObject({ until: new Date('2027-01-23T11:00:00Z') })
    expect(suppression.reason).toContain('User unknown')
    expect(await lettersOf('agent-notice')).toBe(4)
    expect(await lettersOf('auto-reply')).toBe(1)
  })

  it('that names a later address of a forwarding counts for the address we wrote to', async () => {
    const letter = await letterOf('auto-reply')
    const recipients = [
      {
        recipient: 'p@elsewhere.example.net',
        status: '5.1.1',
        action: 'failed',
        diagnosticCode: null,
        kind: 'hard',
      },
    ] as const
    await takeIn(desk.deps, [arrival(2, report(letter.messageId, { recipients }))])
    expect(await desk.database.suppression.findMany()).toMatchObject([{ address: customer }])
    expect(await desk.database.entry.findFirst({ where: { kind: 'letter-bounced' } })).toMatchObject({
      detail: { recipient: customer, reportedFor: 'p@elsewhere.example.net' },
    })
  })

  it.each([
    ['a delay', soft('delayed', '4.4.1'), 'letter-delayed'],
    ['a full mailbox', soft('failed', '5.2.2'), 'letter-delayed'],
    [
      'a success, the proof of delivery,',
      {
        recipients: [
          {
            recipient: customer,
            status: '2.1.5',
            action: 'delivered' as const,
            diagnosticCode: null,
            kind: null,
          },
        ],
        kind: null,
        reason: null,
      },
      'letter-delivered',
    ],
  ])('that tells of %s is an entry and nothing else', async (_, changes, kind) => {
    const letter = await letterOf('auto-reply')
    await takeIn(desk.deps, [arrival(2, report(letter.messageId, changes))])
    expect(await entryKinds()).toEqual(['customer-mail', kind])
    expect(await desk.database.suppression.count()).toBe(0)
    expect(await lettersOf('agent-notice')).toBe(2)
  })

  it('that we never wrote is recorded and does nothing: somebody forged our address', async () => {
    await letterOf('auto-reply')
    await takeIn(desk.deps, [arrival(2, report('<not.ours@elsewhere>')), arrival(3, report(null))])
    expect(await entryKinds()).toEqual(['customer-mail'])
    expect(await desk.database.suppression.count()).toBe(0)
    expect(await desk.database.inbound.count({ where: { outcome: 'note-machine-mail' } })).toBe(2)
  })

  it('to an agent raises an alarm instead of a notice that would bounce as well', async () => {
    const notice = await letterOf('agent-notice')
    await takeIn(desk.deps, [arrival(2, report(notice.messageId))])
    expect(await lettersOf('agent-notice')).toBe(2)
    expect(await desk.database.letter.findMany({ where: { kind: 'alarm' } })).toMatchObject([
      { recipient: 'admin@example.com', data: { code: 'bounced' } },
    ])
    const alarm = await desk.database.letter.findFirstOrThrow({ where: { kind: 'alarm' } })
    await takeIn(desk.deps, [arrival(3, report(alarm.messageId))])
    expect(await lettersOf('alarm')).toBe(1)
  })

  it('that comes again and again stops telling the agents once the budget of the ticket is used up', async () => {
    const letter = await letterOf('auto-reply')
    const reports = Array.from({ length: 30 }, (_, i) => arrival(i + 2, report(letter.messageId)))
    await takeIn(desk.deps, reports.slice(0, 15))
    await takeIn(desk.deps, reports.slice(15))
    expect(await desk.database.entry.count({ where: { kind: 'letter-bounced' } })).toBe(30)
    expect(await desk.database.letter.count({ where: { recipient: 'anna@example.com' } })).toBe(10)
  })
})

describe('an address that a server called unknown', () => {
  const suppress = async () => {
    const letter = await letterOf('auto-reply')
    await takeIn(desk.deps, [arrival(2, report(letter.messageId))])
    return letter
  }

  it('gets a ticket for its next mail, and no automatic answer', async () => {
    await suppress()
    await takeIn(desk.deps, [arrival(3)])
    expect(await desk.database.ticket.count()).toBe(2)
    expect(await lettersOf('auto-reply')).toBe(1)
    const { trail } = await desk.database.inbound.findFirstOrThrow({ where: { uid: 3n } })
    expect(trail).toContainEqual({
      rule: 'auto-reply',
      hit: false,
      because: `a server called ${customer} unknown: no automatic letters to it until 2027-01-23T11:00:00Z`,
    })
  })

  it('is tried once more when it writes a day later', async () => {
    await suppress()
    now = noon.add({ hours: 25 })
    await takeIn(desk.deps, [{ ...arrival(3), receivedAt: now }])
    expect(await lettersOf('auto-reply')).toBe(2)
    expect(await desk.database.suppression.count()).toBe(0)
  })

  it('is free again at once when it answers a letter of ours', async () => {
    const letter = await suppress()
    await takeIn(desk.deps, [arrival(3, { inReplyTo: [letter.messageId] })])
    expect(await desk.database.suppression.count()).toBe(0)
  })

  it('is free again when the time is over', async () => {
    await suppress()
    now = noon.add({ hours: 61 * 24 })
    await takeIn(desk.deps, [{ ...arrival(3), receivedAt: now }])
    expect(await lettersOf('auto-reply')).toBe(2)
  })
})

it('a complaint about a letter of ours ends automatic mail to its recipient and tells the agents', async () => {
  const letter = await letterOf('auto-reply')
  const returned = { recipients: [], kind: null, reason: null, originalMessageId: letter.messageId }
  await takeIn(desk.deps, [arrival(2, { ...machine, classification: 'spam-report', bounce: returned })])
  expect(await desk.database.suppression.findMany()).toMatchObject([{ address: customer }])
  expect(await entryKinds()).toEqual(['customer-mail', 'machine-mail'])
  expect(await lettersOf('agent-notice')).toBe(4)
})

it('a read receipt is tied to the ticket of the letter that was read, and tells nobody', async () => {
  const letter = await letterOf('auto-reply')
  const returned = { recipients: [], kind: null, reason: null, originalMessageId: letter.messageId }
  await takeIn(desk.deps, [arrival(2, { ...machine, classification: 'auto-reply', bounce: returned })])
  expect(await entryKinds()).toEqual(['customer-mail', 'machine-mail'])
  expect(await lettersOf('agent-notice')).toBe(2)
})

it('an answer to an invitation is shown on its ticket and opens none; an invitation is a customer’s matter', async () => {
  const letter = await letterOf('auto-reply')
  const calendar = { uid: 'a', summary: 'Termin', startAt: '2026-11-30T13:00:00Z', endAt: null, location: '' }
  await takeIn(desk.deps, [
    arrival(2, {
      ...machine,
      classification: 'auto-reply',
      inReplyTo: [letter.messageId],
      calendar: { ...calendar, method: 'REPLY', answer: 'accepted' },
    }),
    arrival(3, {
      ...machine,
      classification: 'auto-reply',
      calendar: { ...calendar, method: 'COUNTER', answer: null },
    }),
    arrival(4, { calendar: { ...calendar, method: 'REQUEST', answer: null } }),
  ])
  const rows = await desk.database.inbound.findMany({ orderBy: { uid: 'asc' } })
  expect(rows.map(row => row.outcome)).toEqual([
    'open-ticket',
    'note-machine-mail',
    'note-machine-mail',
    'open-ticket',
  ])
  const entries = await desk.database.entry.findMany({ where: { inboundId: rows[3]?.id ?? 0n } })
  expect(entries).toMatchObject([{ detail: { calendar: { startAt: '2026-11-30T13:00:00Z' } } }])
})

describe('the absence note of an agent', () => {
  const note = (uid: number, changes: Partial<MailContent> = {}) =>
    arrival(uid, {
      ...machine,
      classification: 'auto-reply',
      from: { address: 'A.Fink@example.com', name: 'Anna Fink' },
      absence: {
        until: Temporal.PlainDate.from('2026-12-04'),
        deputies: [{ address: '', name: 'Bernd Ohm' }],
      },
      ...changes,
    })

  it('is kept with its last day and the deputy found among the agents; it opens no ticket', async () => {
    await takeIn(desk.deps, [note(1)])
    expect(await desk.database.ticket.count()).toBe(0)
    expect(await desk.database.absence.findMany()).toMatchObject([
      {
        agent: 'anna',
        fromAt: new Date('2026-11-23T23:00:00Z'),
        untilAt: new Date('2026-12-04T23:00:00Z'),
        deputy: 'bernd',
      },
    ])
  })

  it('that comes again changes the absence instead of adding one; a customer’s note adds none', async () => {
    const longer = { absence: { until: Temporal.PlainDate.from('2026-12-11'), deputies: [] } }
    const stranger = { from: { address: customer, name: '' } }
    await takeIn(desk.deps, [note(1), note(2, longer), note(3, stranger)])
    expect(await desk.database.absence.findMany()).toMatchObject([
      { agent: 'anna', untilAt: new Date('2026-12-11T23:00:00Z'), deputy: null },
    ])
  })

  it('brings the notices of the group to the deputy as well, until the agent is back', async () => {
    const { support } = desk.config.groups
    if (!support) throw new Error('the desk has a group')
    const config = { ...desk.config, groups: { support: { ...support, agents: ['anna'] } } }
    const deps = { ...desk.deps, config }
    await takeIn(deps, [note(1), arrival(2)])
    await takeIn(deps, [arrival(3)])
    now = noon.add({ hours: 24 * 14 })
    await takeIn(deps, [{ ...arrival(4), receivedAt: now }])
    const notices = await desk.database.letter.findMany({
      where: { kind: 'agent-notice' },
      include: { ticket: true },
    })
    const told = Map.groupBy(notices, letter => letter.createdAt.toISOString())
    expect([...told.values()].map(letters => letters.map(({ recipient }) => recipient).toSorted())).toEqual([
      ['anna@example.com', 'anna@example.com', 'bernd@example.com'],
      ['anna@example.com'],
    ])
  })
})
