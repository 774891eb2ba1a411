import { describe, expect, test } from 'vitest'
import type { Office } from '../../src/desk/office-hours.ts'
import {
  dateTimeWords,
  derivationWords,
  hoursWords,
  openingWords,
  promiseWords,
} from '../../src/desk/promise-words.ts'

const berlin = 'Europe/Berlin'
const now = Temporal.Instant.from('2026-11-20T12:20:00Z') // Friday 13:20 in Berlin
const at = Temporal.Instant.from

describe('the end of a promise', () => {
  test.each([
    ['2026-11-20T14:20:00Z', 'heute bis 15:20 Uhr', 'by 15:20 today'],
    ['2026-11-20T22:59:00Z', 'heute bis 23:59 Uhr', 'by 23:59 today'],
    ['2026-11-20T23:00:00Z', 'morgen bis 0:00 Uhr', 'by 00:00 tomorrow'],
    ['2026-11-21T07:05:00Z', 'morgen bis 8:05 Uhr', 'by 08:05 tomorrow'],
    ['2026-11-23T09:00:00Z', 'bis Montag, 23. November, 10:00 Uhr', 'by 10:00 on Monday 23 November'],
    ['2027-03-02T09:00:00Z', 'bis Dienstag, 2. März 2027, 10:00 Uhr', 'by 10:00 on Tuesday 2 March 2027'],
  ])('%s', (due, german, english) => {
    expect(promiseWords(at(due), now, berlin, 'de')).toBe(german)
    expect(promiseWords(at(due), now, berlin, 'en')).toBe(english)
  })

  test('is told in the time of the office', () => {
    expect(promiseWords(at('2026-11-20T14:20:00Z'), now, 'Europe/London', 'en')).toBe('by 14:20 today')
    expect(promiseWords(at('2027-06-01T14:20:00Z'), at('2027-06-01T12:20:00Z'), 'Europe/London', 'en')).toBe(
      'by 15:20 today',
    )
  })

  test('on New Year’s Eve tomorrow is tomorrow, and the day after has its year', () => {
    const eve = at('2026-12-31T12:00:00Z')
    expect(promiseWords(at('2027-01-01T09:00:00Z'), eve, berlin, 'de')).toBe('morgen bis 10:00 Uhr')
    expect(promiseWords(at('2027-01-04T09:00:00Z'), eve, berlin, 'de')).toBe(
      'bis Montag, 4. Januar 2027, 10:00 Uhr',
    )
  })

  test('a promise of yesterday is named by its day', () => {
    expect(promiseWords(at('2026-11-19T14:20:00Z'), now, berlin, 'de')).toBe(
      'bis Donnerstag, 19. November, 15:20 Uhr',
    )
  })
})

test.each([
  ['2026-11-20T14:30:00Z', 'heute ab 15:30 Uhr', 'from 15:30 today'],
  ['2026-11-21T07:30:00Z', 'morgen ab 8:30 Uhr', 'from 08:30 tomorrow'],
  ['2026-11-23T07:30:00Z', 'am Montag, 23. November, ab 8:30 Uhr', 'from 08:30 on Monday 23 November'],
])('the doors open at %s', (opening, german, english) => {
  expect(openingWords(at(opening), now, berlin, 'de')).toBe(german)
  expect(openingWords(at(opening), now, berlin, 'en')).toBe(english)
})

test('a moment in full names its zone as the reader calls it', () => {
  expect(dateTimeWords(now, berlin, 'de')).toBe('Freitag, 20. November 2026, 13:20 Uhr (MEZ)')
  expect(dateTimeWords(now, berlin, 'en')).toBe('Friday 20 November 2026, 13:20 (CET)')
  expect(dateTimeWords(now, 'Europe/London', 'en')).toBe('Friday 20 November 2026, 12:20 (GMT)')
  expect(dateTimeWords(at('2027-06-01T12:20:00Z'), berlin, 'de')).toBe(
    'Dienstag, 1. Juni 2027, 14:20 Uhr (MESZ)',
  )
})

describe('opening hours', () => {
  const office = (hours: Office['hours']): Office => ({
    key: 'x',
    timeZone: berlin,
    hours,
    exceptions: new Map(),
  })
  const day = ['08:30-17:00']

  test('gather equal days', () => {
    const week = office({ 1: day, 2: day, 3: day, 4: day, 5: day, 6: [] })
    expect(hoursWords(week, 'de')).toEqual(['Montag bis Freitag 8:30–17:00 Uhr'])
    expect(hoursWords(week, 'en')).toEqual(['Monday to Friday 08:30–17:00'])
  })

  test('name lunch breaks, short days and pairs of days', () => {
    const lunch = ['08:00-12:00', '13:00-16:30']
    const week = office({ 1: lunch, 2: lunch, 3: ['08:00-12:00'], 4: lunch, 6: day, 7: day })
    expect(hoursWords(week, 'de')).toEqual([
      'Montag und Dienstag 8:00–12:00 und 13:00–16:30 Uhr',
      'Mittwoch 8:00–12:00 Uhr',
      'Donnerstag 8:00–12:00 und 13:00–16:30 Uhr',
      'Samstag und Sonntag 8:30–17:00 Uhr',
    ])
    expect(hoursWords(week, 'en')[0]).toBe('Monday and Tuesday 08:00–12:00 and 13:00–16:30')
  })
})

test('a derivation reads line by line', () => {
  expect(
    derivationWords([
      { date: '2026-11-20', from: '16:30', to: '17:00', minutes: 30 },
      { date: '2026-11-21', closed: 'closed on Saturdays' },
    ]),
  ).toEqual([
    'Friday 20 November 2026: 30 min, 16:30–17:00',
    'Saturday 21 November 2026: closed on Saturdays',
  ])
})
