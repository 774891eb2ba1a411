import { afterAll, beforeEach, expect, it } from 'vitest'
import type { DigestData } from '../../src/desk/digest.ts'
import { writeDigest } from '../../src/intake/digest.ts'
import { takeIn } from '../../src/intake/take-in.ts'
import { noon } from '../desk/mail-example.ts'
import { arrival, openDesk } from './desk.ts'

let now = noon
const desk = await openDesk(() => now)

afterAll(() => desk.close())
beforeEach(async () => {
  now = noon
  await desk.database
    .$executeRaw`truncate inbound, ticket, entry, letter, guarantee, mailbox_cursor, suppression, held cascade`
})

const write = () => writeDigest(desk.database, desk.config, now)
const nextMorning = noon.add({ hours: 20 })

async function lastDigest(): Promise<DigestData> {
  const letter = await desk.database.letter.findFirstOrThrow({
    where: { kind: 'digest' },
    orderBy: { createdAt: 'desc' },
  })
  return letter.data as unknown as DigestData
}

it('is not written where a day went well', async () => {
  await takeIn(desk.deps, [arrival(1)])
  now = nextMorning
  expect(await write()).toBe(0)
})

it('names every mail over a budget with the command that says why, and goes to the administrators', async () => {
  await takeIn(
    desk.deps,
    Array.from({ length: 5 }, (_, i) => arrival(i + 1, { subject: `Meldung ${i + 1}` })),
  )
  now = nextMorning
  expect(await write()).toBe(1)
  const { sections } = await lastDigest()
  expect(sections).toMatchObject([
    { topic: 'over-budget', count: 2, lines: [{ what: 'Meldung 5' }, { what: 'Meldung 4' }] },
  ])
  expect(sections[0]?.lines[0]).toMatchObject({
    who: 'petra@kunde.example.com',
    ticketNumber: expect.stringMatching(/^\d{7}$/),
    command: expect.stringMatching(/^gateway why \d+$/),
  })
  expect(await desk.database.letter.findMany({ where: { kind: 'digest' } })).toMatchObject([
    { recipient: 'admin@example.com', ticketId: null, language: 'de' },
  ])
})

it('reports once what is over, and every day what still waits for a human', async () => {
  await takeIn(desk.deps, [
    ...Array.from({ length: 4 }, (_, i) => arrival(i + 1)),
    arrival(5, { classification: 'unparseable', defects: ['no header'] }),
  ])
  await desk.database.suppression.create({
    data: {
      address: 'gone@example.net',
      until: new Date('2027-01-01'),
      since: new Date(now.epochMilliseconds),
      reason: '5.1.1 User unknown',
    },
  })
  now = nextMorning
  await write()
  expect((await lastDigest()).sections.map(({ topic, count }) => [topic, count])).toEqual([
    ['quarantined', 1],
    ['over-budget', 1],
    ['suppressed', 1],
  ])
  now = now.add({ hours: 24 })
  await write()
  expect((await lastDigest()).sections.map(({ topic }) => topic)).toEqual(['quarantined'])
})

it('is written once, though its job may run twice', async () => {
  await takeIn(desk.deps, [arrival(1, { classification: 'unparseable' })])
  expect(await write()).toBe(1)
  now = now.add({ minutes: 5 })
  expect(await write()).toBe(0)
})

it('goes to the first agent of each group where nobody hears of alarms', async () => {
  await takeIn(desk.deps, [arrival(1, { classification: 'unparseable' })])
  const config = { ...desk.config, alarms: { ...desk.config.alarms, to: [] } }
  expect(await writeDigest(desk.database, config, now)).toBe(1)
  expect(await desk.database.letter.findMany({ where: { kind: 'digest' } })).toMatchObject([
    { recipient: 'anna@example.com' },
  ])
})

it('shows held mails and failed letters with their tickets', async () => {
  await takeIn(desk.deps, [arrival(1)])
  const ticket = await desk.database.ticket.findFirstOrThrow()
  const inbound = await desk.database.inbound.findFirstOrThrow()
  await desk.database.letter.updateMany({
    where: { kind: 'auto-reply' },
    data: { state: 'failed', response: '550 no such user' },
  })
  await desk.database.held.create({
    data: {
      id: crypto.randomUUID(),
      inboundId: inbound.id,
      ticketId: ticket.id,
      reason: 'stranger',
      detail: {},
      state: 'held',
      heldAt: new Date(now.epochMilliseconds),
    },
  })
  now = nextMorning
  await write()
  expect((await lastDigest()).sections).toMatchObject([
    { topic: 'held', lines: [{ what: 'stranger: Drucker druckt nicht', ticketNumber: ticket.number }] },
    { topic: 'failed-letters', lines: [{ what: 'auto-reply: 550 no such user' }] },
  ])
})
