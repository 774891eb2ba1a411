import { expect, test } from 'vitest'
import type { CallbackRules } from '../../../src/desk/phone/callback.ts'
import { nextTryAt, retryAfter } from '../../../src/desk/phone/retry-ladder.ts'

const rules: CallbackRules = {
  minutes: 120,
  reminders: [50, 75],
  keptBy: 'contact',
  busyMinutes: 5,
  noAnswerMinutes: 15,
  mailboxMinutes: 30,
  mostAttempts: 4,
  redial: 'ring',
}
const at = (time: string) => Temporal.Instant.from(`2026-11-20T${time}:00Z`)
const open = { state: 'open', dueAt: at('11:00') } as const

test('a customer is tried again after a pause that suits how the last attempt ended', () => {
  const minutes = (
    ['answered', 'busy', 'no-answer', 'refused', 'failed', 'mailbox', 'not-placed'] as const
  ).map(outcome => retryAfter(outcome, rules))
  expect(minutes).toEqual([null, 5, 15, 15, 15, 30, 1])
})

test.each([
  ['no-answer', '10:00', '10:15', 'the usual pause'],
  ['mailbox', '10:35', '10:57', 'cut short to fall before the deadline'],
  ['busy', '10:56', '10:58', 'but nobody is rung again within two minutes'],
  ['busy', '10:59', '11:04', 'and not at all sooner where it does not help'],
] as const)('after %s at %s comes a try at %s: %s', (outcome, now, next, _) => {
  expect(nextTryAt(outcome, at(now), open, rules)?.toString()).toBe(at(next).toString())
})

test('a kept promise pulls no try forward', () => {
  expect(nextTryAt('mailbox', at('10:35'), { ...open, state: 'kept' }, rules)?.equals(at('11:05'))).toBe(true)
})
