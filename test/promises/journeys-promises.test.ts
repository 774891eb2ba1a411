import { describe, expect, it } from 'vitest'
import { reviewGuarantees } from '../../src/commands/guarantees/review.ts'
import type { Config } from '../../src/config/schema.ts'
import { openDesk, petra } from './desk.ts'

/** Promises on their way: kept, put off by a holiday, kept though nothing happened. In virtual time, on a real database. */

const printer = ['Drucker druckt nicht', 'Guten Tag, der Drucker druckt nicht mehr.'] as const

describe('a status update', () => {
  it('is sent at the promised rhythm although nothing happened, and promises the next one', async () => {
    const desk = await openDesk('2026-11-24T09:00')
    const { ticketNumber = '' } = await desk.mail(petra, ...printer)
    await desk.until('09:30')
    await desk.answer('anna', 'Guten Tag, wir prüfen das und melden uns.')
    const updates = async () =>
      (await desk.letters(petra.address)).filter(({ kind }) => kind === 'status-update')
    const running = async () =>
      (await desk.promises(ticketNumber)).filter(
        ({ kind, state }) => kind === 'status-update' && state === 'open',
      )
    const [first] = await running()
    expect(first).toBeDefined()

    // It leaves a little before its time, so that it is there at its time.
    await desk.runUntil(Temporal.Instant.from(first?.dueAt ?? '').subtract({ minutes: 10 }))
    expect(await updates()).toHaveLength(0)
    await desk.runUntil(Temporal.Instant.from(first?.dueAt ?? ''))
    const [letter] = await updates()
    expect(letter?.subject).toContain(ticketNumber)

    const [next, ...others] = await running()
    expect(others).toEqual([])
    expect(next?.id).not.toBe(first?.id)
    expect((await desk.promises(ticketNumber)).find(({ id }) => id === first?.id)?.state).toBe('kept')
    await desk.runUntil(Temporal.Instant.from(next?.dueAt ?? ''))
    expect(await updates()).toHaveLength(2)
  })
})

describe('a holiday that is added later', () => {
  it('lists the promises that it touches, and moves them only when a human says so', async () => {
    const desk = await openDesk('2026-11-24T16:30')
    const { ticketNumber = '' } = await desk.mail(petra, ...printer)
    const due = async () =>
      (await desk.promises(ticketNumber)).find(({ kind }) => kind === 'first-response')?.dueAt
    // 30 minutes on Tuesday, 90 on Wednesday.
    expect(await due()).toBe('2026-11-25T09:00:00.000Z')
    const place = {
      config: closedOn(desk.config, '2026-11-25'),
      databaseUrl: desk.databaseUrl,
      ...{ data: '.', ticketFormat: '[#{number}]', timeZone: 'UTC' },
    }

    const listed = await reviewGuarantees(place, desk.clock.now(), false)
    expect(listed.text).toContain(`[#${ticketNumber}] first-response: due Wed 2026-11-25 10:00`)
    expect(listed.text).toContain('would be Thu 2026-11-26 10:00')
    expect(await due()).toBe('2026-11-25T09:00:00.000Z')

    await reviewGuarantees(place, desk.clock.now(), true)
    expect(await due()).toBe('2026-11-26T09:00:00.000Z')
  })

  it('reminds at the new time, not at the old one', async () => {
    const desk = await openDesk('2026-11-24T16:30')
    const { ticketNumber = '' } = await desk.mail(petra, ...printer)
    const place = {
      config: closedOn(desk.config, '2026-11-25'),
      databaseUrl: desk.databaseUrl,
      ...{ data: '.', ticketFormat: '[#{number}]', timeZone: 'UTC' },
    }
    await reviewGuarantees(place, desk.clock.now(), true)
    // The gateway was not restarted: it still believes that Wednesday is open, and looks, but nothing is over.
    await desk.until('2026-11-25 12:00')
    const [answer] = (await desk.promises(ticketNumber)).filter(({ kind }) => kind === 'first-response')
    expect(answer).toMatchObject({ state: 'open', dueAt: '2026-11-26T09:00:00.000Z' })
  })
})

function closedOn(config: Config, date: string): Config {
  const offices = Object.entries(config.offices).map(([key, office]) => [
    key,
    { ...office, closures: [...office.closures, { date, hours: [], reason: 'bridge day' }] },
  ])
  return { ...config, offices: Object.fromEntries(offices) }
}
