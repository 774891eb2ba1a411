import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { definitions } from '../../src/figures/definitions.ts'
import type { Dimension, FigureKey, Filter } from '../../src/figures/figure.ts'
import { readFigure } from '../../src/figures/report.ts'
import { entry, guarantee, openWorld, period, ticket, valuesOf, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld('2026-11-27T16:00:00Z')
})
afterEach(() => world.clear())
afterAll(() => world.close())

const week = period('2026-11-23', '2026-11-29')

async function totalOf(key: FigureKey, over: { when?: typeof week; filter?: Filter } = {}) {
  const { when = week, filter = {} } = over
  return valuesOf((await readFigure(world.database, world.deps, key, { period: when, filter })).total)
}

async function slicesOf(key: FigureKey, by: Dimension, when = week) {
  const { slices } = await readFigure(world.database, world.deps, key, { period: when, by })
  return slices.map(({ key: slice, name, parts }) => [slice, name.en, valuesOf(parts)] as const)
}

describe('throughput', () => {
  it('counts tickets opened and closed in the period, and those open at its end', async () => {
    await world.put(
      'ticket',
      ticket('2026-11-20T10:00:00Z'),
      ticket('2026-11-20T10:00:00Z', { closedAt: '2026-11-24T10:00:00Z' }),
      ticket('2026-11-20T10:00:00Z', { closedAt: '2026-11-21T10:00:00Z' }),
      ticket('2026-11-24T10:00:00Z'),
      ticket('2026-11-24T10:00:00Z', { closedAt: '2026-11-25T10:00:00Z' }),
      ticket('2026-11-25T10:00:00Z', { closedAt: '2026-12-01T10:00:00Z' }),
      ticket('2026-12-01T10:00:00Z'),
    )
    expect(await totalOf('throughput')).toEqual({ opened: 3, closed: 2, open: 3 })
  })

  it('begins and ends a period at midnight of its time zone', async () => {
    await world.put(
      'ticket',
      ticket('2026-11-22T22:59:59Z'),
      ticket('2026-11-22T23:00:00Z'),
      ticket('2026-11-29T22:59:59Z'),
      ticket('2026-11-29T23:00:00Z'),
    )
    expect(await totalOf('throughput')).toEqual({ opened: 2, closed: 0, open: 3 })
  })

  it('tells for every day what was open at its end, also where nothing happened', async () => {
    await world.put(
      'ticket',
      ticket('2026-11-20T10:00:00Z', { closedAt: '2026-11-26T10:00:00Z' }),
      ticket('2026-11-24T10:00:00Z'),
      ticket('2026-11-26T10:00:00Z'),
    )
    const days = await slicesOf('throughput', 'day')
    expect(days.map(([day, , values]) => [day, values.opened, values.closed, values.open])).toEqual([
      ['2026-11-23', 0, 0, 1],
      ['2026-11-24', 1, 0, 2],
      ['2026-11-25', 0, 0, 2],
      ['2026-11-26', 1, 1, 2],
      ['2026-11-27', 0, 0, 2],
      ['2026-11-28', 0, 0, 2],
      ['2026-11-29', 0, 0, 2],
    ])
  })

  it('keeps the closing of a ticket that was reopened, and knows when it was open', async () => {
    const closedAndOpen = ticket('2026-11-20T10:00:00Z')
    const closedTwice = ticket('2026-11-24T10:00:00Z', { closedAt: '2026-11-28T10:00:00Z' })
    await world.put('ticket', closedAndOpen, closedTwice)
    const again = { detail: { from: 'resolved' } }
    await world.put(
      'entry',
      entry(closedAndOpen, 'command-close', '2026-11-21T10:00:00Z'),
      entry(closedAndOpen, 'reopened', '2026-11-25T10:00:00Z', again),
      entry(closedTwice, 'command-close', '2026-11-25T10:00:00Z'),
      // Solved but not closed, and gone on with after waiting: neither closes or reopens anything.
      entry(closedTwice, 'known-problem-solved', '2026-11-25T11:00:00Z', { detail: { closed: false } }),
      entry(closedTwice, 'reopened', '2026-11-26T10:00:00Z', again),
      entry(closedTwice, 'reopened', '2026-11-27T10:00:00Z', { detail: { from: 'waiting' } }),
      entry(closedTwice, 'command-close', '2026-11-28T10:00:00Z'),
    )
    const days = await slicesOf('throughput', 'day')
    expect(days.map(([day, , values]) => [day, values.opened, values.closed, values.open])).toEqual([
      ['2026-11-23', 0, 0, 0],
      ['2026-11-24', 1, 0, 1],
      ['2026-11-25', 0, 1, 1],
      ['2026-11-26', 0, 0, 2],
      ['2026-11-27', 0, 0, 2],
      ['2026-11-28', 0, 1, 1],
      ['2026-11-29', 0, 0, 1],
    ])
    const before = await totalOf('throughput', { when: period('2026-11-16', '2026-11-22') })
    expect(before).toEqual({ opened: 1, closed: 1, open: 0 })
    // Of the period after it was reopened, and of one between.
    const between = await totalOf('throughput', { when: period('2026-11-22', '2026-11-24') })
    expect(between).toEqual({ opened: 1, closed: 0, open: 1 })
  })

  it('counts what was put aside as spam neither as opened nor as closed, until it is reopened', async () => {
    const spam = ticket('2026-11-24T10:00:00Z', { closedAt: '2026-11-24T11:00:00Z' })
    const mistaken = ticket('2026-11-24T10:00:00Z')
    await world.put('ticket', spam, mistaken)
    await world.put(
      'entry',
      entry(spam, 'command-spam', '2026-11-24T11:00:00Z'),
      entry(mistaken, 'command-spam', '2026-11-24T11:00:00Z'),
      entry(mistaken, 'reopened', '2026-11-26T11:00:00Z', { detail: { from: 'resolved' } }),
    )
    expect(await totalOf('throughput')).toEqual({ opened: 1, closed: 0, open: 1 })
    const early = await totalOf('throughput', { when: period('2026-11-23', '2026-11-25') })
    expect(early).toEqual({ opened: 1, closed: 0, open: 0 })
    expect(await totalOf('cycle-time')).toMatchObject({ clock: 'null/null of 0' })
    expect(await totalOf('first-response')).toMatchObject({ answered: '0 of 1' })
    expect(await totalOf('reopened')).toEqual({ share: '0 of 0', reopenings: 1 })
    expect(await totalOf('causes')).toMatchObject({ closed: 0 })
  })

  it('leaves merged tickets out', async () => {
    const own = ticket('2026-11-24T10:00:00Z')
    await world.put('ticket', own)
    await world.put(
      'ticket',
      ticket('2026-11-24T10:00:00Z', { mergedIntoId: own.id, closedAt: '2026-11-24T11:00:00Z' }),
    )
    expect(await totalOf('throughput')).toEqual({ opened: 1, closed: 0, open: 1 })
  })
})

describe('first response', () => {
  it('counts office minutes to the first answer of a human', async () => {
    const soon = ticket('2026-11-24T09:00:00Z')
    const overNight = ticket('2026-11-24T15:30:00Z')
    const never = ticket('2026-11-24T09:00:00Z')
    const called = ticket('2026-11-24T09:00:00Z', { channel: 'phone' })
    await world.put('ticket', soon, overNight, never, called)
    await world.put(
      'entry',
      entry(soon, 'customer-told', '2026-11-24T09:01:00Z'),
      entry(soon, 'agent-answer', '2026-11-24T09:20:00Z'),
      entry(soon, 'agent-answer', '2026-11-24T09:10:00Z'),
      // 16:30 to 17:00 and 8:30 to 9:00 of the next morning.
      entry(overNight, 'agent-answer', '2026-11-25T08:00:00Z'),
      entry(called, 'callback-ended', '2026-11-24T09:30:00Z', { detail: { how: 'closed' } }),
      entry(called, 'callback-ended', '2026-11-24T09:40:00Z', { detail: { how: 'called' } }),
    )
    await world.put(
      'guarantee',
      guarantee(soon, 'first-response', '2026-11-24T09:00:00Z', 'kept'),
      guarantee(overNight, 'first-response', '2026-11-24T15:30:00Z', 'broken'),
      guarantee(overNight, 'first-response', '2026-11-24T15:45:00Z', 'kept'),
      guarantee(never, 'first-response', '2026-11-24T09:00:00Z', 'open'),
      guarantee(called, 'callback', '2026-11-24T09:00:00Z', 'kept'),
    )
    expect(await totalOf('first-response')).toEqual({
      minutes: '40/56 of 3',
      kept: '1 of 2',
      answered: '3 of 4',
    })
  })

  it('counts no minute of a holiday, and no more or fewer where the clocks change', async () => {
    const answers: readonly (readonly [
      office: string,
      openedAt: string,
      answeredAt: string,
      minutes: number,
    ])[] = [
      // Good Friday to Easter Monday: 16:00 to 17:00 on Thursday, 8:30 to 9:30 on Tuesday.
      ['hamburg', '2026-04-02T14:00:00Z', '2026-04-07T07:30:00Z', 120],
      // Over the changes to and from summer time: 16:30 to 17:00 on Friday, 8:30 to 9:00 on Monday.
      ['hamburg', '2026-03-27T15:30:00Z', '2026-03-30T07:00:00Z', 60],
      ['hamburg', '2026-10-23T14:30:00Z', '2026-10-26T08:00:00Z', 60],
      // The last Monday of August is a holiday in England and none in Hamburg.
      ['woking', '2026-08-28T15:30:00Z', '2026-09-01T08:00:00Z', 60],
      ['hamburg', '2026-08-28T14:30:00Z', '2026-09-01T07:00:00Z', 570],
      // A night watch in spring: 23:00 to 23:59, 00:00 to 02:30 (which is 03:30), 02:45 (03:45) to 06:00.
      ['night', '2026-03-28T22:00:00Z', '2026-03-29T04:00:00Z', 59 + 150 + 135],
      // In autumn: 23:00 to 23:59, 00:00 to the first 02:30, the first 02:45 to 06:00, 12:00 to 13:00.
      ['night', '2026-10-24T21:00:00Z', '2026-10-25T12:00:00Z', 59 + 150 + 255 + 60],
      // Answered before opening hours began, and within one opening.
      ['hamburg', '2026-11-23T18:00:00Z', '2026-11-24T07:00:00Z', 0],
      ['hamburg', '2026-11-24T09:00:00Z', '2026-11-24T09:00:30Z', 0.5],
    ]
    for (const [office, openedAt, answeredAt, minutes] of answers) {
      const own = ticket(openedAt, { office })
      await world.put('ticket', own)
      await world.put('entry', entry(own, 'agent-answer', answeredAt))
      const day = openedAt.slice(0, 10)
      const found = await totalOf('first-response', { when: period(day, day) })
      expect([office, openedAt, found.minutes]).toEqual([office, openedAt, `${minutes}/${minutes} of 1`])
      await world.clear()
    }
  })
})

const nothing: readonly unknown[] = [0, '0 of 0', 'null/null of 0', 'null: 0,0,0,0,0']

describe('every figure', () => {
  it('is nothing, and no error, where there is nothing', async () => {
    for (const { key, dimensions } of definitions)
      for (const by of [null, ...dimensions]) {
        const { total, slices } = await readFigure(world.database, world.deps, key, { period: week, by })
        for (const part of [total, ...slices.map(({ parts }) => parts)].flat())
          expect(nothing).toContain(valuesOf([part])[part.key])
      }
  })
})
