import { expect, it } from 'vitest'
import { backOff } from '../../../../src/channels/mail/reading/back-off.ts'

it('doubles from a second to five minutes, and begins anew after a success', () => {
  const delays = backOff(() => 0.999_999)
  const first = Array.from({ length: 11 }, () => Math.round(delays.next() / 1000))
  expect(first).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300])
  delays.reset()
  expect(Math.round(delays.next() / 1000)).toBe(1)
})

it('spreads the tries of many gateways over half of the delay', () => {
  const earliest = backOff(() => 0)
  expect([earliest.next(), earliest.next()]).toEqual([500, 1000])
})
