import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listTickets, ticketDossier } from '../../src/console/tickets.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { cloneDatabase, type TestDatabase } from '../database.ts'
import { insertTicket, newTicketTrail } from './ticket-rows.ts'

let clone: TestDatabase
let db: Database
const at = Temporal.Instant.from('2026-11-23T08:41:00Z')
const petra = {
  customerName: 'Petra Lindner',
  customerAddress: 'petra.lindner@example.org',
  language: 'de',
  text: 'Guten Tag',
} as const

beforeAll(async () => {
  clone = await cloneDatabase()
  db = openDatabase(clone.url, 2)
  await insertTicket(db, {
    ...petra,
    number: '1000011',
    subject: 'Rechnungsexport',
    at,
    dueAt: at.add({ hours: 2 }),
    uid: 1,
    replies: [
      {
        kind: 'agent-mail',
        author: 'Jonas Brandt <jonas.brandt@example.com>',
        text: 'Wir schauen nach.',
        at: at.add({ hours: 1 }),
      },
    ],
    letters: [
      {
        kind: 'auto-reply',
        recipient: petra.customerAddress,
        state: 'sent',
        response: '250 2.0.0 ok',
        subject: '[#1000011] Rechnungsexport',
      },
      { kind: 'agent-notice', recipient: 'jonas.brandt@example.com', state: 'queued' },
      { kind: 'agent-notice', recipient: 'unknown@example.com', state: 'failed' },
    ],
  })
  await insertTicket(db, {
    ...petra,
    number: '1000022',
    subject: 'Zugang',
    at: at.add({ minutes: 5 }),
    dueAt: at.add({ hours: 3 }),
    uid: 2,
  })
})

afterAll(async () => {
  await db?.$disconnect()
  await clone?.drop()
})

describe('the list', () => {
  test('has what changed last on top, with its running promise and its letters', async () => {
    const tickets = await listTickets(db, 10)
    expect(tickets.map(({ number }) => number)).toEqual(['1000011', '1000022'])
    expect(tickets[0]).toMatchObject({
      entries: 2,
      lettersUnderWay: 1,
      lettersFailed: 1,
      changedAt: '2026-11-23T09:41:00.000Z',
    })
    expect(tickets[0]?.guarantee).toMatchObject({ kind: 'first-response', dueAt: '2026-11-23T10:41:00.000Z' })
  })

  test('is no longer than asked for', async () => {
    expect(await listTickets(db, 1)).toHaveLength(1)
  })
})

describe('the dossier', () => {
  test('tells the history in order, and why', async () => {
    const dossier = await ticketDossier(db, '1000011')
    expect(dossier?.entries.map(({ kind }) => kind)).toEqual(['customer-mail', 'agent-mail'])
    expect(dossier?.letters.map(({ kind, state }) => [kind, state])).toEqual([
      ['auto-reply', 'sent'],
      ['agent-notice', 'queued'],
      ['agent-notice', 'failed'],
    ])
    expect(dossier?.inbounds[0]).toMatchObject({ rule: 'new-ticket', uid: '1', uidValidity: '1763900000' })
    expect(dossier?.inbounds[0]?.trail).toEqual(newTicketTrail)
    expect(dossier?.entries[0]?.inboundId).toBe(dossier?.inbounds[0]?.id)
  })

  test('says who is responsible, what is known, who takes part and what waits', async () => {
    const ticket = await db.ticket.update({
      where: { number: '1000022' },
      data: {
        ...{ state: 'waiting', assignee: 'jonas', severity: 'minor', level: 2 },
        waitingUntil: '2026-11-25T08:00:00Z',
        known: { serial: { value: 'SN 17', where: 'text' }, odd: 'not of our making' },
      },
    })
    await db.participant.create({
      data: {
        ticketId: ticket.id,
        address: 'a@example.org',
        name: 'A',
        role: 'guest',
        since: ticket.openedAt,
      },
    })
    await db.held.create({
      data: {
        ...{ id: randomUUID(), inboundId: 99n, ticketId: ticket.id, reason: 'stranger', state: 'held' },
        detail: { because: 'it names a ticket' },
        heldAt: ticket.openedAt,
      },
    })
    const dossier = await ticketDossier(db, '1000022')
    expect(dossier?.ticket).toMatchObject({
      ...{ state: 'waiting', assignee: 'jonas', severity: 'minor', level: 2 },
      waitingUntil: '2026-11-25T08:00:00.000Z',
      known: { serial: { value: 'SN 17', where: 'text' } },
    })
    expect(dossier?.participants).toMatchObject([{ address: 'a@example.org', role: 'guest' }])
    expect(dossier?.held).toMatchObject([
      { inboundId: '99', reason: 'stranger', because: 'it names a ticket', state: 'held', decision: null },
    ])
  })

  test('names the tickets that it goes on with or was merged into, from both ends', async () => {
    const { id } = await db.ticket.findUniqueOrThrow({ where: { number: '1000011' } })
    const none = { follows: null, followedBy: [], mergedInto: null, mergedFrom: [] }
    expect((await ticketDossier(db, '1000011'))?.ticket.linked).toEqual(none)
    await db.ticket.update({ where: { number: '1000022' }, data: { followsId: id, mergedIntoId: id } })
    expect((await ticketDossier(db, '1000022'))?.ticket.linked).toEqual({
      ...none,
      follows: '1000011',
      mergedInto: '1000011',
    })
    expect((await ticketDossier(db, '1000011'))?.ticket.linked).toEqual({
      ...none,
      followedBy: ['1000022'],
      mergedFrom: ['1000022'],
    })
  })

  test('survives JSON', async () => {
    const dossier = await ticketDossier(db, '1000011')
    expect(JSON.parse(JSON.stringify(dossier))).toEqual(dossier)
  })

  test('of a number that nobody has is undefined', async () => {
    expect(await ticketDossier(db, '9999999')).toBeUndefined()
  })
})
