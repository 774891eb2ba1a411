import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { configSchema } from '../../src/config/schema.ts'
import { agentToken } from '../../src/desk/agent-token.ts'
import { takeIn } from '../../src/intake/take-in.ts'
import type { Letter } from '../../src/store/generated/client.ts'
import { noon } from '../desk/mail-example.ts'
import { arrival, deskConfig, openDesk, type TestDesk } from './desk.ts'

/** What agents' mails do to promised calls, and to tickets of callers whose address nobody knows. */

const phoneConfig = configSchema.parse({
  ...deskConfig,
  phone: {
    publicUrl: 'https://gateway.example.com',
    providers: { pbx: { kind: 'cti', token: 'a-token-of-24-characters' } },
    lines: {
      other: {
        ...{ provider: 'pbx', number: '+494066969200', office: 'hamburg', group: 'support' },
        mailbox: 'second',
      },
      hotline: {
        ...{ provider: 'pbx', number: '+494066969100', office: 'hamburg', group: 'support' },
        mailbox: 'support',
      },
    },
  },
})

let desk: TestDesk
let uid = 100
let told: (readonly string[])[] = []

beforeAll(async () => {
  desk = await openDesk(() => noon, phoneConfig)
})
afterAll(() => desk.close())
beforeEach(async () => {
  told = []
  await desk.database.$executeRaw`
    truncate inbound, ticket, entry, letter, guarantee, held, participant, suppression, mailbox_cursor, call, callback,
      callback_attempt, ticket_phone cascade`
  await takeIn(desk.deps, [arrival(++uid)])
})

const deps = () => ({
  ...desk.deps,
  callbacksChanged: (hangUps: readonly string[]) => void told.push(hangUps),
})
const theTicket = () => desk.database.ticket.findFirstOrThrow({ orderBy: { sequence: 'asc' } })
const callbacks = () => desk.database.callback.findMany({ include: { guarantee: true, tries: true } })
const promises = () =>
  desk.database.guarantee.findMany({ where: { kind: 'callback' }, orderBy: { dueAt: 'asc' } })

/** Anna's reply to her notice, with all proofs; the letters of before are forgotten. */
async function reply(text: string, at: TestDesk = desk): Promise<void> {
  const { number } = await at.database.ticket.findFirstOrThrow({ orderBy: { sequence: 'asc' } })
  const issuedOn = Temporal.PlainDate.from('2026-11-24')
  const token = agentToken(deskConfig.secret, { agent: 'anna', number, issuedOn })
  await at.database.letter.deleteMany()
  await takeIn(at === desk ? deps() : at.deps, [
    arrival(++uid, {
      messageId: `<reply${uid}@example.com>`,
      from: { address: 'anna@example.com', name: 'Anna Fink' },
      to: [{ address: `support+${token}@example.com`, name: '' }],
      subject: `AW: [#${number}] Neues Ticket`,
      text,
      replyText: text,
      authentication: {
        ...{ from: ['anna@example.com'], fromDomain: 'example.com', sender: [], internal: false },
        results: [{ method: 'dmarc', result: 'pass', domain: 'example.com' }],
        dkim: 'unknown',
      },
    }),
  ])
}

const dataOf = async <T>(kind: string): Promise<T & Letter['data']> => {
  const { data } = await desk.database.letter.findFirstOrThrow({ where: { kind } })
  return data as T & Letter['data']
}

describe('#rückruf', () => {
  it('promises a call within the office time, on the line whose letters come from the ticket’s mailbox', async () => {
    await reply('#rückruf 040 66969222')
    const due = noon.add({ hours: 2 })
    expect(await callbacks()).toMatchObject([
      {
        ...{ number: '+494066969222', line: 'hotline', state: 'owed', language: 'de' },
        guarantee: { state: 'open', dueAt: new Date(due.epochMilliseconds) },
      },
    ])
    expect((await callbacks())[0]?.wakeAt).toEqual(new Date(noon.epochMilliseconds))
    expect(await dataOf('receipt')).toMatchObject({
      done: [{ what: 'callback', value: '+494066969222', due: due.toString() }],
    })
    expect((await theTicket()).customerPhone).toBe('+494066969222')
    expect(told).toEqual([[]])
  })

  it('keeps an agreed time to the minute, and remembers the promise before it', async () => {
    await reply('#rückruf 040 66969222')
    await reply('#callback 040 66969222 morgen 9:00')
    expect(await promises()).toMatchObject([
      { state: 'withdrawn', reason: 'agreed' },
      { state: 'open', dueAt: new Date('2026-11-25T08:00:00Z') },
    ])
    expect(await callbacks()).toMatchObject([{ state: 'owed', guarantee: { state: 'open' } }])
    await reply('#callback 040 66969333')
    expect(await dataOf('receipt')).toMatchObject({ done: [{ due: '2026-11-25T08:00:00Z' }] })
    expect(await callbacks()).toMatchObject([{ number: '+494066969333' }])
  })

  it('is written down where there is no telephony, as it always was', async () => {
    const plain = await openDesk()
    await takeIn(plain.deps, [arrival(1)])
    await reply('#rückruf 040 66969222 14:30', plain)
    expect(await plain.database.callback.count()).toBe(0)
    const { data } = await plain.database.letter.findFirstOrThrow({ where: { kind: 'receipt' } })
    expect(data).toMatchObject({ done: [{ what: 'callback', value: '+494066969222' }] })
    expect(JSON.stringify(data)).not.toContain('"due"')
    await plain.close()
  })
})

describe('#angerufen', () => {
  it('ends the promised call as made by this agent, and keeps the promise', async () => {
    await reply('#rückruf 040 66969222')
    await reply('#angerufen Gerät läuft wieder')
    expect(await callbacks()).toMatchObject([
      {
        ...{ state: 'done', owedFor: null, attempts: 1 },
        firstContactAt: new Date(noon.epochMilliseconds),
        guarantee: { state: 'kept' },
        tries: [
          { agent: 'anna', mode: 'by-hand', outcome: 'answered', detail: { remark: 'Gerät läuft wieder' } },
        ],
      },
    ])
    expect(await dataOf('receipt')).toMatchObject({ done: [{ what: 'called', ended: true }] })
  })

  it('ends one that was given up as well, and cancels a telephone that still rings for it', async () => {
    await reply('#rückruf 040 66969222')
    const [callback] = await callbacks()
    if (!callback) throw new Error('a call is owed')
    const { id: callbackId, ticketId } = callback
    const id = crypto.randomUUID()
    const when = new Date(noon.epochMilliseconds)
    await desk.database.call.create({
      data: {
        ...{
          id,
          provider: 'pbx',
          providerId: 'CA7',
          direction: 'out',
          line: 'hotline',
          language: 'de',
          ticketId,
        },
        ...{ rawFrom: '', rawTo: '', state: 'open', step: 'offer', arrivedAt: when },
      },
    })
    await desk.database.callbackAttempt.create({
      data: {
        ...{
          id,
          callbackId,
          activeFor: callbackId,
          agent: 'bernd',
          mode: 'rung',
          state: 'dialling',
          callId: id,
        },
        requestedAt: when,
      },
    })
    await desk.database.callback.update({ where: { id: callbackId }, data: { state: 'unreached' } })
    await reply('#called')
    expect(await callbacks()).toMatchObject([{ state: 'done' }])
    expect(told.at(-1)).toEqual(['CA7'])
  })

  it('is a remark where no call is owed', async () => {
    await reply('#called all fine')
    expect(await callbacks()).toEqual([])
    expect(await dataOf('receipt')).toMatchObject({ done: [{ what: 'called', value: 'all fine' }] })
  })
})

describe('a matter that is done', () => {
  it.each([
    ['#erledigt', 'closed'],
    ['#gesperrt', 'closed'],
  ])('owes no call any more after %s', async (command, how) => {
    await reply('#rückruf 040 66969222')
    await reply(command)
    expect(await callbacks()).toMatchObject([
      { state: 'withdrawn', wakeAt: null, guarantee: { state: 'withdrawn', reason: how } },
    ])
  })

  it('owes its call on the ticket that it was merged into, to the minute', async () => {
    await takeIn(desk.deps, [
      arrival(++uid, { subject: 'Etwas anderes', from: { address: 'x@example.org', name: '' } }),
    ])
    const other = await desk.database.ticket.findFirstOrThrow({ orderBy: { sequence: 'desc' } })
    await reply('#rückruf 040 66969222')
    const [before] = await callbacks()
    await reply(`#merge ${other.number}`)
    expect(await callbacks()).toMatchObject([
      {
        ...{ id: before?.id, state: 'owed', ticketId: other.id, owedFor: other.id },
        guarantee: { state: 'open', ticketId: other.id, dueAt: before?.guarantee.dueAt },
      },
    ])
  })
})

describe('a ticket of a caller whose address nobody knows', () => {
  beforeEach(() =>
    desk.database.ticket.updateMany({ data: { customerAddress: '', customerName: 'Herr Ruf' } }),
  )

  it('sends nothing, and tells the agent how to give the address', async () => {
    await reply('Bitte schalten Sie das Gerät aus.')
    expect(await desk.database.letter.findMany({ where: { kind: 'agent-answer' } })).toEqual([])
    expect(await dataOf('help')).toMatchObject({
      mistakes: [{ code: 'no-customer-address', command: 'address' }],
      words: 'Bitte schalten Sie das Gerät aus.',
    })
  })

  it('takes the address from the first line, and the answer below goes there', async () => {
    await reply('#adresse <Ruf@Kunde.example.com>\nBitte schalten Sie das Gerät aus.')
    expect(await desk.database.letter.findFirst({ where: { kind: 'agent-answer' } })).toMatchObject({
      recipient: 'ruf@kunde.example.com',
    })
    expect(await theTicket()).toMatchObject({ customerAddress: 'ruf@kunde.example.com' })
    const who = await desk.database.participant.findMany({ where: { address: 'ruf@kunde.example.com' } })
    expect(who).toMatchObject([{ name: 'Herr Ruf', role: 'customer' }])
    expect(await dataOf('receipt')).toMatchObject({ sentTo: 'ruf@kunde.example.com' })
    await reply('Und noch etwas.')
    expect(await desk.database.letter.findFirst({ where: { kind: 'agent-answer' } })).toMatchObject({
      recipient: 'ruf@kunde.example.com',
    })
  })

  it.each([
    ['#adresse kunde', 'no-address'],
    ['#address a@b@c.de', 'no-address'],
    ['#adresse support@example.com', 'own-address'],
    ['#adresse bernd@example.com', 'own-address'],
    ['#adresse support+t1000015-abcdefghijkm@example.com', 'own-address'],
  ])('%s is %s', async (line, code) => {
    await reply(line)
    expect(await dataOf('help')).toMatchObject({ mistakes: [{ code }] })
    expect(await theTicket()).toMatchObject({ customerAddress: '' })
  })

  it('never changes an address that is known', async () => {
    await reply('#adresse ruf@kunde.example.com')
    await reply('#adresse fremd@example.org')
    expect(await dataOf('help')).toMatchObject({ mistakes: [{ code: 'address-known' }] })
    expect(await theTicket()).toMatchObject({ customerAddress: 'ruf@kunde.example.com' })
  })

  it('bars no address when it is spam, and is no relative of other callers’ tickets', async () => {
    await takeIn(desk.deps, [
      arrival(++uid, { subject: 'Etwas anderes', from: { address: 'x@example.org', name: '' } }),
    ])
    await desk.database.ticket.updateMany({ data: { customerAddress: '' } })
    await reply('#intern Rückfrage läuft')
    expect(await dataOf('agent-notice')).toMatchObject({ earlier: { count: 0, numbers: [] } })
    await reply('#spam')
    expect(await desk.database.suppression.count()).toBe(0)
  })
})

describe('a mail from somebody who knows the number of a caller’s ticket', () => {
  it('waits for an agent: the number was spoken on the telephone, and anybody may have heard it', async () => {
    await desk.database.ticket.updateMany({ data: { customerAddress: '', customerPhone: '+494066969222' } })
    await desk.database.participant.deleteMany()
    const { id, number } = await theTicket()
    const text = 'Hier ist der Text zu meinem Anruf, Sie erreichen mich unter 040 66969222.'
    const from = { address: 'fremd@example.org', name: 'Fremd' }
    await takeIn(desk.deps, [arrival(++uid, { subject: `[#${number}] Anruf`, from, text, replyText: text })])
    expect(await desk.database.held.findMany()).toMatchObject([
      { ticketId: id, reason: 'stranger', state: 'held' },
    ])
    expect(await theTicket()).toMatchObject({ customerAddress: '' })
  })
})

describe('a mail with a telephone number', () => {
  it('lets its writer be recognised when they ring (zammad#5117)', async () => {
    const text =
      'Der Drucker druckt seit heute früh nur noch leere Seiten.\n\nMit freundlichen Grüßen\nPetra Kunde\nTel. 040 66969222'
    await takeIn(desk.deps, [
      arrival(++uid, { text, replyText: text, language: 'de', subject: 'Leere Seiten' }),
    ])
    const ticket = await desk.database.ticket.findFirstOrThrow({ orderBy: { sequence: 'desc' } })
    expect(await desk.database.ticketPhone.findMany()).toMatchObject([
      { ticketId: ticket.id, number: '+494066969222', source: 'mail' },
    ])
  })
})
