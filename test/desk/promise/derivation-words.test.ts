import { describe, expect, it } from 'vitest'
import { addOfficeTime, type Office } from '../../../src/desk/office-hours.ts'
import { derivationLines, derivationSentence } from '../../../src/desk/promise/derivation-words.ts'
import { resumedPromise, stoodStill } from '../../../src/desk/promise/resumed-promise.ts'
import { movedPromise } from '../../../src/desk/promise-review.ts'

const at = (text: string) => Temporal.Instant.from(text)
const weekdays = Object.fromEntries([1, 2, 3, 4, 5].map(day => [day, ['08:30-17:00']]))
const hamburg: Office = { key: 'hamburg', timeZone: 'Europe/Berlin', hours: weekdays, exceptions: new Map() }

const startedAt = at('2026-11-20T15:30:00Z')
const promise = { startedAt, ...addOfficeTime(startedAt, 120, hamburg) }

describe('the derivation of a promise', () => {
  it('is one sentence in either language', () => {
    expect(derivationSentence(promise, hamburg, 'en')).toBe(
      'received Fri 16:30, 30 min on Friday, 90 min on Monday from 8:30, due Mon 10:00',
    )
    expect(derivationSentence(promise, hamburg, 'de')).toBe(
      'eingegangen Fr. 16:30, 30 Min. am Freitag, 90 Min. am Montag ab 8:30, fällig Mo. 10:00',
    )
  })

  it('names every day below it, with the reason why one did not count', () => {
    expect(derivationLines(promise, hamburg)).toEqual([
      'received Fri 16:30, 30 min on Friday, 90 min on Monday from 8:30, due Mon 10:00',
      'Friday 20 November 2026: 30 min, 16:30–17:00',
      'Saturday 21 November 2026: closed on Saturdays',
      'Sunday 22 November 2026: closed on Sundays',
      'Monday 23 November 2026: 90 min, 08:30–10:00',
    ])
  })

  it('says of a time that was agreed upon that it was', () => {
    const agreed = { startedAt, dueAt: at('2026-12-14T19:00:00Z'), derivation: [] }
    expect(derivationSentence(agreed, hamburg, 'en')).toBe(
      'received Fri 20/11 16:30, as agreed, due Mon 14/12 20:00',
    )
    expect(derivationSentence(agreed, hamburg, 'de')).toBe(
      'eingegangen Fr. 20.11. 16:30, so vereinbart, fällig Mo. 14.12. 20:00',
    )
  })
})

describe('a promise whose clock stood still', () => {
  const standing = { ...promise, pausedAt: at('2026-11-23T08:00:00Z'), waitsFor: 'customer' as const }
  const resumed = resumedPromise(standing, at('2026-11-25T12:00:00Z'), hamburg)

  it('goes on with the office minutes that were left', () => {
    expect(resumed.left).toBe(60)
    expect(resumed.dueAt).toEqual(at('2026-11-25T13:00:00Z'))
  })

  it('tells what was counted before, that we waited, and what was counted after', () => {
    expect(derivationSentence({ startedAt, ...resumed }, hamburg, 'en')).toBe(
      'received Fri 16:30, 30 min on Friday, 30 min on Monday from 8:30, waited for the customer, 60 min on Wednesday from 13:00, due Wed 14:00',
    )
  })

  it('is left alone when a holiday is added: from its start alone it cannot be counted anew', () => {
    expect(stoodStill(resumed.derivation)).toBe(true)
    expect(movedPromise({ startedAt, ...resumed }, hamburg)).toBeUndefined()
  })

  it('keeps a minute where it stopped at its very end', () => {
    const late = { ...standing, pausedAt: promise.dueAt }
    expect(resumedPromise(late, at('2026-11-25T12:00:00Z'), hamburg).dueAt).toEqual(
      at('2026-11-25T12:01:00Z'),
    )
  })
})
