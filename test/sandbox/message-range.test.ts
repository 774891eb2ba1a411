import { expect, test } from 'vitest'
import { sequenceSet } from '../../src/sandbox/imap/message-range.ts'

test.each([
  ['2', [2]],
  ['2:4', [2, 3, 4]],
  ['4:2', [2, 3, 4]],
  ['*', [5]],
  ['4:*', [4, 5]],
  // RFC 9051, 9: the highest number is in the set even where it is below the first one.
  ['9:*', [5]],
  ['1,3,5', [1, 3, 5]],
  ['x', []],
])('%s of five', (text, numbers) => {
  expect([1, 2, 3, 4, 5].filter(sequenceSet(text, 5))).toEqual(numbers)
})
