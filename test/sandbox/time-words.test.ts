import { expect, test } from 'vitest'
import { distanceWords, momentWords } from '../../src/sandbox/page/time-words.ts'

const now = Temporal.Instant.from('2026-11-23T09:14:00Z')

test.each([
  ['2026-11-23T08:05:59Z', '09:05'],
  ['2026-11-22T23:30:00Z', '00:30'],
  ['2026-11-22T22:30:00Z', 'yesterday 23:30'],
  ['2026-11-20T09:14:00Z', 'Fri 20 Nov 10:14'],
  ['2025-12-31T09:14:00Z', 'Wed 31 Dec 2025 10:14'],
])('%s is called %s', (at, words) => {
  expect(momentWords(Temporal.Instant.from(at), now, 'Europe/Berlin')).toBe(words)
})

test.each([
  [{ seconds: 59 }, 'just now'],
  [{ minutes: 18 }, 'in 18 min'],
  [{ minutes: 112 }, 'in 1 h 52 min'],
  [{ minutes: -120 }, '2 h ago'],
  [{ hours: -25 }, '1 day 1 h ago'],
  [{ hours: 72 }, 'in 3 days'],
])('%o from now is called %s', (span, words) => {
  expect(distanceWords(now.add(span), now)).toBe(words)
})
