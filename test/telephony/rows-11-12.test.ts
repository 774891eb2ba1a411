import { describe, expect, it } from 'vitest'
import { caller } from '../../src/sandbox/telephone/actors.ts'
import { type HotlineTest, hamburg, openHotline, phones } from './hotline.ts'
import { callFields, send } from './ledger.ts'

const start = '2026-11-24T10:00'
const manyLines = { manyLines: true } as const

async function ticketsOf({ database }: HotlineTest) {
  return database.ticket.findMany({
    orderBy: { sequence: 'asc' },
    include: { callbacks: true, entries: true },
  })
}

const kindsOf = (ticket: { readonly entries: readonly { readonly kind: string }[] } | undefined) =>
  ticket?.entries.map(({ kind }) => kind) ?? []

/** The first one stays on the line, the second rings three seconds later. */
async function twoCalls(from: string, presses: string | null, more: object = {}) {
  const hotline = await openHotline(start)
  const { network, clock } = hotline
  const first = network.call(caller(from, [], manyLines), hamburg)
  await hotline.runUntil(clock.now().add({ seconds: 3 }))
  const steps = presses === null ? [] : [{ hears: /etwas anderes/, presses }]
  const second = network.call(caller(from, steps, { ...manyLines, ...more }), hamburg)
  await hotline.runUntil(hotline.at('10:20'))
  return { hotline, first, second, tickets: await ticketsOf(hotline) }
}

describe('row 11: two calls of one number at once', () => {
  it('row 11: are two calls, and the second is offered the ticket of the first', async () => {
    const { hotline, second, tickets } = await twoCalls(phones.mobile, '1')
    expect(await hotline.database.call.findMany()).toHaveLength(2)
    expect(hotline.network.transcript(second)).toMatch(/Wenn Sie wegen des Tickets[\s\S]*drücken Sie die 1/)
    const [older, newer] = tickets
    expect(newer).toMatchObject({ state: 'resolved', mergedIntoId: older?.id })
    expect(older?.callbacks).toMatchObject([{ state: 'owed', number: phones.mobile }])
    expect(newer?.callbacks.filter(({ owedFor }) => owedFor !== null)).toEqual([])
    expect(new Set((await hotline.database.call.findMany()).map(({ ticketId }) => ticketId))).toEqual(
      new Set([older?.id]),
    )
  })

  it('row 11: whoever says that it is another matter has two tickets and two promises', async () => {
    const { tickets } = await twoCalls(phones.mobile, '0')
    expect(tickets.map(({ state, callbacks }) => [state, callbacks.length])).toEqual([
      ['open', 1],
      ['open', 1],
    ])
    expect(kindsOf(tickets[1])).toContain('same-number')
  })

  it('row 11: whoever hangs up without a word is owed one call, on the ticket that is there', async () => {
    const { hotline, tickets } = await twoCalls(phones.mobile, null, { hangsUpAfter: 8 })
    expect(await hotline.database.callback.count({ where: { owedFor: { not: null } } })).toBe(1)
    expect(tickets.map(({ state }) => state)).toEqual(['open', 'resolved'])
  })

  it('row 11: in the very same moment they know of each other as well, and one call is owed', async () => {
    const hotline = await openHotline(start)
    for (let round = 0; round < 10; round++) {
      const from = `+4917139203${String(round).padStart(2, '0')}`
      const sids = ['a', 'b'].map(name => `CA${name}${round}`)
      const answers = await Promise.all(
        sids.map(sid =>
          send(hotline, {
            url: 'https://gateway.example.com/phone/telephone/in',
            fields: callFields(sid, from, hamburg, 'ringing'),
          }),
        ),
      )
      const offered = answers.filter(({ body }) => body.includes('Wenn Sie wegen des Tickets'))
      expect(offered).toHaveLength(1)
      expect(await hotline.database.call.count({ where: { number: from } })).toBe(2)
      expect(await hotline.database.callback.count({ where: { number: from } })).toBe(1)
    }
  })
})

describe('row 12: a colleague behind the same switchboard', () => {
  it.each([
    ['says nothing', null, {}],
    ['hangs up before the question is over', null, { hangsUpAfter: 6 }],
    ['says that it is another matter', '0', {}],
  ])(
    'row 12: who %s is not merged: two tickets, two promises, and each knows of the other',
    async (_, presses, more) => {
      const { tickets } = await twoCalls(phones.company, presses, more)
      expect(
        tickets.map(({ state, mergedIntoId, callbacks }) => [state, mergedIntoId, callbacks.length]),
      ).toEqual([
        ['open', null, 1],
        ['open', null, 1],
      ])
      const [older, newer] = tickets
      for (const [one, other] of [
        [older, newer],
        [newer, older],
      ])
        expect(one?.entries.filter(({ kind }) => kind === 'same-number')).toMatchObject([
          { detail: { tickets: [other?.number] } },
        ])
    },
  )

  it('row 12: a caller is not greeted with what a colleague told us', async () => {
    const { hotline, tickets } = await twoCalls(phones.company, null)
    const [older] = tickets
    await hotline.database.ticket.update({
      where: { id: older?.id ?? '' },
      data: { customerName: 'Erika Beispiel', customerAddress: 'erika@kunde.example.org' },
    })
    await hotline.database.ticket.update({
      where: { id: tickets[1]?.id ?? '' },
      data: { customerName: 'Max Muster', customerAddress: 'max@kunde.example.org' },
    })
    hotline.network.call(caller(phones.company, [], { ...manyLines, hangsUpAfter: 4 }), hamburg)
    await hotline.runUntil(hotline.at('10:40'))
    const [, , third] = await ticketsOf(hotline)
    expect(third).toMatchObject({ customerName: '', customerAddress: '', state: 'open', mergedIntoId: null })
  })

  it('row 12: only a key of the caller merges', async () => {
    const { tickets } = await twoCalls(phones.company, '1')
    expect(tickets.map(({ state }) => state)).toEqual(['open', 'resolved'])
  })
})
