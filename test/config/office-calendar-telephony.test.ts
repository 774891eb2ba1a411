import { describe, expect, it } from 'vitest'
import { officeOf } from '../../src/config/office-calendar.ts'
import { configSchema } from '../../src/config/schema.ts'
import { addOfficeTime, isOpen, type Office } from '../../src/desk/office-hours.ts'

/** Rows 24 to 28 of the list of failure modes: two office hours for a call back, in two countries, over their holidays. */

const open = ['08:30-17:00']
const hours = { mon: open, tue: open, wed: open, thu: open, fri: open }
const office = configSchema.shape.offices.valueType

const berlin = officeOf(
  'hamburg',
  office.parse({
    name: 'Hamburg',
    timeZone: 'Europe/Berlin',
    holidays: 'DE-HH',
    hours,
    closures: [
      { date: '2026-05-15', reason: 'bridge day' },
      { date: '2026-12-24', hours: ['08:30-12:00'], reason: 'Christmas Eve' },
      { date: '2026-12-31', reason: "New Year's Eve" },
    ],
  }),
  [2026, 2027],
)
const london = officeOf(
  'woking',
  office.parse({ name: 'Woking', timeZone: 'Europe/London', holidays: 'GB-ENG', hours }),
  [2026, 2027],
)

/** Wall time in, wall time out: "2026-05-13 16:30" is due at ... */
function due(from: string, where: Office): string {
  const at = Temporal.PlainDateTime.from(from).toZonedDateTime(where.timeZone).toInstant()
  const { dueAt } = addOfficeTime(at, 120, where)
  return dueAt
    .toZonedDateTimeISO(where.timeZone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' })
    .replace('T', ' ')
}

describe('row 24: the change to summer time lies between Friday and Monday', () => {
  it.each([
    ['Berlin', berlin, '2027-03-26T15:30:00Z', '2027-03-30T08:00:00Z'],
    ['London', london, '2027-03-26T16:30:00Z', '2027-03-30T09:00:00Z'],
  ] as const)('%s loses no hour, but Easter is in the way', (_place, where, from, dueAt) => {
    // Good Friday 2027 is 26 March: the table's Friday itself is a holiday in both countries.
    expect(isOpen(Temporal.Instant.from(from), where)).toBe(false)
    expect(addOfficeTime(Temporal.Instant.from(from), 90, where).dueAt.toString()).toBe(dueAt)
  })

  it.each([
    ['Berlin', 'Europe/Berlin', '2027-03-26T15:30:00Z', '2027-03-29T08:00:00Z'],
    ['London', 'Europe/London', '2027-03-26T16:30:00Z', '2027-03-29T09:00:00Z'],
  ])(
    '%s without holidays: half an hour on Friday, until 10:00 on Monday',
    (_place, timeZone, from, dueAt) => {
      const byDay = Object.fromEntries([1, 2, 3, 4, 5].map(day => [day, open]))
      const plain: Office = { key: 'plain', timeZone, hours: byDay, exceptions: new Map() }
      expect(addOfficeTime(Temporal.Instant.from(from), 120, plain).dueAt.toString()).toBe(dueAt)
    },
  )

  it.each([
    ['Berlin', berlin, '2026-10-23T14:30:00Z', '2026-10-26T09:00:00Z'],
    ['London', london, '2026-10-23T15:30:00Z', '2026-10-26T10:00:00Z'],
  ] as const)('%s gains none in autumn', (_place, where, from, dueAt) => {
    expect(addOfficeTime(Temporal.Instant.from(from), 120, where).dueAt.toString()).toBe(dueAt)
  })
})

describe('rows 25 and 26: the edges of a day', () => {
  it.each([
    ['Friday 16:30 goes on on Monday', '2026-11-20 16:30', '2026-11-23 10:00'],
    ['a minute before opening', '2026-11-24 08:29', '2026-11-24 10:30'],
    ['so that it ends with the day', '2026-11-24 15:00', '2026-11-24 17:00'],
    ['at the stroke of closing', '2026-11-24 17:00', '2026-11-25 10:30'],
    ['a minute before closing', '2026-11-24 16:59', '2026-11-25 10:29'],
    ['on Saturday', '2026-11-21 12:00', '2026-11-23 10:30'],
    ['on Sunday at midnight', '2026-11-22 00:00', '2026-11-23 10:30'],
  ])('%s', (_edge, from, dueAt) => {
    expect([due(from, berlin), due(from, london)]).toEqual([dueAt, dueAt])
  })
})

describe('row 27: a holiday closes the office that it belongs to, and no other', () => {
  it.each([
    [
      'Ascension Day and the bridge day are German',
      '2026-05-13 16:30',
      '2026-05-18 10:00',
      '2026-05-14 10:00',
    ],
    ['the early May bank holiday is British', '2026-04-30 16:30', '2026-05-04 10:00', '2026-05-01 10:00'],
    [
      'a weekend before the early May bank holiday',
      '2026-05-02 12:00',
      '2026-05-04 10:30',
      '2026-05-05 10:30',
    ],
    [
      'Whit Monday and the spring bank holiday are one day',
      '2026-05-22 16:30',
      '2026-05-26 10:00',
      '2026-05-26 10:00',
    ],
    ['the summer bank holiday is British', '2026-08-28 16:30', '2026-08-31 10:00', '2026-09-01 10:00'],
    [
      'Reformation Day on a Saturday moves nothing',
      '2026-10-30 16:30',
      '2026-11-02 10:00',
      '2026-11-02 10:00',
    ],
    [
      'Boxing Day on a Saturday is made up for in Britain',
      '2026-12-25 10:00',
      '2026-12-28 10:30',
      '2026-12-29 10:30',
    ],
    ['Good Friday and Easter Monday are both', '2026-04-02 16:30', '2026-04-07 10:00', '2026-04-07 10:00'],
  ])('%s', (_holiday, from, german, british) => {
    expect([due(from, berlin), due(from, london)]).toEqual([german, british])
  })

  it('says of each day why it did not count', () => {
    const from = Temporal.Instant.from('2026-05-13T14:30:00Z')
    expect(addOfficeTime(from, 120, berlin).derivation).toEqual([
      { date: '2026-05-13', from: '16:30', to: '17:00', minutes: 30 },
      { date: '2026-05-14', closed: 'Ascension Day' },
      { date: '2026-05-15', closed: 'bridge day' },
      { date: '2026-05-16', closed: 'closed on Saturdays' },
      { date: '2026-05-17', closed: 'closed on Sundays' },
      { date: '2026-05-18', from: '08:30', to: '10:00', minutes: 90 },
    ])
  })
})

describe('row 28: 24 and 31 December are what the company says', () => {
  it.each([
    ['the morning that is left counts', '2026-12-24 11:00', '2026-12-28 09:30'],
    ['after noon of Christmas Eve nobody is there', '2026-12-24 12:00', '2026-12-28 10:30'],
    ["New Year's Eve is closed", '2026-12-30 16:30', '2027-01-04 10:00'],
  ])('%s', (_rule, from, dueAt) => {
    expect(due(from, berlin)).toBe(dueAt)
  })

  it('are ordinary days where the company says nothing', () => {
    expect([due('2026-12-24 15:00', london), due('2026-12-31 15:00', london)]).toEqual([
      '2026-12-24 17:00',
      '2026-12-31 17:00',
    ])
  })
})
