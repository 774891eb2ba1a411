import fc from 'fast-check'
import { expect, test } from 'vitest'
import { advances, type TextStatus } from '../../../src/desk/phone/text-state.ts'

const all: readonly TextStatus[] = ['sent', 'delivered', 'failed']

const after = (news: readonly TextStatus[]) =>
  news.reduce<string>((state, status) => (advances(state, status) ? status : state), 'sending')

test('in whatever order news come, and however often, the same is known in the end', () => {
  fc.assert(
    fc.property(
      fc.shuffledSubarray([...all], { minLength: 1 }),
      fc.array(fc.constantFrom(...all)),
      (news, more) => {
        const told = [...news, ...more.filter(status => news.includes(status))]
        expect(after(told)).toBe(after(news.toSorted()))
      },
    ),
  )
})

test('what was delivered is never taken back, and what failed is not merely sent', () => {
  expect(after(['delivered', 'sent', 'failed'])).toBe('delivered')
  expect(after(['failed', 'sent'])).toBe('failed')
  expect(after(['sent', 'failed'])).toBe('failed')
})
