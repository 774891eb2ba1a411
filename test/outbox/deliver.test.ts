import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { PermanentFailure } from '../../src/desk/failure.ts'
import { retryLetters } from '../../src/outbox/retry-letters.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { cloneDatabase } from '../database.ts'
import { type SmtpSink, startSmtpSink } from '../smtp-sink.ts'
import { composed, letterOf, putLetter } from './letters.ts'
import { openOffice } from './office.ts'
import { testConfig } from './test-config.ts'

/** Letters over a real database and a real SMTP server; only time is in the test's hand. */

let url: string
let database: Database
let sink: SmtpSink

beforeEach(async () => {
  const clone = await cloneDatabase()
  url = clone.url
  database = openDatabase(url, 4)
  sink = await startSmtpSink({ password: 'right' })
  await database.ticket.create({ data: ticket })
  return async () => {
    await sink.stop()
    await database.$disconnect()
    await clone.drop()
  }
})

const ticketId = randomUUID()
const ticket = {
  id: ticketId,
  number: '1000007',
  state: 'open',
  subject: 'Drucker',
  customerAddress: 'anna@example.org',
  customerName: 'Anna',
  language: 'de',
  mailbox: 'support',
  group: 'support',
  office: 'hamburg',
  openedAt: new Date('2026-03-02T07:00:00Z'),
  changedAt: new Date('2026-03-02T07:00:00Z'),
}

const config = (password = 'right') => testConfig({ port: sink.port, user: 'support', password })

describe('a letter in the outbox', () => {
  it('is sent, with the server’s reply and what was written kept', async () => {
    const messageId = await putLetter(database)
    const { delivery, clock } = await openOffice(url, config())
    await delivery.drained()
    expect(sink.copiesOf(messageId)).toBe(1)
    const letter = await letterOf(database, messageId)
    expect(letter).toMatchObject({
      state: 'sent',
      attempts: 1,
      subject: 'Letter of kind auto-reply',
      text: 'Grüße\n',
      failureCode: null,
      claimedBy: null,
    })
    expect(letter.response).toMatch(/^250 /)
    expect(letter.sentAt?.getTime()).toBe(clock.now().epochMilliseconds)
  })

  it('leaves in its turn: customers before agents, then the oldest first', async () => {
    const at = (minute: number) => new Date(Date.UTC(2026, 2, 2, 7, minute))
    const notice = await putLetter(database, { kind: 'agent-notice', createdAt: at(0) })
    const younger = await putLetter(database, { createdAt: at(2) })
    const older = await putLetter(database, { createdAt: at(1) })
    const one = testConfig({ port: sink.port, user: 'support', password: 'right', connections: 1 })
    const { delivery } = await openOffice(url, one)
    await delivery.drained()
    expect(sink.accepted.map(mail => mail.messageId)).toEqual([older, younger, notice])
  })

  it('is found by a nudge, and by the sweep when another process put it there', async () => {
    const office = await openOffice(url, config())
    await office.delivery.drained()
    const nudged = await putLetter(database)
    office.delivery.nudge()
    await office.delivery.drained()
    expect(sink.copiesOf(nudged)).toBe(1)
    const foreign = await putLetter(database)
    await office.pass(5)
    expect(sink.copiesOf(foreign)).toBe(1)
  })

  it('is sent once, however many processes share the outbox', async () => {
    const ids = await Promise.all(Array.from({ length: 120 }, () => putLetter(database)))
    const offices = await Promise.all([1, 2, 3].map(() => openOffice(url, config())))
    await Promise.all(offices.map(office => office.delivery.drained()))
    expect(ids.map(id => sink.copiesOf(id))).toEqual(ids.map(() => 1))
    expect(await database.letter.count({ where: { state: 'sent' } })).toBe(120)
  })
})

describe('a server that refuses for the moment', () => {
  it('is asked again after half a minute, then after twice that', async () => {
    const messageId = await putLetter(database)
    const busy = { kind: 'answer', at: 'rcpt', code: 451, text: '4.7.1 later' } as const
    sink.next(busy, busy, busy)
    const office = await openOffice(url, config())
    const waits: number[] = []
    for (let round = 0; round < 3; round++) {
      await office.delivery.drained()
      const letter = await letterOf(database, messageId)
      expect(letter).toMatchObject({ state: 'queued', attempts: round + 1, response: '451 4.7.1 later' })
      waits.push((letter.nextTryAt.getTime() - office.clock.now().epochMilliseconds) / 1000)
      await office.pass(waits[round] ?? 0)
    }
    expect(waits).toEqual([30, 60, 120])
    expect(await letterOf(database, messageId)).toMatchObject({ state: 'sent', attempts: 4 })
    expect(office.failures).toEqual([])
  })
})

describe('a server that refuses for good', () => {
  it('ends the letter at once, told exactly once', async () => {
    const messageId = await putLetter(database)
    sink.next({ kind: 'answer', at: 'rcpt', code: 550, text: '5.1.1 unknown' })
    const office = await openOffice(url, config())
    await office.pass(3600)
    expect(office.failures).toEqual([{ letter: await idOf(messageId), code: 'recipient-refused' }])
    expect(await letterOf(database, messageId)).toMatchObject({
      state: 'failed',
      failureCode: 'recipient-refused',
      response: '550 5.1.1 unknown',
    })
    expect(sink.connections()).toBe(1)
  })

  it('is not forgotten when the ticket cannot take the event at first', async () => {
    const messageId = await putLetter(database)
    sink.next({ kind: 'answer', at: 'rcpt', code: 550, text: '5.1.1 unknown' })
    let calls = 0
    const office = await openOffice(url, config(), {
      onFailed: async (tx, letter) => {
        await tx.entry.create({ data: entryAbout(letter.id) })
        calls += 1
        if (calls === 1) throw new Error('the first commit does not happen')
      },
    })
    await office.delivery.drained()
    expect(await letterOf(database, messageId)).toMatchObject({ state: 'sending' })
    expect(await database.entry.count()).toBe(0)
    await office.pass(5)
    expect(await letterOf(database, messageId)).toMatchObject({ state: 'failed' })
    expect(await database.entry.count()).toBe(1)
  })
})

describe('a delivery that stops', () => {
  it('lets what is being sent arrive, and hands back the rest', async () => {
    await Promise.all(Array.from({ length: 40 }, () => putLetter(database)))
    const stopping: Promise<void>[] = []
    const office = await openOffice(url, config(), {
      step: name => {
        if (name === 'after-send' && sink.accepted.length >= 5) stopping.push(office.delivery.stop())
      },
    })
    await office.delivery.drained()
    await Promise.all(stopping)
    const { accepted } = sink
    expect(accepted.length).toBeLessThan(40)
    expect(await database.letter.count({ where: { state: 'sent', attempts: 1 } })).toBe(accepted.length)
    expect(await database.letter.count({ where: { state: 'queued', attempts: 0 } })).toBe(
      40 - accepted.length,
    )
  })
})

describe('a letter that cannot be rendered', () => {
  it('fails alone, and is sent by command once its template is mended', async () => {
    const broken = await putLetter(database, { template: 'broken' })
    const sound = await putLetter(database)
    let mended = false
    const office = await openOffice(url, config(), {
      compose: letter => {
        if (letter.template === 'broken' && !mended) throw new PermanentFailure('template', 'no ticketNumber')
        return composed(letter)
      },
    })
    await office.delivery.drained()
    expect(sink.copiesOf(sound)).toBe(1)
    expect(await letterOf(database, broken)).toMatchObject({ state: 'failed', failureCode: 'template' })
    expect(office.failures).toMatchObject([{ code: 'template' }])
    mended = true
    expect(await retryLetters(database, { failedWith: 'unsure' }, office.clock.now())).toBe(0)
    expect(await retryLetters(database, { failedWith: 'template' }, office.clock.now())).toBe(1)
    expect(await retryLetters(database, { ids: [await idOf(sound)] }, office.clock.now())).toBe(0)
    await office.pass(5)
    expect(sink.copiesOf(broken)).toBe(1)
    expect(sink.copiesOf(sound)).toBe(1)
  })
})

describe('what PostgreSQL cannot store', () => {
  it('does not hold up the letters that are settled together', async () => {
    const ids = await Promise.all(Array.from({ length: 4 }, () => putLetter(database)))
    const office = await openOffice(url, config(), {
      compose: letter => ({ ...composed(letter), text: 'nul \0 and half a pair \ud83d.' }),
    })
    await office.delivery.drained()
    expect(await database.letter.count({ where: { state: 'sent' } })).toBe(4)
    expect((await letterOf(database, ids[0] ?? '')).text).toBe('nul  and half a pair \ufffd.')
  })
})

async function idOf(messageId: string): Promise<string> {
  return (await letterOf(database, messageId)).id
}

const entryAbout = (letterId: string) => ({
  id: randomUUID(),
  ticketId,
  kind: 'letter-failed',
  at: new Date(),
  author: '',
  text: '',
  detail: {},
  letterId,
})
