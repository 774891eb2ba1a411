import { describe, expect, test } from 'vitest'
import { officeOf, officesOf } from '../../src/config/office-calendar.ts'
import type { OfficeConfig } from '../../src/config/schema.ts'
import {
  addOfficeTime,
  assertOpensSometime,
  isOpen,
  nextOpening,
  type Office,
  officeMinutesBetween,
} from '../../src/desk/office-hours.ts'

const week = ['08:30-17:00']
const weekHours = { mon: week, tue: week, wed: week, thu: week, fri: week }
const hamburg: OfficeConfig = {
  name: 'Hamburg',
  timeZone: 'Europe/Berlin',
  holidays: 'DE-HH',
  hours: weekHours,
  closures: [],
}
const woking: OfficeConfig = { ...hamburg, name: 'Woking', timeZone: 'Europe/London', holidays: 'GB-ENG' }
const years = [2026, 2027]
const de = officeOf('hamburg', hamburg, years)
const gb = officeOf('woking', woking, years)
const withoutHolidays: Office = {
  key: 'hamburg',
  timeZone: de.timeZone,
  hours: de.hours,
  exceptions: new Map(),
}

const at = (wall: string, office: Office) =>
  Temporal.PlainDateTime.from(wall).toZonedDateTime(office.timeZone).toInstant()
const wall = (instant: Temporal.Instant, office: Office) =>
  instant.toZonedDateTimeISO(office.timeZone).toPlainDateTime().toString({ smallestUnit: 'minute' })
const due = (from: string, office: Office, minutes = 120) =>
  wall(addOfficeTime(at(from, office), minutes, office).dueAt, office)

describe('two office hours', () => {
  test.each([
    ['2026-11-20T08:29', '2026-11-20T10:30', 'just before opening'],
    ['2026-11-20T08:30', '2026-11-20T10:30', 'at opening'],
    ['2026-11-20T13:20', '2026-11-20T15:20', 'within a day'],
    ['2026-11-20T15:00', '2026-11-20T17:00', 'ends exactly at closing time'],
    ['2026-11-20T15:01', '2026-11-23T08:31', 'a minute is left for Monday'],
    ['2026-11-20T16:30', '2026-11-23T10:00', 'Friday to Monday'],
    ['2026-11-19T17:00', '2026-11-20T10:30', '17:00 sharp is closed'],
    ['2026-11-19T16:59:59', '2026-11-20T10:29', 'seconds are dropped'],
    ['2026-11-21T12:00', '2026-11-23T10:30', 'Saturday'],
    ['2026-11-22T23:59', '2026-11-23T10:30', 'Sunday night'],
  ])('from %s to %s: %s', (from, to) => {
    expect(due(from, de)).toBe(to)
    expect(due(from, gb)).toBe(to)
  })

  test('are counted by the calendar of each office', () => {
    expect(due('2026-05-13T16:30', de)).toBe('2026-05-15T10:00') // Ascension Day
    expect(due('2026-05-13T16:30', gb)).toBe('2026-05-14T10:00')
    expect(due('2026-05-01T16:30', gb)).toBe('2026-05-05T10:00') // Early May bank holiday on the 4th
    expect(due('2026-04-30T16:30', de)).toBe('2026-05-04T10:00') // Labour Day
    expect(due('2026-05-22T16:30', de)).toBe('2026-05-26T10:00') // 25 May is a holiday in both countries
    expect(due('2026-05-22T16:30', gb)).toBe('2026-05-26T10:00')
    expect(due('2026-12-24T16:30', de)).toBe('2026-12-28T10:00')
    expect(due('2026-12-24T16:30', gb)).toBe('2026-12-29T10:00') // Boxing Day on a Saturday has its substitute on Monday
  })

  test('skip bridge days and shorten days as configured, a closure winning over a holiday', () => {
    const closures = [
      { date: '2026-05-15', hours: [], reason: 'bridge day' },
      { date: '2026-12-24', hours: ['08:30-12:00'], reason: 'Christmas Eve' },
      { date: '2026-10-31', hours: ['09:00-12:00'], reason: 'open house' },
    ]
    const office = officeOf('hamburg', { ...hamburg, closures }, years)
    expect(due('2026-05-13T16:30', office)).toBe('2026-05-18T10:00')
    expect(due('2026-12-24T11:00', office)).toBe('2026-12-28T09:30')
    expect(due('2026-10-30T16:30', office)).toBe('2026-10-31T10:30')
  })

  test('stand still over lunch, however the spans are ordered', () => {
    const lunch = { ...withoutHolidays, hours: { 5: ['13:00-17:00', '08:30-12:00'] } }
    expect(due('2026-11-20T11:30', lunch)).toBe('2026-11-20T14:30')
    expect(due('2026-11-20T12:15', lunch)).toBe('2026-11-20T15:00')
    expect(due('2026-11-20T10:00', lunch)).toBe('2026-11-20T12:00')
  })
})

describe('the change to summer time', () => {
  // 26 March 2027 is Good Friday and the 29th Easter Monday, so the weekend of the change is four days long in both offices.
  const friday = Temporal.Instant.from('2027-03-26T15:30:00Z')

  test('over Easter nothing counts before Tuesday', () => {
    expect(addOfficeTime(friday, 120, de).dueAt.toString()).toBe('2027-03-30T08:30:00Z')
    const london = Temporal.Instant.from('2027-03-26T16:30:00Z')
    expect(addOfficeTime(london, 120, gb).dueAt.toString()).toBe('2027-03-30T09:30:00Z')
  })

  test('without holidays Friday 16:30 is due on Monday 10:00, one hour of the clock earlier', () => {
    expect(addOfficeTime(friday, 120, withoutHolidays).dueAt.toString()).toBe('2027-03-29T08:00:00Z')
    const london = { ...gb, exceptions: new Map() }
    const due = addOfficeTime(Temporal.Instant.from('2027-03-26T16:30:00Z'), 120, london).dueAt
    expect(due.toString()).toBe('2027-03-29T09:00:00Z')
  })

  test('in autumn an hour is gained, not promised twice', () => {
    const due = addOfficeTime(at('2026-10-23T16:30', withoutHolidays), 120, withoutHolidays).dueAt
    expect(due.toString()).toBe('2026-10-26T09:00:00Z')
  })

  test('an office open at night counts minutes that pass, not numbers on the clock', () => {
    const night = { ...withoutHolidays, hours: { 7: ['01:00-05:00'] } }
    const spring = at('2027-03-28T01:00', night)
    expect(officeMinutesBetween(spring, spring.add({ hours: 12 }), night)).toBe(180)
    const autumn = at('2026-10-25T01:00', night)
    expect(officeMinutesBetween(autumn, autumn.add({ hours: 12 }), night)).toBe(300)
  })

  test('a span that the clock skips is moved on, and no minute counts twice', () => {
    const night = { ...withoutHolidays, hours: { 7: ['02:10-02:50', '03:00-04:00'] } }
    const spring = at('2027-03-28T00:00', night)
    expect(officeMinutesBetween(spring, spring.add({ hours: 12 }), night)).toBe(50)
  })
})

describe('the derivation', () => {
  test('names what counted and what did not', () => {
    const { derivation } = addOfficeTime(at('2027-03-25T16:30', de), 120, de)
    expect(derivation).toEqual([
      { date: '2027-03-25', from: '16:30', to: '17:00', minutes: 30 },
      { date: '2027-03-26', closed: 'Good Friday' },
      { date: '2027-03-27', closed: 'closed on Saturdays' },
      { date: '2027-03-28', closed: 'closed on Sundays' },
      { date: '2027-03-29', closed: 'Easter Monday' },
      { date: '2027-03-30', from: '08:30', to: '10:00', minutes: 90 },
    ])
  })

  test('says so when a mail comes after closing time', () => {
    const { derivation } = addOfficeTime(at('2026-11-19T17:00', de), 60, de)
    expect(derivation).toEqual([
      { date: '2026-11-19', closed: 'after closing time' },
      { date: '2026-11-20', from: '08:30', to: '09:30', minutes: 60 },
    ])
  })
})

describe('open or closed', () => {
  test.each([
    ['2026-11-20T08:29:59', false],
    ['2026-11-20T08:30', true],
    ['2026-11-20T16:59:59', true],
    ['2026-11-20T17:00', false],
    ['2026-11-21T12:00', false],
    ['2026-12-25T12:00', false],
  ])('%s', (moment, open) => {
    expect(isOpen(at(moment, de), de)).toBe(open)
  })

  test('the next opening lies after the moment, over weekends and holidays', () => {
    const next = (from: string) => wall(nextOpening(at(from, de), de), de)
    expect(next('2026-11-20T08:29')).toBe('2026-11-20T08:30')
    expect(next('2026-11-20T08:30')).toBe('2026-11-23T08:30')
    expect(next('2026-12-24T18:00')).toBe('2026-12-28T08:30')
  })

  test('an office that never opens is a clear error instead of an endless search', () => {
    const never = { ...withoutHolidays, hours: {} }
    const now = at('2026-11-20T12:00', never)
    const message = 'office "hamburg" does not open within 370 days from 2026-11-20'
    expect(() => addOfficeTime(now, 1, never)).toThrow(message)
    expect(() => assertOpensSometime(never, now)).toThrow(message)
    expect(() => assertOpensSometime(de, now)).not.toThrow()
  })

  test('a very long promise is no endless search either way', () => {
    const tiny = { ...withoutHolidays, hours: { 1: ['09:00-09:01'] } }
    expect(due('2026-11-20T12:00', tiny, 60)).toBe('2028-01-10T09:01')
  })

  test('nothing is promised beyond the known holidays', () => {
    expect(() => due('2027-12-31T16:30', de)).toThrow('known until 2027-12-31 only')
  })

  test('a span that ends before it begins is refused', () => {
    const wrong = { ...withoutHolidays, hours: { 5: ['17:00-08:30'] } }
    expect(() => due('2026-11-20T12:00', wrong)).toThrow(
      '"17:00-08:30" of office "hamburg" ends before it begins',
    )
  })

  test.each([0, -1, 1.5, Number.NaN])('%d minutes are refused', minutes => {
    expect(() => due('2026-11-20T12:00', de, minutes)).toThrow(RangeError)
  })
})

test('the regions of the two countries know their own holidays', () => {
  const on = (holidays: string, date: string) =>
    officeOf('x', { ...hamburg, holidays }, years).exceptions.get(date)
  expect(on('DE-BW', '2026-06-04')?.reason).toBe('Corpus Christi')
  expect(on('DE-HH', '2026-06-04')).toBeUndefined()
  expect(on('DE-HH', '2026-12-24')).toBeUndefined()
  expect(on('GB-ENG', '2026-08-31')?.reason).toBe('Summer bank holiday')
  expect(() => on('DE-XX', '2026-01-01')).toThrow('"DE-XX" is not a region')
  expect(() => on('XX', '2026-01-01')).toThrow('"XX" is not a region')
})

test('the offices of a configuration know the years that a process may live to see', () => {
  const offices = officesOf({ offices: { hamburg } }, Temporal.Instant.from('2026-11-20T12:00Z'))
  expect(offices.get('hamburg')?.knownUntil).toBe('2031-12-31')
  expect(offices.get('hamburg')?.exceptions.get('2025-12-25')?.reason).toBe('Christmas Day')
})

/** Park and Miller's generator: the same cases in every run. */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (state * 48271) % 2147483647
    yield state
  }
}

test('for any moment and span: the minutes counted back are the minutes promised, and later mail is due no earlier', () => {
  const random = numbers(20261120)
  const offices = [
    de,
    gb,
    {
      ...withoutHolidays,
      hours: { 1: ['08:00-12:00', '13:15-16:45'], 6: ['00:00-23:59'], 7: ['01:30-03:30'] },
    },
  ]
  const begin = Temporal.Instant.from('2026-01-01T00:00:00Z')
  for (let i = 0; i < 600; i++) {
    const office = offices[i % offices.length] ?? de
    const from = begin.add({ minutes: random.next().value % (600 * 1440) })
    const minutes = 1 + (random.next().value % 3000)
    const { dueAt, derivation } = addOfficeTime(from, minutes, office)
    const context = `${office.key} ${from} + ${minutes}`
    expect(officeMinutesBetween(from, dueAt, office), context).toBe(minutes)
    expect(officeMinutesBetween(dueAt, from, office), context).toBe(0)
    expect(
      derivation.reduce((sum, step) => sum + ('minutes' in step ? step.minutes : 0), 0),
      context,
    ).toBe(minutes)
    const later = addOfficeTime(from.add({ minutes: random.next().value % 500 }), minutes, office).dueAt
    expect(Temporal.Instant.compare(later, dueAt), context).toBeGreaterThanOrEqual(0)
    const longer = addOfficeTime(from, minutes + 1, office).dueAt
    expect(Temporal.Instant.compare(longer, dueAt), context).toBe(1)
  }
})
