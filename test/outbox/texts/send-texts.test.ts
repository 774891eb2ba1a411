import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, test } from 'vitest'
import { PermanentFailure, TransientFailure } from '../../../src/desk/failure.ts'
import type { PhoneProvider } from '../../../src/desk/phone/provider.ts'
import type { TextData } from '../../../src/desk/phone/text-words.ts'
import { recordTextStatus, type TextNews, textFailed } from '../../../src/intake/calls/texts.ts'
import { sendTexts, type TextDeps } from '../../../src/outbox/texts/send-texts.ts'
import { noon } from '../../desk/mail-example.ts'
import { entriesOf, mobile, openWorld, oweCall, type World } from '../../intake/calls/letter-world.ts'

let world: World
afterEach(() => world.close())

const deps = (step?: TextDeps['step']): TextDeps => ({
  ...world.deps,
  step,
  onFailed: (tx, text, reason) => textFailed(tx, world.deps, text, reason, world.now()),
})

const send = (step?: TextDeps['step']) => sendTexts(deps(step))

async function open(answers: Partial<PhoneProvider> = {}, address = ''): Promise<string> {
  world = await openWorld({ answers, address })
  await oweCall(world)
  return queue()
}

async function queue(dueAt: string | null = '2026-11-24T13:00:00Z'): Promise<string> {
  const { database, ticketId, callId } = world
  const data: TextData = {
    ...{ dueAt, callId },
    ticketNumber: '1004711',
    number: mobile,
    again: false,
    office: 'hamburg',
    line: '+494066969123',
    callbackId: null,
  }
  const id = randomUUID()
  await database.textMessage.create({
    data: {
      ...{ id, ticketId, recipient: mobile, line: 'hotline' },
      kind: 'confirmation',
      language: 'de',
      data: { ...data },
      state: 'queued',
      createdAt: new Date(noon.epochMilliseconds),
      wakeAt: new Date(noon.epochMilliseconds),
    },
  })
  return id
}

const text = (id: string) => world.database.textMessage.findUniqueOrThrow({ where: { id } })
const unsure = () => Promise.reject(new TransientFailure('unsure', 'no answer'))

/** Sends until nothing waits, at most `rounds` times, with the clock put forward to each due time. */
async function sendOn(rounds: number): Promise<void> {
  for (let n = 0; n < rounds; n++) {
    const { nextAt } = await send()
    if (nextAt === null) return
    world.pass({ milliseconds: Math.max(0, nextAt.epochMilliseconds - world.now().epochMilliseconds) })
  }
}

describe('a text', () => {
  test('is sent once, and its row says what was said', async () => {
    const id = await open()
    expect(await send()).toEqual({ sent: 1, nextAt: null })
    expect(await send()).toEqual({ sent: 0, nextAt: null })
    expect(world.carrier.sentTexts).toEqual([
      {
        textId: id,
        to: mobile,
        from: 'Example',
        text: 'Example GmbH: Danke für Ihren Anruf. Ticket 1004711: Wir rufen Sie heute bis 14:00 Uhr unter dieser Nummer zurück. Antwort nicht möglich, Rückfragen an 040 66969123.',
      },
    ])
    expect(await text(id)).toMatchObject({
      state: 'sent',
      providerId: 'SM1',
      text: world.carrier.sentTexts[0]?.text,
    })
  })

  test('is sent once by two processes at the same time', async () => {
    const id = await open()
    const both = await Promise.all([send(), send()])
    expect(both.map(({ sent }) => sent).toSorted()).toEqual([0, 1])
    expect(world.carrier.sentTexts).toHaveLength(1)
    expect((await text(id)).state).toBe('sent')
  })

  test('is tried again after an outage, with longer and longer pauses', async () => {
    let left = 2
    const id = await open({
      sendText: async () => {
        if (left-- > 0) throw new TransientFailure('phone', 'busy')
        return { providerId: 'SM9' }
      },
    })
    const first = await send()
    expect(first).toEqual({ sent: 0, nextAt: noon.add({ seconds: 30 }) })
    expect(await send()).toMatchObject({ sent: 0 })
    expect(left).toBe(1)
    await sendOn(4)
    expect(await text(id)).toMatchObject({ state: 'sent', providerId: 'SM9', failure: null })
  })

  test('whose answer was lost is looked for, and not sent again when it is found', async () => {
    const id = await open({ sendText: unsure, findText: async () => ({ providerId: 'SM7' }) })
    await send()
    expect((await text(id)).state).toBe('unsure')
    await sendOn(3)
    expect(await text(id)).toMatchObject({ state: 'sent', providerId: 'SM7' })
  })

  test('is sent again only after it was looked for twice in vain', async () => {
    let looks = 0
    const sentAfter: number[] = []
    const id = await open({
      sendText: async () => {
        sentAfter.push(looks)
        if (sentAfter.length === 1) return unsure()
        return { providerId: 'SM8' }
      },
      findText: async () => {
        looks++
        return undefined
      },
    })
    await sendOn(8)
    expect(sentAfter).toEqual([0, 2])
    expect((await text(id)).state).toBe('sent')
  })

  test.each([
    ['before the provider was asked', 'text-claimed', 1],
    ['after it had answered', 'text-sent', 1],
  ] as const)('whose process died %s is sent once', async (_, at, count) => {
    const sent: string[] = []
    const id = await open({
      sendText: async ({ textId }) => {
        sent.push(textId)
        return { providerId: 'SM1' }
      },
      findText: async ({ textId }) => (sent.includes(textId) ? { providerId: 'SM1' } : undefined),
    })
    const death = new Error('killed')
    await expect(
      send(name => {
        if (name === at) throw death
      }),
    ).rejects.toBe(death)
    await sendOn(1)
    world.pass({ minutes: 3 })
    await sendOn(6)
    expect(sent).toHaveLength(count)
    expect(await text(id)).toMatchObject({ state: 'sent', providerId: 'SM1' })
  })

  test('that can never be sent becomes a mail', async () => {
    const id = await open(
      { sendText: () => Promise.reject(new PermanentFailure('phone', 'not a mobile number')) },
      'carla@kunde.example.com',
    )
    await send()
    expect(await text(id)).toMatchObject({ state: 'failed', failure: 'not a mobile number', wakeAt: null })
    const letters = await world.database.letter.findMany()
    expect(letters.map(({ kind, recipient }) => [kind, recipient])).toEqual([
      ['call-confirmation', 'carla@kunde.example.com'],
    ])
    expect(world.nudges()).toBe(1)
  })

  test('that can never be sent, to somebody without an address, is seen on the ticket (row 32)', async () => {
    await open({ sendText: () => Promise.reject(new TransientFailure('phone', 'down')) })
    await sendOn(12)
    expect((await entriesOf(world)).map(({ kind }) => kind)).toEqual(['text-failed', 'no-confirmation'])
    expect(world.carrier.sentTexts).toEqual([])
  })

  test('never says a time that is over', async () => {
    const id = await open()
    world.pass({ hours: 2 })
    await send()
    expect(world.carrier.sentTexts).toEqual([])
    expect((await text(id)).state).toBe('failed')
  })
})

describe('the provider’s news of a text', () => {
  const news = (textId: string, state: TextNews['state'], more: Partial<TextNews> = {}) =>
    recordTextStatus(world.deps, { provider: 'carrier', providerId: 'SM1', textId, state, ...more })

  test('count by how far they are, not by when they come', async () => {
    const id = await open()
    await send()
    await news(id, 'delivered')
    await news(id, 'sent')
    await news(id, 'failed')
    expect((await text(id)).state).toBe('delivered')
    expect(await entriesOf(world)).toEqual([])
  })

  test('prove that a doubtful text was sent', async () => {
    const id = await open({ sendText: unsure })
    await send()
    await news(id, 'sent')
    expect(await text(id)).toMatchObject({ state: 'sent', providerId: 'SM1', wakeAt: null })
    expect(await send()).toEqual({ sent: 0, nextAt: null })
  })

  test('of one that did not arrive let a mail be written, once (row 32)', async () => {
    world = await openWorld({ address: 'carla@kunde.example.com' })
    await oweCall(world)
    const id = await queue()
    await send()
    await news(id, 'failed', { reason: '30003' })
    await news(id, 'failed', { reason: '30003' })
    expect(await world.database.letter.count()).toBe(1)
    expect((await entriesOf(world)).map(({ kind }) => kind)).toEqual(['text-failed', 'customer-told'])
    expect((await text(id)).failure).toBe('not delivered: 30003')
  })

  test.each([
    ['another provider', { provider: 'stranger' }],
    ['another text', { providerId: 'SM2' }],
    ['a text that is none', { textId: "1' or '1'='1" }],
    ['a text that nobody knows', { textId: '0198c0de-0000-4000-8000-000000000009' }],
  ])('of %s change nothing', async (_, more) => {
    const id = await open()
    await send()
    await news(id, 'delivered', more)
    expect((await text(id)).state).toBe('sent')
  })
})
