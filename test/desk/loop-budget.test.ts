import { describe, expect, it, test } from 'vitest'
import { type LetterCounts, mayReopen, mayWriteAbout, mayWriteTo } from '../../src/desk/loop-budget.ts'

const budgets = {
  addressPerHour: 3,
  addressPerDay: 10,
  totalPer10Minutes: 2000,
  totalPerHour: 5000,
  ticketPer10Minutes: 10,
  ticketPerHour: 25,
  reopensPerHour: 3,
}
const none: LetterCounts = {
  addressLastHour: 0,
  addressLastDay: 0,
  totalLast10Minutes: 0,
  totalLastHour: 0,
}
const quiet = { last10Minutes: 0, lastHour: 0, reopensLastHour: 0 }

test.each([
  [none],
  [{ ...none, addressLastHour: 2, addressLastDay: 9, totalLast10Minutes: 1999, totalLastHour: 4999 }],
])('within every budget a letter may be sent', counts => {
  expect(mayWriteTo(counts, budgets)).toEqual({ allowed: true })
})

test.each([
  [
    { addressLastHour: 3 },
    '3 automatic letters to this address in the last hour; budgets.addressPerHour is 3',
  ],
  [
    { addressLastDay: 10 },
    '10 automatic letters to this address in the last 24 hours; budgets.addressPerDay is 10',
  ],
  [
    { totalLast10Minutes: 2000 },
    '2000 automatic letters to all customers in the last 10 minutes; budgets.totalPer10Minutes is 2000',
  ],
  [
    { totalLastHour: 5001 },
    '5001 automatic letters to all customers in the last hour; budgets.totalPerHour is 5000',
  ],
])('a budget that is used up names itself: %o', (counts, reason) => {
  expect(mayWriteTo({ ...none, ...counts }, budgets)).toEqual({ allowed: false, reason })
})

test('a budget of 0 sends nothing', () => {
  expect(mayWriteTo(none, { ...budgets, totalPerHour: 0 }).allowed).toBe(false)
})

describe('about one ticket', () => {
  it('machines may write until ten letters in ten minutes or 25 in an hour have gone to one recipient', () => {
    expect(mayWriteAbout({ ...quiet, last10Minutes: 9, lastHour: 24 }, budgets)).toEqual({ allowed: true })
    expect(mayWriteAbout({ ...quiet, last10Minutes: 10, lastHour: 10 }, budgets)).toMatchObject({
      reason: expect.stringContaining('budgets.ticketPer10Minutes is 10'),
    })
    expect(mayWriteAbout({ ...quiet, last10Minutes: 1, lastHour: 25 }, budgets)).toMatchObject({
      reason: expect.stringContaining('budgets.ticketPerHour is 25'),
    })
  })

  it('mails may reopen it three times an hour', () => {
    expect(mayReopen({ ...quiet, reopensLastHour: 2 }, budgets)).toEqual({ allowed: true })
    expect(mayReopen({ ...quiet, reopensLastHour: 3 }, budgets)).toMatchObject({ allowed: false })
  })
})
