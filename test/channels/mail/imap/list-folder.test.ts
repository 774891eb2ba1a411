import { expect, it } from 'vitest'
import { slices, uidSet } from '../../../../src/channels/mail/imap/list-folder.ts'

it.each([
  [[], ''],
  [[7], '7'],
  [[1, 2, 3], '1:3'],
  [[1, 3, 4, 9], '1,3:4,9'],
  [[4_294_967_294, 4_294_967_295], '4294967294:4294967295'],
])('writes %j as %s', (uids, set) => {
  expect(uidSet(uids)).toBe(set)
})

it('slices without losing the rest', () => {
  expect([...slices([1, 2, 3, 4, 5], 2)]).toEqual([[1, 2], [3, 4], [5]])
})
