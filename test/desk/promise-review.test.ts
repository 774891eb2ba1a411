import { describe, expect, it } from 'vitest'
import { addOfficeTime, type Office } from '../../src/desk/office-hours.ts'
import { movedPromise } from '../../src/desk/promise-review.ts'

const open = ['08:30-17:00']
const before: Office = {
  key: 'hamburg',
  timeZone: 'Europe/Berlin',
  hours: Object.fromEntries([1, 2, 3, 4, 5].map(day => [day, open])),
  exceptions: new Map(),
}
const closed = (...days: readonly string[]): Office => ({
  ...before,
  exceptions: new Map(days.map(day => [day, { spans: [], reason: 'bridge day' }])),
})
const startedAt = Temporal.Instant.from('2026-11-19T15:30:00Z')
const promise = { startedAt, ...addOfficeTime(startedAt, 120, before) }

describe('a promise under a calendar that changed', () => {
  it('stays where nothing on its days changed', () => {
    expect(movedPromise(promise, before)).toBeUndefined()
    expect(movedPromise(promise, closed('2026-11-23'))).toBeUndefined()
  })

  it('gets later for a day that is closed now, and says so', () => {
    const moved = movedPromise(promise, closed('2026-11-20'))
    expect([moved?.dueAt.toString(), moved?.why]).toEqual([
      '2026-11-23T09:00:00Z',
      ['2026-11-20: closed (bridge day), was open 08:30-10:00'],
    ])
  })

  it('gets earlier for a day that is open now', () => {
    const late = { startedAt, ...addOfficeTime(startedAt, 120, closed('2026-11-20')) }
    expect(movedPromise(late, before)).toMatchObject({
      dueAt: promise.dueAt,
      why: ['2026-11-20: open 08:30-10:00, was closed (bridge day)'],
    })
  })

  it('is left alone where its time was agreed and not counted', () => {
    expect(movedPromise({ ...promise, derivation: [] }, closed('2026-11-20'))).toBeUndefined()
  })
})
