import { expect, it } from 'vitest'
import { hangBell, realTiming } from '../../../../src/channels/mail/reading/bell.ts'

it('ends a rest at once when it rang before anybody rested', async () => {
  const bell = hangBell(realTiming)
  bell.ring()
  expect(await bell.rest('poll', 3_600_000)).toBe(true)
})

it('ends a rest that has begun', async () => {
  const bell = hangBell(realTiming)
  const rest = bell.rest('poll', 3_600_000)
  bell.ring()
  expect(await rest).toBe(true)
})

it('lets the time run out when nobody rings, also after a ring that was hushed', async () => {
  const bell = hangBell(realTiming)
  bell.ring()
  bell.hush()
  expect(await bell.rest('back-off', 1)).toBe(false)
})
