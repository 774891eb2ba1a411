import { expect, test } from 'vitest'
import { mayWriteTo } from '../../src/desk/loop-budget.ts'

const budgets = { addressPerHour: 3, addressPerDay: 10, totalPerHour: 5000 }
const none = { addressLastHour: 0, addressLastDay: 0, totalLastHour: 0 }

test.each([[none], [{ addressLastHour: 2, addressLastDay: 9, totalLastHour: 4999 }]])(
  'within every budget a letter may be sent',
  counts => {
    expect(mayWriteTo(counts, budgets)).toEqual({ allowed: true })
  },
)

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
    { totalLastHour: 5001 },
    '5001 automatic letters to all customers in the last hour; budgets.totalPerHour is 5000',
  ],
])('a budget that is used up names itself: %o', (counts, reason) => {
  expect(mayWriteTo({ ...none, ...counts }, budgets)).toEqual({ allowed: false, reason })
})

test('a budget of 0 sends nothing', () => {
  expect(mayWriteTo(none, { ...budgets, totalPerHour: 0 }).allowed).toBe(false)
})
